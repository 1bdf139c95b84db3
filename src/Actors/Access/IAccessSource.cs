using QuikApp.Actors.Conversations;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Access;

/// <summary>Says who belongs to a workspace: its journal, the token's claims, or the platform's own directory.</summary>
internal interface IAccessSource
{
    /// <summary>Whether whom the source admits is written into the workspace's journal when first seen.</summary>
    bool Enrols { get; }

    /// <summary>
    /// How often those who are let in are asked about again, because the source may change its mind without a word; null where
    /// every change is an event or a new token.
    /// </summary>
    TimeSpan? RechecksEvery => null;

    /// <summary>The requester's standing.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="roster">The workspace as its journal has it; its removals count whatever the source says.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="AccessUnknownException">The source does not answer: then nobody is let in.</exception>
    ValueTask<Standing> StandingOf(Requester who, WorkspaceId workspace, WorkspaceState roster, CancellationToken cancellation);
}
