using System.Collections.Frozen;
using System.Collections.Immutable;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>People, places and a model of history for the tests of the rules.</summary>
internal static class Given
{
    public static readonly WorkspaceId Demo = WorkspaceId.Parse("demo");
    public static readonly ChannelId General = ChannelId.Parse("general");
    public static readonly StreamId Stream = StreamId.Of(General);

    public static Requester Member(string name, Role role = Role.Member) =>
        new(UserId.Parse(name), FrozenSet.ToFrozenSet([Demo]), role);

    public static Requester Stranger(string name, Role role = Role.Member) =>
        new(UserId.Parse(name), FrozenSet<WorkspaceId>.Empty, role);

    /// <summary>The same person with a token for a workspace.</summary>
    public static Requester In(this Requester who, WorkspaceId workspace) => who with { Workspaces = FrozenSet.ToFrozenSet([workspace]) };

    public static ConversationCommand.Create Create(Requester by, ChannelVisibility visibility = ChannelVisibility.Public) =>
        new(by, General, Demo, "General", visibility);

    public static ConversationCommand.Send Send(Requester by, string id, string content = "hello", string? clientId = null) =>
        new(by, MessageId.Parse(id), content, [], [], clientId);

    /// <summary>The workspace's journal with these members; <c>-name</c> was one and was removed.</summary>
    public static WorkspaceState Roster(params string[] names) => Roster([.. names.Select(name => (name, Role.Member))]);

    /// <summary>The workspace's journal with these members and their roles.</summary>
    public static WorkspaceState Roster(params (string Name, Role Role)[] members)
    {
        var state = WorkspaceState.Empty(StreamId.Of(Demo)) with { Info = new WorkspaceInfo(Demo, "Demo") };
        return state with
        {
            Members = members.Where(m => m.Name[0] != '-').ToImmutableDictionary(m => UserId.Parse(m.Name), m => m.Role),
            Removed = [.. members.Where(m => m.Name[0] == '-').Select(m => UserId.Parse(m.Name[1..]))],
        };
    }
}
