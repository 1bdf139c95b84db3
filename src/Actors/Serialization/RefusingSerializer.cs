using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace QuikApp.Actors.Serialization;

/// <summary>
/// Stands in the place of the polymorphic JSON serializer (identifier 1), which builds whatever type the bytes name, and
/// refuses both ways: nothing of ours needs it. It takes the manifest as a text, since for any other serializer Akka looks
/// for the type of that name first, and loads its assembly.
/// </summary>
internal sealed class RefusingSerializer : SerializerWithStringManifest
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

    public override string Manifest(object o) => throw Refusal(o);

    public override byte[] ToBinary(object obj) => throw Refusal(obj);

    public override object FromBinary(byte[] bytes, string manifest) =>
        throw new SerializationException("polymorphic JSON is refused");

    private static SerializationException Refusal(object obj) =>
        new($"{obj.GetType()} has no serializer of its own; polymorphic JSON is refused");
}
