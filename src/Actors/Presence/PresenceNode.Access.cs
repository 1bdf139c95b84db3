using Akka.Actor;
using Akka.Event;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;
using static QuikApp.Actors.Presence.PresenceMessages;
using AccessUnknownException = QuikApp.Actors.Access.AccessUnknownException;
using RecheckSlices = QuikApp.Actors.Access.RecheckSlices;

namespace QuikApp.Actors.Presence;

// Whether the node's own users belong where their sockets say. Whoever joins the list meanwhile waits for it: they are in
// the list that they get.
internal sealed partial class PresenceNode
{
    private readonly RecheckSlices _slices = new();
    private readonly Dictionary<(UserId User, WorkspaceId Workspace), Asked> _asked = [];

    private void OnAccessChanged(AccessChanged m)
    {
        if (_local.RequesterOf(m.User, m.Workspace) is { } requester)
            AskAccess(requester, m.Workspace);
        Settle();
    }

    private void CheckSome()
    {
        _slices.Next();
        foreach (var (requester, workspace) in _local.Held(_slices.Has))
            AskAccess(requester, workspace);
        Settle();
    }

    // The answer is nearly always there at once; then nobody has to wait for a message.
    private void AskAccess(Requester requester, WorkspaceId workspace)
    {
        var asked = _services.Access.Admits(requester, workspace);
        if (asked.IsCompletedSuccessfully)
        {
            _local.Admit(requester.User, workspace, asked.Result, Now(), _changed);
            return;
        }

        if (!_asked.TryGetValue((requester.User, workspace), out var pending))
            _asked.Add((requester.User, workspace), pending = new Asked());
        pending.Count++;
        asked.AsTask().PipeTo(
            Self,
            success: isAdmitted => new AccessKnown(requester.User, workspace, isAdmitted, null),
            failure: e => new AccessKnown(requester.User, workspace, false, e));
    }

    private void OnAccessKnown(AccessKnown m)
    {
        // All who come back while a node is gone may meet this: a line each, without the stack.
        if (m.Failure is AccessUnknownException { IsReported: false } unknown)
            _log.Warning("Whether a user belongs to {Workspace} is not known; they are not shown there: {Cause}", m.Workspace, unknown.Message);
        else if (m.Failure is not null and not AccessUnknownException)
            _log.Warning(m.Failure, "Whether a user belongs to {Workspace} is not known; they are not shown there", m.Workspace);
        _local.Admit(m.User, m.Workspace, m.IsAdmitted, Now(), _changed);
        Settle();

        // The view hears first of the user and then of who waited. One that was asked before a restart is not counted.
        if (!_asked.TryGetValue((m.User, m.Workspace), out var asked) || --asked.Count > 0)
            return;
        _asked.Remove((m.User, m.Workspace));
        asked.LetGo(_view);
    }

    private void OnRequestAccess(RequestAccess m)
    {
        if (_asked.TryGetValue((m.Requester.User, m.Workspace), out var asked))
            asked.Waiting.Add((m, Sender));
        else
            _view.Forward(m);
    }

    private void LetGo()
    {
        foreach (var asked in _asked.Values)
            asked.LetGo(_view);
        _asked.Clear();
    }

    private sealed record AccessKnown(UserId User, WorkspaceId Workspace, bool IsAdmitted, Exception? Failure) : INoSerializationVerificationNeeded;

    private sealed class RecheckSome : INoSerializationVerificationNeeded
    {
        public static readonly RecheckSome Instance = new();
    }

    /// <summary>A question under way, and who waits for what it brings.</summary>
    private sealed class Asked
    {
        public int Count { get; set; }

        public List<(RequestAccess Request, IActorRef Hub)> Waiting { get; } = [];

        public void LetGo(IActorRef view)
        {
            foreach (var (request, hub) in Waiting)
                view.Tell(request, hub);
        }
    }
}
