using QuikApp.Actors.Conversations;
using QuikApp.Host.Hosting;
using QuikApp.Host.Tests.EndToEnd;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Access;

/// <summary>A server on which the workspace's own journal says who belongs to it.</summary>
public sealed class JournalServer : ProductServer
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Access:Source"] = "journal",
        ["Limits:EventBurst"] = "100000",
        ["Limits:RequestBurst"] = "1000000",
        ["Limits:AddressRequestBurst"] = "1000000",
    };

    protected override Task PrepareAsync() =>
        ExecuteAsync(StreamId.Of(DemoWorkspace.Id), new ConversationCommand.AddMember(Requester.Server, UserId.Parse("canary")));
}
