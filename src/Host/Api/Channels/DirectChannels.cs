using System.Security.Cryptography;
using System.Text;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Api.Channels;

/// <summary>The one direct channel that two users have in a workspace.</summary>
internal static class DirectChannels
{
    private const int IdBytes = 16;

    /// <summary>Its id: the same from both sides, on every node, for ever, and for nobody else to work out.</summary>
    /// <param name="secret">A key that all nodes share.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="one">A member.</param>
    /// <param name="other">The other one.</param>
    public static ChannelId IdOf(ReadOnlySpan<byte> secret, WorkspaceId workspace, UserId one, UserId other)
    {
        var (first, second) = string.CompareOrdinal(one.Value, other.Value) < 0 ? (one, other) : (other, one);
        // An id cannot hold a line feed, so no two pairs make one text.
        var digest = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"direct\n{workspace.Value}\n{first.Value}\n{second.Value}"));
        return ChannelId.Parse($"d_{Convert.ToHexStringLower(digest.AsSpan(0, IdBytes))}");
    }
}
