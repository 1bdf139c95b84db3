using QuikApp.Host.Tests.EndToEnd;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Tests.Api;

/// <summary>A workspace of a test's own, made over HTTP; its first administrator is <c>root</c>.</summary>
internal sealed class ApiWorkspace
{
    private static int _made;
    private readonly ProductServer _server;

    private ApiWorkspace(ProductServer server, string id) => (_server, Id) = (server, id);

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Its path below the API's.</summary>
    public string Path => $"workspaces/{Id}";

    /// <summary>Makes one, with these users as members.</summary>
    public static async Task<ApiWorkspace> MakeAsync(ProductServer server, params string[] members)
    {
        var workspace = new ApiWorkspace(server, $"ws-{Interlocked.Increment(ref _made)}-{Guid.NewGuid():n}");
        using var root = workspace.As("root", Role.Admin);
        (await root.PostAsync("workspaces", $$"""{"id":"{{workspace.Id}}","name":"Acme"}""")).Ok(201);
        foreach (var member in members)
            await workspace.SetAsync(member, "member");
        return workspace;
    }

    /// <summary>Somebody whose token names this workspace.</summary>
    public ApiCaller As(string user, Role role = Role.Member) => ApiCaller.As(_server, user, role, Id);

    /// <summary>A socket of somebody whose token names this workspace.</summary>
    public Task<PhoenixClient> ConnectAsync(string user) =>
        PhoenixClient.ConnectWithAsync(_server, _server.Token(user, workspace: Id), forwardedFor: $"user-{user}");

    /// <summary>Makes somebody a member, or gives them another role.</summary>
    public async Task<ApiAnswer> SetAsync(string user, string role)
    {
        using var root = As("root", Role.Admin);
        return (await root.SendAsync("PUT", $"{Path}/members/{user}", $$"""{"role":"{{role}}"}""")).Ok();
    }

    /// <summary>Puts somebody out.</summary>
    public async Task RemoveAsync(string user)
    {
        using var root = As("root", Role.Admin);
        (await root.DeleteAsync($"{Path}/members/{user}")).Ok();
    }

    /// <summary>Makes a channel, in the name of <c>root</c>.</summary>
    public async Task<string> ChannelAsync(string visibility = "public", params string[] members)
    {
        using var root = As("root", Role.Admin);
        var made = (await root.PostAsync($"{Path}/channels", $$"""{"name":"room","visibility":"{{visibility}}"}""")).Ok(201);
        var channel = made.Json.GetProperty("id").GetString()!;
        foreach (var member in members)
            (await root.PutAsync($"channels/{channel}/members/{member}")).Ok();
        return channel;
    }
}
