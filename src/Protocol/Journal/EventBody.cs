using System.Buffers;
using System.Collections.Immutable;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Journal;

/// <summary>
/// Writes what an event's header must not show: who by their real id, text, names, emoji, keys of clients. RFC 8785 JSON, fields in
/// the order of their names; an optional field that is empty is left out, so that every event has exactly one form.
/// </summary>
internal static class EventBody
{
    public const string Public = "public";
    public const string Private = "private";

    public static void Write(UserId by, ConversationEvent e, IBufferWriter<byte> output)
    {
        var json = new CanonicalJsonWriter(output);
        json.StartObject();
        switch (e)
        {
            case ConversationEvent.ChannelCreated created:
                Text(ref json, "by", by.Value);
                Text(ref json, "channel", created.Channel.Value);
                Text(ref json, "name", created.Name);
                Text(ref json, "visibility", Visibility(created.Visibility));
                Text(ref json, "workspace", created.Workspace.Value);
                break;
            case ConversationEvent.MemberAdded or ConversationEvent.MemberRemoved:
                Text(ref json, "by", by.Value);
                Text(ref json, "user", e.Member!.Value.Value);
                break;
            case ConversationEvent.MessageCreated created:
                Attachments(ref json, created.Attachments);
                Text(ref json, "by", by.Value);
                if (created.ClientId is not null)
                    Text(ref json, "clientId", created.ClientId);
                Text(ref json, "content", created.Content);
                Mentions(ref json, created.Mentions);
                if (created.Thread is { } thread)
                    Text(ref json, "thread", thread.Value);
                break;
            case ConversationEvent.MessageEdited edited:
                Text(ref json, "by", by.Value);
                Text(ref json, "content", edited.Content);
                Mentions(ref json, edited.Mentions);
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
            default:
                throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, "an event without a body format");
        }

        json.EndObject();
    }

    private static void Text(ref CanonicalJsonWriter json, string name, string? value)
    {
        json.Name(name);
        json.Text(value ?? throw new ArgumentException($"{name} is missing", nameof(value)));
    }

    private static void Mentions(ref CanonicalJsonWriter json, ImmutableArray<UserId> mentions)
    {
        if (mentions.IsDefaultOrEmpty)
            return;
        json.Name("mentions");
        json.StartArray();
        foreach (var user in mentions)
            json.Text(user.Value ?? throw new ArgumentException("a mention is missing", nameof(mentions)));
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

    private static string Visibility(ChannelVisibility visibility) => visibility switch
    {
        ChannelVisibility.Public => Public,
        ChannelVisibility.Private => Private,
        _ => throw new ArgumentOutOfRangeException(nameof(visibility)),
    };
}
