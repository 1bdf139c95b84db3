using System.Collections.Immutable;
using QuikApp.Actors.Relays;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using static QuikApp.Protocol.Conversations.ConversationEvent;

namespace QuikApp.Actors.Channels;

/// <summary>What follows from a channel's events: for its workspace's list, for members, for who is mentioned, for threads and calls.</summary>
internal static class ChannelConsequences
{
    /// <summary>Whom a call rings for at most; in a larger channel members see that a call began and may join it.</summary>
    public const int MaxRung = 100;

    /// <summary>What follows.</summary>
    public static IEnumerable<Consequence> Of(ChannelState state, NumberedEvent e, RelayFacts facts)
    {
        var channel = state.Channel!;
        return e.Event switch
        {
            ChannelCreated or ChannelRenamed or ChannelArchived or ChannelRestored when channel.Visibility == ChannelVisibility.Public =>
                [Consequences.Record(StreamId.Of(channel.Workspace), e, e.Event)],
            MemberAdded m => [Consequences.Record(
                StreamId.Of(m.User), e, new ChannelJoined(channel.Channel, channel.Workspace, channel.Name, channel.Visibility))],
            MemberRemoved m => [Consequences.Record(StreamId.Of(m.User), e, new ChannelLeft(channel.Channel))],
            MessageCreated m => Told(state, facts, e.By, m.Mentions)
                .Select(user => Notifications.Tell(user, e, KindOf(channel), channel.Channel, thread: null, m.Id, e.Seq, m.Content)),
            MessageEdited m when channel.Visibility != ChannelVisibility.Direct && facts.Before is { } before => Told(state, facts, e.By, m.Mentions)
                .Select(user => Notifications.Tell(user, e, NotificationKind.Mention, channel.Channel, thread: null, m.Id, before.Seq, m.Content)),
            MessageDeleted m when facts.Before is { } before => Told(state, facts, before.User, before.EverMentioned)
                .Select(user => Notifications.Withdraw(user, e, channel.Channel, thread: null, m.Id, before.Seq)),
            ThreadOpened t when facts.Before is { } before => [Consequences.Record(
                StreamId.Of(t.Thread), e, new ThreadCreated(t.Thread, channel.Channel, t.Root, before.User))],
            CallStarted c => [Consequences.Record(StreamId.Of(c.Call), e, c with { Invited = Rung(state, facts) })],
            _ => [],
        };
    }

    private static NotificationKind KindOf(ChannelInfo channel) =>
        channel.Visibility == ChannelVisibility.Direct ? NotificationKind.Direct : NotificationKind.Mention;

    private static IEnumerable<UserId> Told(ChannelState state, RelayFacts facts, UserId author, IEnumerable<UserId> mentions)
    {
        var concerned = state.Channel!.Visibility == ChannelVisibility.Direct ? state.Members : mentions;
        return Notifications.Seeing(state, facts.Roster, concerned.Where(user => user != author));
    }

    private static ImmutableArray<UserId> Rung(ChannelState state, RelayFacts facts)
    {
        var all = state.Channel!.Visibility == ChannelVisibility.Public && facts.Roster is { } roster
            ? state.Members.Union(roster.Members.Keys)
            : state.Members;
        // Auditors may not answer: waiting for them would keep a call ringing that everybody else has declined.
        var seeing = Notifications.Seeing(state, facts.Roster, all)
            .Where(user => facts.Roster?.Members.GetValueOrDefault(user) != Role.Auditor)
            .ToList();
        return seeing.Count > MaxRung ? [] : [.. seeing.OrderBy(user => user.Value, StringComparer.Ordinal)];
    }
}
