using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Protocol.Journal;

/// <summary>The fields of a body as read, before they are put together to an event. Names the field that is wrong, never its value.</summary>
internal sealed class EventBodyFields
{
    private readonly EventName _name;
    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, long> _numbers = [];
    private readonly Dictionary<string, ImmutableArray<UserId>> _users = [];

    private EventBodyFields(in EventName name) => _name = name;

    public ImmutableArray<Attachment> Attachments { get; private set; } = [];

    public bool Busy { get; private set; }

    public ImmutableArray<UserId> Users(string name) => _users.GetValueOrDefault(name, []);

    public static EventBodyFields Read(in EventName name, ReadOnlySpan<byte> body)
    {
        var fields = new EventBodyFields(name);
        if (!Utf8.IsValid(body))
            throw fields.Fault("not UTF-8");
        try
        {
            fields.ReadAll(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how the reader reports an escaped half of a surrogate pair.
            throw fields.Fault("not JSON text");
        }

        return fields;
    }

    public string? Optional(string name) => _texts.GetValueOrDefault(name);

    public string Required(string name) => Optional(name) ?? throw Fault($"field '{name}' is missing");

    public UserId User(string name) => UserId.TryParse(Required(name), out var id) ? id : throw Fault($"{name} must be a user id");

    public ChannelId Channel(string name) => ChannelId.TryParse(Required(name), out var id) ? id : throw Fault($"{name} must be a channel id");

    public WorkspaceId Workspace(string name) => WorkspaceId.TryParse(Required(name), out var id) ? id : throw Fault($"{name} must be a workspace id");

    public CallId Call(string name) => CallId.TryParse(Required(name), out var id) ? id : throw Fault($"{name} must be a call id");

    public MessageId Message(string name) => MessageId.TryParse(Required(name), out var id) ? id : throw Fault($"{name} must be a message id");

    public long Number(string name) => OptionalNumber(name) ?? throw Fault($"field '{name}' is missing");

    public long? OptionalNumber(string name) => _numbers.TryGetValue(name, out var value) ? value : null;

    public T Word<T>(string name)
        where T : struct, Enum => Words<T>.TryParse(Required(name), out var value) ? value : throw Fault($"{name} must be one of its words");

    public T? OptionalWord<T>(string name)
        where T : struct, Enum => Optional(name) is null ? null : Word<T>(name);

    public Device Device(string name) => PresenceWords.TryParse(Required(name), out Device value) ? value : throw Fault($"{name} must be a kind of device");

    public PresenceStatus Status(string name) =>
        PresenceWords.TryParse(Required(name), out PresenceStatus value) ? value : throw Fault($"{name} must be a status");

    public ThreadId RequiredThread(string name) => Thread(name) ?? throw Fault($"field '{name}' is missing");

    public ThreadId? Thread(string name) => Optional(name) switch
    {
        null => null,
        var text => ThreadId.TryParse(text, out var id) ? id : throw Fault($"{name} must be a thread id"),
    };

    public JournalFormatException Fault(string reason) => _name.Fault(JournalFault.Body, $"{_name.Type} body: {reason}");

    private void ReadAll(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 4 });
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            throw Fault("not an object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            switch (name)
            {
                case "attachments":
                    Attachments = ReadAttachments(ref json);
                    break;
                case "mentions" or "invited" or "missed":
                    if (!_users.TryAdd(name, ReadUsers(ref json, name)))
                        throw Fault($"field '{name}' twice");
                    break;
                case "busy":
                    Busy = json.TokenType == JsonTokenType.True ? true : throw Fault("busy must be true or left out");
                    break;
                case "duration" or "expiresAt" or "mentionCount" or "messageSeq" or "replies" or "replyAt" or "unreadCount":
                    if (!_numbers.TryAdd(name, ReadNumber(ref json, name)))
                        throw Fault($"field '{name}' twice");
                    break;
                case "by" or "call" or "channel" or "clientId" or "content" or "device" or "emoji" or "kind" or "media" or "message" or "name"
                    or "reason" or "role" or "session" or "status" or "thread" or "user" or "visibility" or "workspace":
                    if (!_texts.TryAdd(name, Text(ref json, name)))
                        throw Fault($"field '{name}' twice");
                    break;
                default:
                    throw Fault($"unknown field '{name}'");
            }
        }

        // The reader refuses anything after the object, but only when it is asked to go on.
        json.Read();
    }

    private long ReadNumber(ref Utf8JsonReader json, string name) =>
        json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var value) && value is >= 0 and <= CanonicalJsonWriter.MaxInteger
            ? value
            : throw Fault($"{name} must be 0 to 2^53 - 1");

    private ImmutableArray<UserId> ReadUsers(ref Utf8JsonReader json, string name)
    {
        var users = ImmutableArray.CreateBuilder<UserId>();
        if (json.TokenType != JsonTokenType.StartArray)
            throw Fault($"{name} must be an array");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            users.Add(UserId.TryParse(Text(ref json, name), out var id) ? id : throw Fault($"{name} must be user ids"));
        return users.DrainToImmutable();
    }

    private ImmutableArray<Attachment> ReadAttachments(ref Utf8JsonReader json)
    {
        var files = ImmutableArray.CreateBuilder<Attachment>();
        if (json.TokenType != JsonTokenType.StartArray)
            throw Fault("attachments must be an array");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            files.Add(ReadAttachment(ref json));
        return files.DrainToImmutable();
    }

    private Attachment ReadAttachment(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            throw Fault("attachments must be objects");
        string? name = null, sha256 = null, type = null, url = null;
        long? size = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var field = json.GetString();
            json.Read();
            switch (field)
            {
                case "name": name = Text(ref json, field); break;
                case "sha256": sha256 = Text(ref json, field); break;
                case "size": size = ReadNumber(ref json, field); break;
                case "type": type = Text(ref json, field); break;
                case "url": url = Text(ref json, field); break;
                default: throw Fault($"unknown field '{field}' of an attachment");
            }
        }

        return name is null || sha256 is null || type is null || url is null || size is null
            ? throw Fault("an attachment lacks a field")
            : new Attachment(name, size.Value, type, sha256, url);
    }

    private string Text(ref Utf8JsonReader json, string name) =>
        json.TokenType == JsonTokenType.String ? json.GetString()! : throw Fault($"{name} must be a string");
}
