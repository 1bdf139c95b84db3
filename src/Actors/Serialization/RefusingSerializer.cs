using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace QuikApp.Actors.Serialization;

/// <summary>
/// Stands in the place of the polymorphic JSON serializer (identifier 1), which builds whatever type the bytes name, and
/// refuses both ways: nothing of ours needs it.
/// </summary>
internal sealed class RefusingSerializer : Serializer
{
    public RefusingSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    public RefusingSerializer(ExtendedActorSystem system, Config config)
        : base(system)
    {
        _ = config;
    }

    public override int Identifier => 1;

    public override bool IncludeManifest => true;

    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj.GetType()} has no serializer of its own; polymorphic JSON is refused");

    public override object FromBinary(byte[] bytes, Type type) =>
        throw new SerializationException("polymorphic JSON is refused");
}
