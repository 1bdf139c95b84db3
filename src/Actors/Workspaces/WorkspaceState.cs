using System.Collections.Immutable;
using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Workspaces;

/// <summary>A workspace: who belongs to it with which role, who was removed, and its public channels.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Seq">Number of the last event; 0 before the first.</param>
/// <param name="At">Time of the last event, microseconds since the epoch.</param>
/// <param name="Info">What the workspace is; null until it was created.</param>
/// <param name="Members">Members and their roles.</param>
/// <param name="Removed">Who was a member and was removed: a token's claim does not bring them back.</param>
/// <param name="Channels">Public channels.</param>
internal sealed record WorkspaceState(
    StreamId Stream,
    long Seq,
    long At,
    WorkspaceInfo? Info,
    ImmutableDictionary<UserId, Role> Members,
    ImmutableHashSet<UserId> Removed,
    ImmutableDictionary<ChannelId, ListedChannel> Channels) : ConversationState(Stream, Seq, At)
{
    /// <inheritdoc/>
    public override bool Exists => Info is not null;

    /// <inheritdoc/>
    public override WorkspaceId? Workspace => Info?.Workspace;

    /// <summary>The state before the first event.</summary>
    public static new WorkspaceState Empty(StreamId stream) =>
        new(stream, 0, 0, null, ImmutableDictionary<UserId, Role>.Empty, [], ImmutableDictionary<ChannelId, ListedChannel>.Empty);

    /// <inheritdoc/>
    public override bool Admits(Requester who, in AccessFacts access) => Exists && access.Standing.IsMember;

    /// <inheritdoc/>
    protected override ConversationState Fold(NumberedEvent e) => e.Event switch
    {
        ConversationEvent.WorkspaceCreated w => this with { Info = new WorkspaceInfo(w.Workspace, w.Name) },
        ConversationEvent.WorkspaceRenamed r => this with { Info = Info! with { Name = r.Name } },
        ConversationEvent.WorkspaceArchived => this with { Info = Info! with { Archived = true } },
        ConversationEvent.WorkspaceRestored => this with { Info = Info! with { Archived = false } },
        ConversationEvent.MemberAdded m => this with { Members = Members.SetItem(m.User, m.Role ?? Role.Member), Removed = Removed.Remove(m.User) },
        ConversationEvent.MemberChanged m => this with { Members = Members.SetItem(m.User, m.Role) },
        ConversationEvent.MemberRemoved m => this with { Members = Members.Remove(m.User), Removed = Removed.Add(m.User) },
        ConversationEvent.ChannelCreated c => this with { Channels = Channels.SetItem(c.Channel, new ListedChannel(c.Channel, c.Name, Archived: false)) },
        ConversationEvent.ChannelRenamed c => Listed(c.Channel, channel => channel with { Name = c.Name }),
        ConversationEvent.ChannelArchived c => Listed(c.Channel, channel => channel with { Archived = true }),
        ConversationEvent.ChannelRestored c => Listed(c.Channel, channel => channel with { Archived = false }),
        _ => this,
    };

    private WorkspaceState Listed(ChannelId channel, Func<ListedChannel, ListedChannel> change) =>
        Channels.TryGetValue(channel, out var listed) ? this with { Channels = Channels.SetItem(channel, change(listed)) } : this;
}
