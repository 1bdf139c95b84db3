using QuikApp.Actors.Conversations;

namespace QuikApp.Actors.Delivery;

/// <summary>
/// Tells a call which sockets are there. A notice may be lost between nodes, and a socket that went unseen would hold the
/// call open for ever: with each renewal it is said again who is there, and for a while who went.
/// </summary>
/// <param name="tell">Tells the call: who, and whether they are there.</param>
internal sealed class SocketNotices(Action<Requester, bool> tell)
{
    private const int Repeats = 3;

    private readonly Dictionary<string, (Requester Who, int Left)> _gone = [];

    /// <summary>A socket came or went.</summary>
    public void Say(Requester who, bool isThere)
    {
        if (!isThere)
            _gone[who.Session] = (who, Repeats);
        tell(who, isThere);
    }

    /// <summary>Says all again.</summary>
    /// <param name="there">Who is there now.</param>
    public void Again(IEnumerable<Requester> there)
    {
        foreach (var who in there)
            tell(who, true);
        foreach (var (session, (who, left)) in _gone.ToList())
        {
            tell(who, false);
            if (left > 1)
                _gone[session] = (who, left - 1);
            else
                _gone.Remove(session);
        }
    }
}
