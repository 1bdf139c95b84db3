using System.Globalization;
using Akka.Cluster;
using Akka.DistributedData;
using Akka.Util;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Presence;

/// <summary>
/// The names under which nodes keep presence in the replicated data. A node writes the keys of its own address alone, so no
/// two ever write the same one.
/// </summary>
internal static class PresenceKeys
{
    /// <summary>
    /// Keys a node. More make each smaller, which bounds a message of the replicator (<c>hocon/cluster.conf</c> has the
    /// arithmetic) and what a write costs: the replicator merges the whole key with itself. Readers of other nodes count on it: changing it takes a stop of all nodes.
    /// </summary>
    public const int Buckets = 64;

    private const string Prefix = "presence/";

    /// <summary>The life of a node.</summary>
    public static NodeId NodeOf(UniqueAddress node) => new($"{node.Address.Host}:{node.Address.Port}", node.Uid);

    /// <summary>The bucket of a user; the same in every process.</summary>
    public static int BucketOf(UserId user) => (int)((uint)MurmurHash.StringHash(user.Value) % Buckets);

    /// <summary>A key of the replicated data.</summary>
    public static LWWDictionaryKey<string, string> Key(string address, int bucket) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{address}/{bucket}"));

    /// <summary>The address in a key's name; null for a key of something else.</summary>
    public static string? AddressOf(string key) =>
        key.StartsWith(Prefix, StringComparison.Ordinal) && key.LastIndexOf('/') is var end && end > Prefix.Length ? key[Prefix.Length..end] : null;
}
