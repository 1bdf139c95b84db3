using Akka.Actor;
using Akka.Hosting;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Presence;

/// <summary>Asks the node's <see cref="PresenceView"/>.</summary>
internal sealed class Presences(IReadOnlyActorRegistry actors) : IPresences
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<UserPresence>> Snapshot(WorkspaceId workspace, UserId viewer, CancellationToken cancellation)
    {
        var view = await actors.GetAsync<PresenceView>(cancellation);
        var found = await view.Ask<PresenceMessages.Found>(new PresenceMessages.Find(workspace, viewer), Patience, cancellation);
        return found.Presences;
    }
}
