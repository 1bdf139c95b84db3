using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Serialization;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Tests.Serialization;

public sealed class RefusingSerializerTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private Akka.Serialization.Serialization Serialization => ((ExtendedActorSystem)shared.Node.System).Serialization;

    [Fact]
    public void Identifier1_InBothDirections_Refuses()
    {
        var json = Encoding.UTF8.GetBytes("""{"$type":"System.IO.FileInfo, System.Runtime","fileName":"x"}""");
        var refusing = new RefusingSerializer((ExtendedActorSystem)shared.Node.System);

        Assert.Equal(1, refusing.Identifier);
        Assert.Throws<SerializationException>(() => Serialization.Deserialize(json, 1, "System.IO.FileInfo, System.Runtime"));
        Assert.Throws<SerializationException>(() => Serialization.Deserialize(json, 1, typeof(string)));
        Assert.Throws<SerializationException>(() => refusing.ToBinary("text"));
    }

    // To look for a type loads the assembly that the bytes name, whatever is refused afterwards.
    [Fact]
    public void Identifier1_OfATypeThatIsNotLoaded_RefusesWithoutLookingForIt()
    {
        const string Name = "QuikApp.Nowhere";
        var looked = new ConcurrentQueue<string>();
        Assembly? Look(object? sender, ResolveEventArgs e)
        {
            looked.Enqueue(e.Name);
            return null;
        }

        AppDomain.CurrentDomain.AssemblyResolve += Look;
        try
        {
            Assert.Null(Type.GetType($"Gadget, {Name}.Really"));
            Assert.Throws<SerializationException>(() => Serialization.Deserialize([], 1, $"Gadget, {Name}"));
        }
        finally
        {
            AppDomain.CurrentDomain.AssemblyResolve -= Look;
        }

        Assert.Contains(looked, name => name.StartsWith($"{Name}.Really", StringComparison.Ordinal));
        Assert.DoesNotContain(looked, name => name.StartsWith(Name, StringComparison.Ordinal) && !name.Contains("Really", StringComparison.Ordinal));
    }

    [Fact]
    public void Serialize_OfATypeWithoutASerializerOfItsOwn_Refuses() =>
        Assert.Throws<SerializationException>(() => Serialization.Serialize(new Unregistered("x")));

    [Theory]
    [InlineData(typeof(JournalEntry), typeof(JournalEntrySerializer), JournalEntrySerializer.Id)]
    [InlineData(typeof(ConversationSnapshot), typeof(SnapshotSerializer), SnapshotSerializer.FixedIdentifier)]
    public void FindSerializerForType_OfWhatIsPersisted_IsOurs(Type persisted, Type serializer, int id)
    {
        var found = Serialization.FindSerializerForType(persisted);

        Assert.IsType(serializer, found);
        Assert.Equal(id, found.Identifier);
    }

    [Fact]
    public async Task Journal_AfterEveryKindOfCommand_HoldsRecordsAlone()
    {
        var room = shared.Node.Room("serialized");
        await room.Create(Given.Member("ada"));
        await room.SendMany(Given.Member("ada"), 10);

        Assert.Equal(0, shared.Node.Query<long>("SELECT count(*) FROM journal WHERE identifier <> 1701 OR manifest <> 'record.v1'"));
        Assert.Equal(11, shared.Node.Query<long>("SELECT count(*) FROM journal"));
    }

    [Fact]
    public void Snapshot_ReadUnderAnUnknownManifest_Refuses()
    {
        var stream = Given.Stream;
        var snapshot = new ConversationSnapshot(ConversationState.Empty(stream), ChainHead.Genesis(stream));
        var bytes = Serialization.Serialize(snapshot);

        Assert.IsType<ConversationSnapshot>(Serialization.Deserialize(bytes, SnapshotSerializer.FixedIdentifier, "conversation-snapshot.v1"));
        Assert.Throws<SerializationException>(() => Serialization.Deserialize(bytes, SnapshotSerializer.FixedIdentifier, "conversation-snapshot.v2"));
        Assert.Throws<SerializationException>(() => Serialization.Deserialize(bytes[..20], SnapshotSerializer.FixedIdentifier, "conversation-snapshot.v1"));
    }

    private sealed record Unregistered(string Text);
}
