using Akka.Actor.Setup;

namespace QuikApp.Actors.Conversations;

/// <summary>Hands the snapshot key to the actor system's serializer.</summary>
/// <param name="key">32 bytes.</param>
internal sealed class SnapshotKeySetup(byte[] key) : Setup
{
    public byte[] Key { get; } = key;

    public override string ToString() => "snapshot key (not shown)";
}
