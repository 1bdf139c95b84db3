using System.Collections.Frozen;
using System.Collections.Immutable;
using Google.Protobuf;
using QuikApp.Actors.Conversations.Proto;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Conversations;

/// <summary>What the messages between nodes are made of, as Protobuf and back.</summary>
internal static class WireValues
{
    private static readonly FrozenDictionary<string, Reason> ReasonsByWord = Reasons.All.ToFrozenDictionary(Reasons.Text, StringComparer.Ordinal);

    public static RequesterV1 Write(Requester who)
    {
        var proto = new RequesterV1
        {
            User = who.User.Value,
            Role = (int)who.Role,
            Server = who.IsServer,
            Device = (int)who.Device,
            Session = who.Session,
        };
        proto.Workspaces.AddRange(who.Workspaces.Select(workspace => workspace.Value));
        if (who.Name is not null)
            proto.Name = who.Name;
        return proto;
    }

    public static Requester Read(RequesterV1 proto) =>
        new(UserId.Parse(proto.User), proto.Workspaces.Select(WorkspaceId.Parse).ToFrozenSet(), (Role)proto.Role)
        {
            IsServer = proto.Server,
            Name = proto.HasName ? proto.Name : null,
            Device = (Device)proto.Device,
            Session = proto.Session,
        };

    public static EventV1 Write(UserId by, ConversationEvent e) => new()
    {
        Type = EventTypes.Of(e),
        Message = e.Message?.Value ?? "",
        Body = UnsafeByteOperations.UnsafeWrap(EventBytes.Write(by, e)),
    };

    public static ConversationEvent Read(StreamId stream, EventV1 proto) => Read(stream, 0, proto).Event;

    public static NumberedEventV1 Write(NumberedEvent e) =>
        new() { Stream = e.Stream.Value, Seq = e.Seq, At = e.At, Event = Write(e.By, e.Event) };

    public static NumberedEvent Read(NumberedEventV1 proto)
    {
        var stream = StreamId.Parse(proto.Stream);
        var (by, e) = Read(stream, proto.Seq, proto.Event);
        return new NumberedEvent(stream, proto.Seq, proto.At, by, e);
    }

    public static RefusalV1? Write(Refusal? refusal)
    {
        if (refusal is null)
            return null;
        var proto = new RefusalV1
        {
            Reason = Reasons.Text(refusal.Reason),
            Fault = refusal.Fault is { } fault ? Words<PayloadFault>.Of(fault) : "",
        };
        if (refusal.Field is not null)
            proto.Field = refusal.Field;
        if (refusal.RetryAfterMs is { } milliseconds)
            proto.RetryAfterMs = milliseconds;
        return proto;
    }

    // A reason of a later release: whoever is told to try again finds a node that knows it, sooner or later.
    public static Refusal? Read(RefusalV1? proto) => proto is null ? null : Refusal.Of(
        ReasonsByWord.GetValueOrDefault(proto.Reason, Reason.Unavailable),
        Words<PayloadFault>.TryParse(proto.Fault, out var fault) ? fault : null,
        proto.HasField ? proto.Field : null,
        proto.HasRetryAfterMs ? proto.RetryAfterMs : null);

    public static ReceiptV1? Write(Receipt? receipt) => receipt is null ? null : new ReceiptV1
    {
        Seq = receipt.Seq,
        At = receipt.At,
        Message = receipt.Message?.Value ?? "",
        Thread = receipt.Thread?.Value ?? "",
        Call = receipt.Call?.Value ?? "",
        Unread = receipt.Unread,
        Mentions = receipt.Mentions,
    };

    public static Receipt? Read(ReceiptV1? proto) => proto is null ? null : new Receipt(
        proto.Seq, proto.At, MessageOf(proto.Message), ThreadOf(proto.Thread), CallOf(proto.Call), proto.Unread, proto.Mentions);

    public static AttachmentV1 Write(Attachment file) =>
        new() { Name = file.Name, Size = file.Size, Type = file.Type, Sha256 = file.Sha256, Url = file.Url };

    public static Attachment Read(AttachmentV1 proto) => new(proto.Name, proto.Size, proto.Type, proto.Sha256, proto.Url);

    // Neither side changes the bytes, so they need no copy.
    public static CallSignalV1 Write(CallSignal signal) => new()
    {
        Call = signal.Call?.Value ?? "",
        Type = signal.Type,
        Data = UnsafeByteOperations.UnsafeWrap(signal.Data),
        To = signal.To?.Value ?? "",
    };

    public static CallSignal Read(CallSignalV1 proto) => new(CallOf(proto.Call), proto.Type, proto.Data.Memory, UserOf(proto.To));

    public static ImmutableArray<UserId> Users(IEnumerable<string> ids) => [.. ids.Select(UserId.Parse)];

    public static UserId? UserOf(string id) => id.Length == 0 ? null : UserId.Parse(id);

    public static ChannelId? ChannelOf(string id) => id.Length == 0 ? null : ChannelId.Parse(id);

    public static ThreadId? ThreadOf(string id) => id.Length == 0 ? null : ThreadId.Parse(id);

    private static MessageId? MessageOf(string id) => id.Length == 0 ? null : MessageId.Parse(id);

    private static CallId? CallOf(string id) => id.Length == 0 ? null : CallId.Parse(id);

    private static (UserId By, ConversationEvent Event) Read(StreamId stream, long seq, EventV1 proto) =>
        EventBytes.Read(proto.Type, stream, seq, MessageOf(proto.Message), proto.Body.Span);
}
