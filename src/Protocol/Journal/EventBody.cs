using System.Buffers;
using System.Collections.Immutable;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Journal;

/// <summary>
/// Writes what an event's header must not show: who by their real id, text, names, emoji, keys of clients. RFC 8785 JSON, fields in
/// the order of their names; an optional field that is empty is left out, so that every event has exactly one form.
/// </summary>
internal static partial class EventBody
{
    public static void Write(UserId by, ConversationEvent e, IBufferWriter<byte> output)
    {
        var json = new CanonicalJsonWriter(output);
        json.StartObject();
        switch (e)
        {
            case ConversationEvent.MessageCreated created:
                Attachments(ref json, created.Attachments);
                Text(ref json, "by", by.Value);
                Optional(ref json, "clientId", created.ClientId);
                Text(ref json, "content", created.Content);
                Users(ref json, "mentions", created.Mentions);
                Optional(ref json, "thread", created.Thread?.Value);
                break;
            case ConversationEvent.MessageEdited edited:
                Text(ref json, "by", by.Value);
                Text(ref json, "content", edited.Content);
                Users(ref json, "mentions", edited.Mentions);
                break;
            case ConversationEvent.MessageDeleted:
                Text(ref json, "by", by.Value);
                break;
            case ConversationEvent.ReactionAdded added:
                Text(ref json, "by", by.Value);
                Text(ref json, "emoji", added.Emoji);
                break;
            case ConversationEvent.ReactionRemoved removed:
                Text(ref json, "by", by.Value);
                Text(ref json, "emoji", removed.Emoji);
                break;
            case ConversationEvent.ThreadOpened or ConversationEvent.ThreadUpdated or ConversationEvent.ThreadCreated:
                WriteThread(ref json, by, e);
                break;
            case ConversationEvent.CallRang or ConversationEvent.CallAnswered or ConversationEvent.CallStarted or ConversationEvent.CallJoined
                or ConversationEvent.CallDeclined or ConversationEvent.CallUnanswered or ConversationEvent.CallLeft or ConversationEvent.CallEnded:
                WriteCall(ref json, by, e);
                break;
            case ConversationEvent.NotificationCreated or ConversationEvent.NotificationWithdrawn or ConversationEvent.ReadMarked
                or ConversationEvent.StatusSet or ConversationEvent.AccessRevoked:
                WriteUser(ref json, by, e);
                break;
            default:
                WritePlace(ref json, by, e);
                break;
        }

        json.EndObject();
    }

    private static void Text(ref CanonicalJsonWriter json, string name, string? value)
    {
        json.Name(name);
        json.Text(value ?? throw new ArgumentException($"{name} is missing", nameof(value)));
    }

    private static void Optional(ref CanonicalJsonWriter json, string name, string? value)
    {
        if (value is not null)
            Text(ref json, name, value);
    }

    private static void Number(ref CanonicalJsonWriter json, string name, long value)
    {
        json.Name(name);
        json.Number(value);
    }

    private static void Users(ref CanonicalJsonWriter json, string name, ImmutableArray<UserId> users)
    {
        if (users.IsDefaultOrEmpty)
            return;
        json.Name(name);
        json.StartArray();
        foreach (var user in users)
            json.Text(user.Value ?? throw new ArgumentException($"one of {name} is missing", nameof(users)));
        json.EndArray();
    }

    private static void Attachments(ref CanonicalJsonWriter json, ImmutableArray<Attachment> attachments)
    {
        if (attachments.IsDefaultOrEmpty)
            return;
        json.Name("attachments");
        json.StartArray();
        foreach (var file in attachments)
        {
            json.StartObject();
            Text(ref json, "name", file.Name);
            Text(ref json, "sha256", file.Sha256);
            json.Name("size");
            json.Number(file.Size);
            Text(ref json, "type", file.Type);
            Text(ref json, "url", file.Url);
            json.EndObject();
        }

        json.EndArray();
    }
}
