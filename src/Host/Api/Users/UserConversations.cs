using QuikApp.Actors.Access;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Users;
using QuikApp.Actors.Workspaces;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Paging;
using QuikApp.Host.Api.Problems;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using ThreadState = QuikApp.Actors.Threads.ThreadState;

namespace QuikApp.Host.Api.Users;

/// <summary>
/// What a user has to read: the channels that they are a member of by name, and whatever they have marked as read, as far as
/// it can be seen.
/// </summary>
internal sealed partial class UserConversations(ConversationCalls calls, ILogger<UserConversations> logger)
{
    private ConversationServices Services => calls.Conversation;

    /// <summary>A page of them.</summary>
    /// <param name="user">The user.</param>
    /// <param name="requester">Who asks: the user, or an administrator.</param>
    /// <param name="query">Which page; it looks at no more conversations than it may have items.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<(ConversationPage? Page, Problem? Problem)> Page(
        UserId user, Requester requester, ListQuery query, CancellationToken cancellation)
    {
        try
        {
            var own = (UserState)await Services.Replicas.Get(StreamId.Of(user), cancellation);
            var marked = await Services.Store.Marked(StreamId.Of(user), query.After ?? "", query.Limit + 1, cancellation);
            var all = own.Channels.Keys.Select(channel => StreamId.Of(channel)).Concat(marked).Distinct();
            var (page, last) = query.Cut(all, stream => stream.Value);

            var pseudonym = await Services.Keys.Pseudonym(user, cancellation);
            var items = new List<ConversationAnswer>(page.Count);
            foreach (var stream in page)
            {
                if (await Seen(stream, user, requester, cancellation) is not var (workspace, channel, thread))
                    continue;
                var facts = await Services.Store.Unread(StreamId.Of(user), stream, null, pseudonym, cancellation);
                items.Add(new ConversationAnswer(
                    workspace.Value, channel.Value, thread?.Value, facts.Head, facts.Marked, facts.Unread, facts.Mentions));
            }

            return (new ConversationPage(items, last), null);
        }
        catch (AccessUnknownException)
        {
            return (null, Problem.Of(ProblemReason.Unavailable));
        }
        catch (Exception e) when (e is StorageBusyException or System.Data.Common.DbException)
        {
            LogReadFailed(e);
            return (null, Problem.Of(ProblemReason.Unavailable));
        }
    }

    // Null: not there, or not to be seen. What was marked before one lost the channel stays marked, and is shown no more.
    private async Task<(WorkspaceId Workspace, ChannelId Channel, ThreadId? Thread)?> Seen(
        StreamId stream, UserId user, Requester requester, CancellationToken cancellation)
    {
        ThreadId? thread = null;
        var state = await Services.Replicas.Get(stream, cancellation);
        if (state is ThreadState { Thread: { } info })
        {
            thread = info.Thread;
            state = await Services.Replicas.Get(StreamId.Of(info.Channel), cancellation);
        }

        if (state is not ChannelState { Channel: { } channel } place)
            return null;
        var roster = (WorkspaceState)await Services.Replicas.Get(StreamId.Of(channel.Workspace), cancellation);
        var standing = await Services.Access.StandingOf(requester, channel.Workspace, roster, cancellation);
        var isSeen = requester.User == user
            ? place.Admits(requester, standing)
            : standing.IsMember && (place.Members.Contains(user) || channel.Visibility == ChannelVisibility.Public);
        return isSeen ? (channel.Workspace, channel.Channel, thread) : null;
    }

    [LoggerMessage(EventId = 5003, Level = LogLevel.Warning, Message = "Reading what is unread failed; the client was told unavailable")]
    private partial void LogReadFailed(Exception error);
}
