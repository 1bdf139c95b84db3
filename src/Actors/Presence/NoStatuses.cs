using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Presence;

/// <summary>Nobody's status is kept: whoever comes online is <c>online</c>.</summary>
internal sealed class NoStatuses : IStatusSource
{
    public ValueTask<UserStatus?> Of(UserId user) => default;
}
