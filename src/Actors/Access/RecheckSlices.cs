using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Access;

/// <summary>
/// Asks about everybody once in a period, a part of them at a time: a topic of ten thousand must not ask the platform's
/// directory ten thousand questions at once.
/// </summary>
internal sealed class RecheckSlices
{
    private const int Slices = 16;
    private uint _current;

    /// <summary>The time between two parts.</summary>
    public static TimeSpan Interval(TimeSpan period) => period / Slices;

    /// <summary>Goes to the next part.</summary>
    public void Next() => _current = (_current + 1) % Slices;

    /// <summary>Whether the user's turn is now.</summary>
    public bool Has(UserId user) => (uint)user.GetHashCode() % Slices == _current;
}
