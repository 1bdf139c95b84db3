using System.Collections.Concurrent;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Presence;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>Everybody belongs where their token says, but for those who were put out; answers later, as a directory would.</summary>
internal sealed class SwitchedAccess : IWorkspaceAccess
{
    private readonly ConcurrentDictionary<UserId, bool> _out = new();

    public void PutOut(string user) => _out[UserId.Parse(user)] = true;

    public void TakeBack(string user) => _out.TryRemove(UserId.Parse(user), out _);

    public async ValueTask<bool> Admits(Requester requester, WorkspaceId workspace)
    {
        await Task.Yield();
        return requester.Workspaces.Contains(workspace) && !_out.ContainsKey(requester.User);
    }
}
