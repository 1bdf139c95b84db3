using System.Runtime.Serialization;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;
using QuikApp.Actors.Conversations.Proto;

namespace QuikApp.Actors.Conversations;

/// <summary>
/// Writes snapshots as Protobuf under AES-256-GCM: they name members, and a forged one would be believed. One that does
/// not open is a failure to the snapshot store, which then leaves the conversation to replay its stream.
/// </summary>
internal sealed class SnapshotSerializer : SerializerWithStringManifest
{
    /// <summary>Fixed for ever: it stands in the snapshot table.</summary>
    public const int FixedIdentifier = 1702;

    private const string ManifestV1 = "conversation-snapshot.v1";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _key;

    public SnapshotSerializer(ExtendedActorSystem system)
        : base(system)
    {
        _key = system.Settings.Setup.Get<SnapshotKeySetup>() is { HasValue: true } setup
            ? setup.Value.Key
            : throw new InvalidOperationException("the actor system was started without a snapshot key");
    }

    public override int Identifier => FixedIdentifier;

    public override string Manifest(object o) => o is ConversationSnapshot
        ? ManifestV1
        : throw new ArgumentException($"not a snapshot: {o?.GetType()}", nameof(o));

    public override byte[] ToBinary(object obj)
    {
        var plain = SnapshotProto.Write((ConversationSnapshot)obj).ToByteArray();
        var sealed_ = new byte[NonceLength + plain.Length + TagLength];
        var nonce = sealed_.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(nonce, plain, sealed_.AsSpan(NonceLength, plain.Length), sealed_.AsSpan(NonceLength + plain.Length));
        return sealed_;
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (manifest != ManifestV1)
            throw new SerializationException($"unknown snapshot manifest '{manifest}'");
        if (bytes.Length < NonceLength + TagLength)
            throw new SerializationException("a snapshot is cut short");

        var plain = new byte[bytes.Length - NonceLength - TagLength];
        try
        {
            using var aes = new AesGcm(_key, TagLength);
            aes.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength, plain.Length), bytes.AsSpan(NonceLength + plain.Length), plain);
        }
        catch (CryptographicException e)
        {
            throw new SerializationException("a snapshot was changed, or written under another key", e);
        }

        return SnapshotProto.Read(ConversationSnapshotV1.Parser.ParseFrom(plain));
    }
}
