using System.Collections.Immutable;
using Google.Protobuf;
using QuikApp.Actors.Calls;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Conversations.Proto;
using QuikApp.Actors.Threads;
using QuikApp.Actors.Users;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Conversations;

/// <summary>The states of conversations as Protobuf, and back.</summary>
internal static class SnapshotProto
{
    /// <summary>The message of a snapshot.</summary>
    public static ConversationSnapshotV1 Write(ConversationSnapshot snapshot)
    {
        var leaf = new byte[Sha256Digest.Length];
        snapshot.Head.Leaf.CopyTo(leaf);
        var proto = Write(snapshot.State);
        (proto.Seq, proto.At, proto.Leaf) = (snapshot.Head.Seq, snapshot.Head.Iat, ByteString.CopyFrom(leaf));
        return proto;
    }

    /// <summary>The message of a state alone, without the head of its chain.</summary>
    public static ConversationSnapshotV1 Write(ConversationState state)
    {
        var proto = new ConversationSnapshotV1 { Stream = state.Stream.Value, Seq = state.Seq, At = state.At };
        switch (state)
        {
            case ChannelState channel:
                proto.Channel = Channel(channel);
                proto.Members.AddRange(channel.Members.Select(m => m.Value));
                break;
            case ThreadState thread:
                proto.Thread = Thread(thread);
                break;
            case WorkspaceState workspace:
                proto.Workspace = Workspace(workspace);
                break;
            case UserState user:
                proto.User = User(user);
                break;
            case CallState call:
                proto.Call = Call(call);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(state));
        }

