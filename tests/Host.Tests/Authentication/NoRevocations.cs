using QuikApp.Host.Authentication;
using QuikApp.Host.Authentication.Revocations;

namespace QuikApp.Host.Tests.Authentication;

/// <summary>Nothing was taken back: for tests of what comes before that question.</summary>
internal sealed class NoRevocations : IRevocations
{
    private NoRevocations()
    {
    }

    public static NoRevocations Instance { get; } = new();

    public bool IsCurrent => true;

    public ValueTask<bool> IsRevoked(AccessToken token) => new(false);
}
