using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Tests.Conversations;
using Xunit.Abstractions;

namespace QuikApp.Actors.Tests.Serialization;

/// <summary>Whatever an actor takes either has a serializer of ours, or is known to stay on its node.</summary>
public sealed class MessageInventoryTests(SharedNode shared, ITestOutputHelper output) : IClassFixture<SharedNode>
{
    /// <summary>
    /// What never leaves its node, by the type or by the type around it. Add to it only what is told to an actor that was made
    /// on the same node, or goes through the event stream.
    /// </summary>
    private static readonly string[] Local =
    [
        "ConversationActor", "ConversationMessages+Stop", "HubMessages", "TopicHub", "TopicHubs", "Access.AccessChanged", "ReplicaKeeper",
        "PresenceMessages", "PresenceHub", "PresenceNode", "PresenceView", "RelaySettlement", "RelaySweeper", "GroupCommitJournal",
    ];

    [Fact]
    public void EveryMessage_IsWrittenByOurs_OrNeverLeaves()
    {
        var all = MessageInventory.Of(typeof(ConversationMessages).Assembly).Distinct().OrderBy(type => type.FullName, StringComparer.Ordinal).ToList();
        output.WriteLine(string.Join('\n', all));
        Assert.True(all.Count > 40, $"only {all.Count} found");

        foreach (var type in all)
        {
            var isLocal = typeof(INoSerializationVerificationNeeded).IsAssignableFrom(type);
            var isListed = Local.Any(name => type.FullName!.EndsWith($".{name}", StringComparison.Ordinal) || type.FullName.Contains($".{name}+", StringComparison.Ordinal));
            var serializer = MessageInventory.SerializerOf(shared.Node.System, type);
            Assert.True(isLocal == isListed, $"{type} is {(isLocal ? "" : "not ")}marked local and is {(isListed ? "" : "not ")}listed as such");
            Assert.True(isLocal || serializer > 1700, $"{type} may leave its node and has no serializer of ours, but {serializer}");
        }
    }

    [Fact]
    public void EveryWireMessage_HasTheSerializerOfConversations()
    {
        foreach (var type in typeof(ConversationMessages).GetNestedTypes(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public).Where(type => type.IsClass))
        {
            if (type != typeof(ConversationMessages.Stop))
                Assert.Equal(ConversationSerializer.FixedIdentifier, MessageInventory.SerializerOf(shared.Node.System, type));
        }
    }
}
