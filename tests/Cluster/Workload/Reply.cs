using System.Text.Json;

namespace QuikApp.Cluster.Workload;

/// <summary>The answer to a push.</summary>
internal readonly record struct Reply(bool IsOk, JsonElement Response)
{
    /// <summary>Why it was refused.</summary>
    public string Reason => Text("reason") ?? "";

    /// <summary>A number of the answer.</summary>
    public long? Number(string name) =>
        Response.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    /// <summary>A text of the answer.</summary>
    public string? Text(string name) =>
        Response.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Reads a <c>phx_reply</c>.</summary>
    public static Reply Of(JsonElement payload) =>
        new(payload.GetProperty("status").GetString() == "ok", payload.GetProperty("response"));
}
