using System.Collections.Concurrent;
using QuikApp.Actors.Presence;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>Statuses as a user's stream would know them.</summary>
internal sealed class KnownStatuses : IStatusSource
{
    private readonly ConcurrentDictionary<UserId, UserStatus> _statuses = new();

    public void Know(string user, UserStatus status) => _statuses[UserId.Parse(user)] = status;

    public async ValueTask<UserStatus?> Of(UserId user)
    {
        await Task.Yield();
        return _statuses.GetValueOrDefault(user);
    }
}
