using Akka.Actor;
using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Authentication;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Host.Api.Conversations;

/// <summary>
/// Asks conversations on behalf of requests. An answer means that the command is committed and fsynced; none within
/// <see cref="ConversationOptions.AnswerWithin"/> is <c>unavailable</c>.
/// </summary>
internal sealed partial class ConversationCalls(
    SessionServicesSource services, ConversationServices conversation, ILogger<ConversationCalls> logger)
{
    /// <summary>Journal reads, ids and the clock.</summary>
    public ConversationServices Conversation => conversation;

    /// <summary>Whom a token speaks for, as conversations see it.</summary>
    public static Requester RequesterOf(AccessToken token) =>
        new(token.UserId, token.Workspaces, token.Role) { Name = token.DisplayName };

    /// <summary>Has a command decided.</summary>
    /// <returns>The receipt, or why not.</returns>
    public async Task<(Receipt? Receipt, Problem? Problem)> Execute(StreamId stream, ConversationCommand command, CancellationToken cancellation)
    {
        var (receipt, _, problem) = await ExecuteOnce(stream, command, cancellation);
        return (receipt, problem);
    }

    /// <summary>As <see cref="Execute"/>, for whom it matters whether it held already.</summary>
    /// <returns>The receipt and whether nothing had to be done for it, or why not.</returns>
    public async Task<(Receipt? Receipt, bool IsRepeat, Problem? Problem)> ExecuteOnce(
        StreamId stream, ConversationCommand command, CancellationToken cancellation)
    {
        var answer = await Ask<Executed>(self => new Execute(stream, command, 0, self, Via: null), cancellation);
        return answer switch
        {
            null => (null, false, Problem.Of(ProblemReason.Unavailable)),
            { Receipt: { } receipt } => (receipt, answer.IsRepeat, null),
            _ => (null, false, Problem.Of(answer.Refusal!)),
        };
    }

    /// <summary>What a conversation is, for somebody who may read it.</summary>
    /// <returns>The conversation, or why not.</returns>
    public async Task<(AccessGranted? Granted, Problem? Problem)> CheckAccess(
        StreamId stream, Requester requester, CancellationToken cancellation) =>
        await Ask<object>(self => new CheckAccess(stream, requester, 0, self), cancellation) switch
        {
            AccessGranted granted => (granted, null),
            AccessRefused refused => (null, Problem.Of(refused.Why)),
            _ => (null, Problem.Of(ProblemReason.Unavailable)),
        };

    /// <summary>The state of a conversation, for somebody who may read it.</summary>
    /// <returns>The state, or why not.</returns>
    public async Task<(T? State, Problem? Problem)> State<T>(StreamId stream, Requester requester, CancellationToken cancellation)
        where T : ConversationState
    {
        var (_, problem) = await CheckAccess(stream, requester, cancellation);
        if (problem is not null)
            return (null, problem);
        try
        {
            return ((T)await conversation.Replicas.Get(stream, cancellation), null);
        }
        catch (AccessUnknownException)
        {
            return (null, Problem.Of(ProblemReason.Unavailable));
        }
    }

    /// <summary>Reads the journal; null when it cannot be read, which the log explains and the client may try again.</summary>
    public async Task<T?> Read<T>(Func<ConversationReader, Task<T>> read, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await read(conversation.Reader);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogReadFailed(e);
            return null;
        }
    }

    /// <summary>The event that made a conversation: what it was like at first, and since when it is. Null when it cannot be read.</summary>
    public async Task<NumberedEvent?> First(StreamId stream, CancellationToken cancellation) =>
        (await FirstOrNone(stream, cancellation)).First;

    /// <summary>As <see cref="First"/>, where the conversation may not be there.</summary>
    public async Task<(NumberedEvent? First, bool Failed)> FirstOrNone(StreamId stream, CancellationToken cancellation)
    {
        var page = await Read(reader => reader.History(stream, new HistoryQuery(null, 0, 1, ReplayMode.Full), cancellation), cancellation);
        return (page is { Events: [var first] } ? first : null, page is null);
    }

    private async Task<T?> Ask<T>(Func<IActorRef, object> message, CancellationToken cancellation)
        where T : class
    {
        // From a node that is alone no question comes through, and what it knows may be old.
        if (services.Current is not { } current || conversation.Majority is { IsReached: false })
            return null;
        try
        {
            return await current.Conversations.Ask<T>(message, conversation.Options.AnswerWithin, cancellation);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "Reading for the HTTP API failed; the client was told unavailable")]
    private partial void LogReadFailed(Exception error);
}
