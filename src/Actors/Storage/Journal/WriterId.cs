using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using Akka.Cluster;

namespace QuikApp.Actors.Storage.Journal;

/// <summary>Names a writer of the journal in its rows: every node knows the name of every member's.</summary>
internal static class WriterId
{
    private const int Bytes = 16;

    /// <summary>The writer of a node of a cluster; a random one where there is no cluster.</summary>
    public static string Of(ActorSystem system) =>
        IsClustered(system) ? Of(Cluster.Get(system).SelfUniqueAddress) : Guid.NewGuid().ToString("N");

    /// <summary>The writer of a member: 32 hexadecimal digits of the SHA-256 of its address and the number of its incarnation.</summary>
    public static string Of(UniqueAddress node) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{node.Address}#{node.Uid}"))).AsSpan(0, Bytes));

    /// <summary>Whether the actor system is a node of a cluster.</summary>
    public static bool IsClustered(ActorSystem system) => system is ExtendedActorSystem { Provider: IClusterActorRefProvider };
}