        return proto;
    }

    /// <summary>The snapshot of a message.</summary>
    public static ConversationSnapshot Read(ConversationSnapshotV1 proto) =>
        new(ReadState(proto), new ChainHead(proto.Seq, new Sha256Digest(proto.Leaf.Span), proto.At));

    /// <summary>The state of a message.</summary>
    public static ConversationState ReadState(ConversationSnapshotV1 proto)
    {
        var state = ConversationState.Empty(StreamId.Parse(proto.Stream)) switch
        {
            ChannelState channel => (ConversationState)Channel(channel, proto),
            ThreadState thread => Thread(thread, proto.Thread),
            WorkspaceState workspace => Workspace(workspace, proto.Workspace),
            UserState user => User(user, proto.User),
            CallState call => Call(call, proto.Call),
            var unknown => throw new InvalidOperationException($"no snapshot has a state of {unknown.GetType()}"),
        };
        return state.AdvanceTo(proto.Seq, proto.At);
    }

    private static ChannelV1? Channel(ChannelState state) => state.Channel is not { } c ? null : new ChannelV1
    {
        Id = c.Channel.Value,
        Workspace = c.Workspace.Value,
        Name = c.Name,
        Visibility = (int)c.Visibility,
        Archived = c.Archived,
        Call = state.Call?.Value ?? "",
    };

    private static ChannelState Channel(ChannelState empty, ConversationSnapshotV1 proto) => empty with
    {
        Channel = proto.Channel is { } c
            ? new ChannelInfo(ChannelId.Parse(c.Id), WorkspaceId.Parse(c.Workspace), c.Name, (ChannelVisibility)c.Visibility, c.Archived)
            : null,
        Members = [.. proto.Members.Select(UserId.Parse)],
        Call = proto.Channel is { Call.Length: > 0 } with ? CallId.Parse(with.Call) : null,
    };

    private static ThreadV1? Thread(ThreadState state) => state.Thread is not { } t ? null : new ThreadV1
    {
        Id = t.Thread.Value,
        Channel = t.Channel.Value,
        Root = t.Root.Value,
        RootAuthor = t.RootAuthor.Value,
        Replies = state.Replies,
        LastReply = state.LastReply?.Id.Value ?? "",
        LastReplyBy = state.LastReply?.By.Value ?? "",
        LastReplyAt = state.LastReply?.At ?? 0,
    };

    private static ThreadState Thread(ThreadState empty, ThreadV1? t) => t is null ? empty : empty with
    {
        Thread = new ThreadInfo(ThreadId.Parse(t.Id), ChannelId.Parse(t.Channel), MessageId.Parse(t.Root), UserId.Parse(t.RootAuthor)),
        Replies = t.Replies,
        LastReply = t.LastReply.Length == 0 ? null : new LastReply(MessageId.Parse(t.LastReply), UserId.Parse(t.LastReplyBy), t.LastReplyAt),
    };

    private static WorkspaceV1? Workspace(WorkspaceState state)
    {
        if (state.Info is not { } info)
            return null;
        var proto = new WorkspaceV1 { Id = info.Workspace.Value, Name = info.Name, Archived = info.Archived };
        foreach (var (user, role) in state.Members)
            proto.Members.Add(user.Value, (int)role);
        proto.Removed.AddRange(state.Removed.Select(user => user.Value));
        proto.Channels.AddRange(state.Channels.Values.Select(c => new ListedChannelV1 { Id = c.Channel.Value, Name = c.Name, Archived = c.Archived }));
        return proto;
    }

    private static WorkspaceState Workspace(WorkspaceState empty, WorkspaceV1? w) => w is null ? empty : empty with
    {
        Info = new WorkspaceInfo(WorkspaceId.Parse(w.Id), w.Name, w.Archived),
        Members = w.Members.ToImmutableDictionary(m => UserId.Parse(m.Key), m => (Role)m.Value),
        Removed = [.. w.Removed.Select(UserId.Parse)],
        Channels = w.Channels.ToImmutableDictionary(c => ChannelId.Parse(c.Id), c => new ListedChannel(ChannelId.Parse(c.Id), c.Name, c.Archived)),
    };

    private static UserV1 User(UserState state)
    {
        var proto = new UserV1 { Call = state.Call?.Value ?? "" };
        if (state.Status is { } status)
        {
            proto.Status = new StatusV1 { Status = (int)status.Status, Version = status.Version };
            if (status.Text is not null)
                proto.Status.Text = status.Text;
            if (status.ExpiresAt is { } expiresAt)
                proto.Status.ExpiresAt = expiresAt;
        }

        proto.Channels.AddRange(state.Channels.Values.Select(c => new ChannelMembershipV1
        {
            Channel = c.Channel.Value,
            Workspace = c.Workspace.Value,
            Visibility = (int)c.Visibility,
        }));
        return proto;
    }

    private static UserState User(UserState empty, UserV1? u) => u is null ? empty : empty with
    {
        Status = u.Status is { } s
            ? new StatusRegister((PresenceStatus)s.Status, s.HasText ? s.Text : null, s.HasExpiresAt ? s.ExpiresAt : null, s.Version)
            : null,
        Channels = u.Channels.ToImmutableDictionary(
            c => ChannelId.Parse(c.Channel),
            c => new ChannelMembership(ChannelId.Parse(c.Channel), WorkspaceId.Parse(c.Workspace), (ChannelVisibility)c.Visibility)),
        Call = u.Call.Length == 0 ? null : CallId.Parse(u.Call),
    };

    private static CallV1? Call(CallState state)
    {
        if (state.Info is not { } info)
            return null;
        var proto = new CallV1
        {
            Id = info.Call.Value,
            Channel = info.Channel.Value,
            Media = (int)info.Media,
            Caller = info.Caller.Value,
            CallerName = info.CallerName,
            StartedAt = info.StartedAt,
            Phase = (int)state.Phase,
            CallerJoined = state.CallerJoined,
        };
        if (state.AnsweredAt is { } answeredAt)
            proto.AnsweredAt = answeredAt;
        proto.Invited.AddRange(info.Invited.Select(user => user.Value));
        proto.Ringing.AddRange(state.Ringing.Select(user => user.Value));
        proto.Declined.AddRange(state.Declined.Select(user => user.Value));
        proto.Participants.AddRange(state.Participants.Values.Select(p => new ParticipantV1
        {
            User = p.User.Value,
            Device = (int)p.Device,
            Session = p.Session,
        }));
        return proto;
    }

    private static CallState Call(CallState empty, CallV1? c) => c is null ? empty : empty with
    {
        Info = new CallInfo(
            CallId.Parse(c.Id), ChannelId.Parse(c.Channel), (CallMedia)c.Media, UserId.Parse(c.Caller), c.CallerName,
            [.. c.Invited.Select(UserId.Parse)], c.StartedAt),
        Phase = (CallPhase)c.Phase,
        Ringing = [.. c.Ringing.Select(UserId.Parse)],
        Declined = [.. c.Declined.Select(UserId.Parse)],
        Participants = c.Participants.ToImmutableDictionary(
            p => UserId.Parse(p.User), p => new Participant(UserId.Parse(p.User), (Device)p.Device, p.Session)),
        AnsweredAt = c.HasAnsweredAt ? c.AnsweredAt : null,
        CallerJoined = c.CallerJoined,
    };
}
