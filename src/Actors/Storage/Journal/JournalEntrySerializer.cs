using System.Runtime.InteropServices;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace QuikApp.Actors.Storage.Journal;

/// <summary>Writes a <see cref="JournalEntry"/> as exactly its record bytes.</summary>
internal sealed class JournalEntrySerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>The serializer's number in every stored row; fixed for ever.</summary>
    public const int Id = 1701;

    /// <summary>The manifest of every stored row.</summary>
    public const string RecordManifest = "record.v1";

    /// <inheritdoc/>
    public override int Identifier => Id;

    /// <summary>The array that holds exactly the record, without a copy where it already is one.</summary>
    public static byte[] BytesOf(JournalEntry entry) =>
        MemoryMarshal.TryGetArray(entry.Record, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : entry.Record.ToArray();

    /// <inheritdoc/>
    public override string Manifest(object o) => o is JournalEntry ? RecordManifest : throw Unknown(o.GetType().Name);

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => obj is JournalEntry entry ? BytesOf(entry) : throw Unknown(obj.GetType().Name);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) =>
        manifest == RecordManifest ? new JournalEntry(bytes) : throw Unknown(manifest);

    private static SerializationException Unknown(string what) => new($"the journal's serializer does not know '{what}'");
}
