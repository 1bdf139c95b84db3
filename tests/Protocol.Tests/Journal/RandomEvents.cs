using System.Collections.Immutable;
using CsCheck;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

/// <summary>Random input for the property tests, with the text that JSON writers get wrong.</summary>
internal static class RandomEvents
{
    /// <summary>Well-formed Unicode text: every kind of character, and long runs without an escape.</summary>
    public static readonly Gen<string> Text =
        Gen.OneOf(
            Gen.Char.Where(c => !char.IsSurrogate(c)).Select(c => c.ToString()),
            Gen.Int[0x10000, 0x10FFFF].Select(char.ConvertFromUtf32),
            Gen.Int[0, 0x7f].Select(c => ((char)c).ToString()),
            Gen.OneOf("\u2028", "\u2029", "\ufeff", "\0", "\"", "\\", "\\u0041", "\r\n", "</script>", "\U0001F468\u200D\U0001F469", "e\u0301"),
            Gen.Int[0, 400].Select(n => new string('x', n)))
        .Array[0, 12]
        .Select(parts => string.Concat(parts));

    /// <summary>Values of the part of JSON that the journal uses.</summary>
    public static readonly Gen<object> Json = Gen.Recursive<object>((depth, self) =>
    {
        var leaves = Gen.OneOf<object>(
            Text.Select(value => (object)value),
            Gen.Long[-CanonicalJsonWriter.MaxInteger, CanonicalJsonWriter.MaxInteger].Select(value => (object)value),
            Gen.Bool.Select(value => (object)value));
        return depth >= 4
            ? leaves
            : Gen.OneOf<object>(
                leaves,
                self.Array[0, 4].Select(items => (object)items),
                Gen.Dictionary(Text, self)[0, 5].Select(fields => (object)fields));
    });

    private const string IdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    private static readonly Gen<string> Id =
        Gen.Int[0, IdLetters.Length - 1].Select(i => IdLetters[i]).Array[1, Identifier.MaxLength].Select(letters => new string(letters));

    private static readonly Gen<UserId> User = Id.Select(UserId.Parse);

    private static readonly Gen<MessageId> Message = Id.Select(MessageId.Parse);

    private static readonly Gen<ImmutableArray<UserId>> Mentions = User.Array[0, 4].Select(users => users.ToImmutableArray());

    private static readonly Gen<Attachment> File =
        Gen.Select(Text, Gen.Long[0, CanonicalJsonWriter.MaxInteger], Text, Text, Text, (name, size, type, sha256, url) => new Attachment(name, size, type, sha256, url));

    /// <summary>Events of every type.</summary>
    public static readonly Gen<ConversationEvent> Event = Gen.OneOf<ConversationEvent>(
        Gen.Select(Id, Id, Text, Gen.Enum<ChannelVisibility>(), (channel, workspace, name, visibility) =>
            (ConversationEvent)new ConversationEvent.ChannelCreated(ChannelId.Parse(channel), WorkspaceId.Parse(workspace), name, visibility)),
        User.Select(user => (ConversationEvent)new ConversationEvent.MemberAdded(user)),
        User.Select(user => (ConversationEvent)new ConversationEvent.MemberRemoved(user)),
        Gen.Select(Message, Text, File.Array[0, 3], Mentions, Id.Null(), Text.Null(), (id, content, files, mentions, thread, clientId) =>
            (ConversationEvent)new ConversationEvent.MessageCreated(id, content, [.. files], mentions, thread is null ? null : ThreadId.Parse(thread), clientId)),
        Gen.Select(Message, Text, Mentions, (id, content, mentions) => (ConversationEvent)new ConversationEvent.MessageEdited(id, content, mentions)),
        Message.Select(id => (ConversationEvent)new ConversationEvent.MessageDeleted(id)),
        Gen.Select(Message, Text, (id, emoji) => (ConversationEvent)new ConversationEvent.ReactionAdded(id, emoji)),
        Gen.Select(Message, Text, (id, emoji) => (ConversationEvent)new ConversationEvent.ReactionRemoved(id, emoji)));

    private static readonly Gen<StreamId> Stream =
        Gen.Select(Gen.OneOf("channel", "thread", "call", "workspace", "user", "compliance"), Id, (kind, id) => StreamId.Parse($"{kind}-{id}"));

    /// <summary>An event that continues some head of its stream.</summary>
    public static readonly Gen<(ChainHead Head, NumberedEvent Event)> Numbered =
        Gen.Select(Stream, Gen.Long[0, CanonicalJsonWriter.MaxInteger - 1], Gen.Long[0, 1L << 52], Gen.Long[1, 1L << 40], User, Event, (stream, seq, iat, later, by, e) =>
            (new ChainHead(seq, Sha256Digest.Of(BitConverter.GetBytes(seq)), iat), new NumberedEvent(stream, seq + 1, iat + later, by, e)));
}
