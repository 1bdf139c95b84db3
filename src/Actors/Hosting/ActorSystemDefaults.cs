using System.Security.Cryptography;
using Akka.Configuration;
using Akka.Hosting;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.LongPoll;
using QuikApp.Actors.Storage.Keys;

namespace QuikApp.Actors.Hosting;

/// <summary>Settings that every actor system of the product has, in servers and in tests.</summary>
internal static class ActorSystemDefaults
{
    private static readonly string[] Resources = ["hocon/akka.conf", "hocon/cluster.conf", "hocon/serialization.conf"];

    /// <summary>Adds Akka's own settings and our serializers.</summary>
    /// <param name="builder">The actor system.</param>
    /// <param name="keys">Gives the key of snapshots.</param>
    public static AkkaConfigurationBuilder WithQuikAppDefaults(this AkkaConfigurationBuilder builder, IKeyStore keys)
    {
        foreach (var resource in Resources)
            builder.AddHocon(Read(resource), HoconAddMode.Prepend);

        var snapshotKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.IndexKey.ToArray(), 32, info: "quikapp/snapshot/v1"u8.ToArray());
        builder.AddSetup(new SnapshotKeySetup(snapshotKey));
        return builder
            .WithCustomSerializer(
                "quikapp-snapshot", [typeof(ConversationSnapshot)], static system => new SnapshotSerializer(system))
            .WithCustomSerializer(
                "quikapp-conversation", [typeof(ConversationMessages.IWireMessage)], static system => new ConversationSerializer(system))
            .WithCustomSerializer(
                "quikapp-long-poll", [typeof(LongPollMessages.IWireMessage)], static system => new LongPollSerializer(system));
    }

    /// <summary>One of the files of <c>hocon</c>, as it is built in.</summary>
    internal static Config Read(string resource)
    {
        using var stream = typeof(ActorSystemDefaults).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded");
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
