using QuikApp.Protocol.Identity;

namespace QuikApp.Host.LongPoll;

/// <summary>What a session token says.</summary>
/// <param name="Node">The node that has the session: the uid of its membership, which no restart and no other node has.</param>
/// <param name="Session">The session: 32 hexadecimal digits, random, never used twice.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Credential">A fingerprint of the access token that opened it: a request that brings the same one needs no check.</param>
/// <param name="Received">The messages up to this number were in the answers that the client has.</param>
internal sealed record PollTicket(int Node, string Session, UserId User, ulong Credential, long Received)
{
    /// <summary>The length of <see cref="Session"/> in bytes, two digits each.</summary>
    public const int SessionBytes = 16;
}
