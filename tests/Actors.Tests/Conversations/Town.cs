using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>A workspace of a node with people in it; both are the test's own, also on a node that tests share.</summary>
internal sealed class Town
{
    private readonly ConversationNode _node;
    private readonly string _id;

    private Town(ConversationNode node, string id) => (_node, _id, Id) = (node, id, WorkspaceId.Parse(id));

    public WorkspaceId Id { get; }

    public Room Workspace => _node.Room(StreamId.Of(Id));

    /// <summary>Makes the workspace, with these members.</summary>
    public static async Task<Town> Create(ConversationNode node, string id, params string[] names)
    {
        var town = new Town(node, id);
        await town.Workspace.Receipt(new ConversationCommand.CreateWorkspace(Requester.Server, town.Id, id));
        foreach (var name in names)
            await town.Workspace.Receipt(new ConversationCommand.AddMember(Requester.Server, town[name].User));
        return town;
    }

    /// <summary>The same workspace on another node.</summary>
    public Town On(ConversationNode node) => new(node, _id);

    /// <summary>A person, with a token for the workspace and a socket.</summary>
    public Requester this[string name] => Given.Member($"{_id}-{name}").In(Id) with { Name = name, Session = $"{_id}-{name}-1" };

    /// <summary>The stream of a person.</summary>
    public Room Of(string name) => _node.Room(StreamId.Of(this[name].User));

    /// <summary>Changes the workspace, and waits until this node knows.</summary>
    public async Task Change(ConversationCommand command)
    {
        var receipt = await Workspace.Receipt(command);
        await ConversationNode.Eventually(() => !_node.Services.Replicas.TryGet(Workspace.Stream, out var copy) || copy.Seq >= receipt.Seq);
    }

    /// <summary>A channel that is there already.</summary>
    public Room Channel(string name) => _node.Room($"{_id}-{name}");

    /// <summary>Makes a channel.</summary>
    public async Task<Room> Open(string name, ChannelVisibility visibility = ChannelVisibility.Public)
    {
        var channel = Channel(name);
        await channel.Create(Requester.Server, visibility, Id);
        return channel;
    }

    /// <summary>Makes a message with a thread.</summary>
    public async Task<(Room Thread, MessageId Root)> Thread(Room channel, string author)
    {
        var sent = await channel.Send(this[author], "to be replied to");
        var thread = ThreadId.Parse($"{channel.Stream.Id}-thread");
        await channel.Receipt(new ConversationCommand.OpenThread(this[author], sent.Message!.Value, thread));
        return (_node.Room(StreamId.Of(thread)), sent.Message.Value);
    }
}
