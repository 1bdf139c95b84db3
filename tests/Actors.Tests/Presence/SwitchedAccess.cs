using System.Collections.Concurrent;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Presence;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>Everybody belongs where their token says, but for those who were put out; answers later, as a directory would.</summary>
internal sealed class SwitchedAccess : IWorkspaceAccess
{
    private readonly ConcurrentDictionary<UserId, bool> _out = new();
    private volatile Holding? _holding;

    public void PutOut(string user) => _out[UserId.Parse(user)] = true;

    public void TakeBack(string user) => _out.TryRemove(UserId.Parse(user), out _);

    /// <summary>The first question about a user, and only that, is answered when this is disposed.</summary>
    public IDisposable Hold(string user)
    {
        var hold = new Holding(UserId.Parse(user));
        _holding = hold;
        return hold;
    }

    /// <summary>Ends when the question is there for which <see cref="Hold"/> waits.</summary>
    public Task Held => _holding!.Asked.Task;

    public async ValueTask<bool> Admits(Requester requester, WorkspaceId workspace)
    {
        await Task.Yield();
        if (_holding is { } holding && holding.User == requester.User && holding.Asked.TrySetResult())
            await holding.Released.Task;
        return requester.Workspaces.Contains(workspace) && !_out.ContainsKey(requester.User);
    }

    private sealed class Holding(UserId user) : IDisposable
    {
        public UserId User => user;

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Dispose() => Released.SetResult();
    }
}
