using System.Collections.Immutable;
using CsCheck;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;
using QuikApp.Protocol.Presence;

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

    private static readonly Gen<ChannelId> Channel = Id.Select(ChannelId.Parse);

    private static readonly Gen<ThreadId> Thread = Id.Select(ThreadId.Parse);

    private static readonly Gen<ThreadId?> ThreadOrNone = Id.Null().Select(id => id is null ? (ThreadId?)null : ThreadId.Parse(id));

    private static readonly Gen<CallId> Call = Id.Select(CallId.Parse);

    private static readonly Gen<long> Number = Gen.Long[0, CanonicalJsonWriter.MaxInteger];

    private static readonly Gen<ConversationEvent> OfPlaces = Gen.OneOf<ConversationEvent>(
        Gen.Select(Channel, Text, (channel, name) => (ConversationEvent)new ConversationEvent.ChannelRenamed(channel, name)),
        Channel.Select(channel => (ConversationEvent)new ConversationEvent.ChannelArchived(channel)),
        Channel.Select(channel => (ConversationEvent)new ConversationEvent.ChannelRestored(channel)),
        Gen.Select(User, Gen.Enum<Role>(), (user, role) => (ConversationEvent)new ConversationEvent.MemberAdded(user, role)),
        Gen.Select(User, Gen.Enum<Role>(), (user, role) => (ConversationEvent)new ConversationEvent.MemberChanged(user, role)),
        Gen.Select(Thread, Channel, Message, User, (thread, channel, root, by) => (ConversationEvent)new ConversationEvent.ThreadCreated(thread, channel, root, by)),
        Gen.Select(Message, Thread, (root, thread) => (ConversationEvent)new ConversationEvent.ThreadOpened(root, thread)),
        Gen.Select(Message, Thread, Number, Message, User, Number, (root, thread, replies, last, by, at) =>
            (ConversationEvent)new ConversationEvent.ThreadUpdated(root, thread, replies, last, by, at)),
        Gen.Select(Id, Text, (workspace, name) => (ConversationEvent)new ConversationEvent.WorkspaceCreated(WorkspaceId.Parse(workspace), name)),
        Text.Select(name => (ConversationEvent)new ConversationEvent.WorkspaceRenamed(name)),
        Gen.Const((ConversationEvent)new ConversationEvent.WorkspaceArchived()),
        Gen.Const((ConversationEvent)new ConversationEvent.WorkspaceRestored()),
        Text.Select(content => (ConversationEvent)new ConversationEvent.AnnouncementMade(content)));

    private static readonly Gen<ConversationEvent> OfUsers = Gen.OneOf<ConversationEvent>(
        Gen.Select(Gen.Enum<NotificationKind>(), Channel, ThreadOrNone, Message, Number, Text, (kind, channel, thread, about, seq, preview) =>
            (ConversationEvent)new ConversationEvent.NotificationCreated(kind, channel, thread, about, seq, preview)),
        Gen.Select(Channel, ThreadOrNone, Message, Number, (channel, thread, about, seq) =>
            (ConversationEvent)new ConversationEvent.NotificationWithdrawn(channel, thread, about, seq)),
        Gen.Select(Channel, ThreadOrNone, Number, Number, Number, (channel, thread, upTo, unread, mentions) =>
            (ConversationEvent)new ConversationEvent.ReadMarked(channel, thread, upTo, unread, mentions)),
        Gen.Select(Channel, Id, Text, Gen.Enum<ChannelVisibility>(), (channel, workspace, name, visibility) =>
            (ConversationEvent)new ConversationEvent.ChannelJoined(channel, WorkspaceId.Parse(workspace), name, visibility)),
        Channel.Select(channel => (ConversationEvent)new ConversationEvent.ChannelLeft(channel)),
        Gen.Select(Gen.Enum<PresenceStatus>(), Text.Null(), Number, Gen.Bool, (status, text, end, ends) =>
            (ConversationEvent)new ConversationEvent.StatusSet(status, text, ends ? end : null)),
        Gen.Const((ConversationEvent)new ConversationEvent.AccessRevoked()));

    private static readonly Gen<ConversationEvent> OfCalls = Gen.OneOf<ConversationEvent>(
        Gen.Select(Call, Channel, Gen.Enum<CallMedia>(), Text, Mentions, (call, channel, media, name, invited) =>
            (ConversationEvent)new ConversationEvent.CallStarted(call, channel, media, name, invited)),
        Gen.Select(Call, Channel, Gen.Enum<CallMedia>(), Text, (call, channel, media, name) =>
            (ConversationEvent)new ConversationEvent.CallRang(call, channel, media, name)),
        Gen.Select(Call, Gen.Enum<Device>(), (call, device) => (ConversationEvent)new ConversationEvent.CallAnswered(call, device)),
        Gen.Select(Call, Gen.Enum<Device>(), Text, (call, device, session) => (ConversationEvent)new ConversationEvent.CallJoined(call, device, session)),
        Gen.Select(Call, Gen.Bool, (call, busy) => (ConversationEvent)new ConversationEvent.CallDeclined(call, busy)),
        Gen.Select(Call, Mentions, (call, missed) => (ConversationEvent)new ConversationEvent.CallUnanswered(call, missed)),
        Call.Select(call => (ConversationEvent)new ConversationEvent.CallLeft(call)),
        Gen.Select(Call, Channel, Gen.Enum<CallEndReason>(), Number, (call, channel, reason, duration) =>
            (ConversationEvent)new ConversationEvent.CallEnded(call, channel, reason, duration)));

    /// <summary>Events of every type.</summary>
    public static readonly Gen<ConversationEvent> Event = Gen.OneOf<ConversationEvent>(
        OfPlaces,
        OfUsers,
        OfCalls,
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
