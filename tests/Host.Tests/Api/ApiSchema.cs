using System.Text.Json;

namespace QuikApp.Host.Tests.Api;

/// <summary>The document that a server gives, read for tests that are made from it.</summary>
internal sealed class ApiSchema(JsonElement document)
{
    /// <summary>Reads the document of a server.</summary>
    public static async Task<ApiSchema> ReadAsync(ApiCaller caller) => new((await caller.RawAsync("GET", "/openapi/v1.json")).Ok().Json);

    /// <summary>Method, path and description of every operation.</summary>
    public IEnumerable<(string Method, string Path, JsonElement Operation)> Operations() =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (operation.Name.ToUpperInvariant(), path.Name, operation.Value);

    /// <summary>The schemas of an operation's body: none where there is none, several where one may choose.</summary>
    public IReadOnlyList<JsonElement> BodiesOf(JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
            return [];
        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        schema = schema.TryGetProperty("$ref", out _) ? Resolve(schema) : schema;
        return schema.TryGetProperty("oneOf", out var choices) ? [.. choices.EnumerateArray().Select(Resolve)] : [schema];
    }

    /// <summary>The schema itself where there is a reference.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        if (schema.TryGetProperty("oneOf", out var choices))
            return Resolve(choices.EnumerateArray().Single(choice => !(choice.TryGetProperty("type", out var type) && type.GetString() == "null")));
        return schema;
    }
}
