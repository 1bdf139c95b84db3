using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuikApp.Host.Tests.Api;

/// <summary>
/// Wrong bodies for a schema of the document: each member × each wrong type, missing, twice, unknown, out of range; and what
/// is no JSON of the kind at all. The schema is what clients are told, so whatever it does not allow must be refused.
/// </summary>
internal sealed class HostileBodies(ApiSchema schema)
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1.5", "1e400", "9007199254740992", "\"\"", "\"text\"", "[]", "[null]", "[[]]", "[{}]",
        "[1]", "{}", "{\"a\":1}", "[\"a\",\"\"]", "[\"two words\"]", "\"\\ud800\"", "\"\\u0000\"", "\"text \\udc00\"",
        "-0", "1E2", "[true]", "[0.5]", "{\"content\":\"x\"}",
    ];

    // What the server says itself; a client that may choose it could pose as another.
    private static readonly string[] Forged =
    [
        "id", "userId", "seq", "createdAt", "editedAt", "deletedAt", "role", "channelId", "workspaceId", "members", "reactions", "by", "at",
        "__proto__", "constructor", "Content", "CONTENT", "NAME", "",
    ];

    private static readonly string[] NoObjects =
    [
        "", " ", "null", "true", "1", "\"x\"", "[]", "[{}]", "{", "}", "{]", "{\"", "{\"content\"}", "{'content':'x'}", "{content:1}", "{}{}", "{} x",
        "{/* c */}", "\ufeff{}", "{\"a\":}", "{,}", "NaN", "{\"a\":NaN}", "{\"a\":01}", "\u0000",
        "<xml/>", "content=x", "%7B%7D",
    ];

    /// <summary>Every wrong body, with the field that the refusal must name where it is about one member.</summary>
    /// <param name="body">The schema of the body.</param>
    public IEnumerable<(string Json, string? Field)> Of(JsonElement body)
    {
        var good = Sample(body);
        foreach (var text in NoObjects)
            yield return (text, null);
        if (IsNeverEmpty(body))
            yield return ("{}", null);
        foreach (var name in Forged.Where(name => !body.GetProperty("properties").TryGetProperty(name, out _)))
            yield return (With(good, name, "\"x\""), null);
        for (var depth = 16; depth <= 4_096; depth *= 4)
            yield return (With(good, "deep", new string('[', depth) + new string(']', depth)), null);

        foreach (var member in body.GetProperty("properties").EnumerateObject())
        {
            yield return (Twice(good, member.Name), good.ContainsKey(member.Name) ? member.Name : null);
            if (Requires(body, member.Name))
                yield return (Without(good, member.Name), member.Name);
            foreach (var value in Values.Where(value => !Allows(member.Value, value)))
            {
                yield return (With(good, member.Name, value), member.Name);
                yield return (WithFirst(good, member.Name, value), member.Name);
                yield return (WithFirst(good, Escaped(member.Name), value), member.Name);
            }

            yield return (WithFirst(good, Escaped(member.Name), "null,\"" + member.Name + "\":null"), member.Name);
            foreach (var (json, field) in OfItems(member.Name, schema.Resolve(member.Value)))
                yield return (With(good, member.Name, json), field);
            foreach (var wrong in TooMuch(schema.Resolve(member.Value)))
                yield return (With(good, member.Name, wrong), member.Name);
        }
    }

    /// <summary>A body that is right: only what is needed.</summary>
    public JsonObject Sample(JsonElement body)
    {
        var sample = new JsonObject();
        foreach (var member in body.GetProperty("properties").EnumerateObject().Where(member => Requires(body, member.Name)))
            sample[member.Name] = SampleValue(schema.Resolve(member.Value));
        if (sample.Count == 0 && IsNeverEmpty(body) && body.GetProperty("properties").EnumerateObject().First() is var any)
            sample[any.Name] = SampleValue(schema.Resolve(any.Value));
        return sample;
    }

    // The shapes that are needed here, by what the schema says of them.
    private static JsonNode SampleValue(JsonElement value)
    {
        if (value.TryGetProperty("enum", out var words))
            return words[0].GetString()!;
        if (value.TryGetProperty("pattern", out var pattern) && pattern.GetString()!.Contains("{64}", StringComparison.Ordinal))
            return new string('a', 64);
        return TypesOf(value).Contains("integer") ? 1 : value.GetProperty("description").GetString() switch
        {
            ['M', 'e', 'd', 'i', 'a', ..] => "image/png",
            ['A', 'b', 's', ..] => "https://example.com/x",
            _ => "good",
        };
    }

    // Each item of a list: wrong by itself, and where it is an object, wrong in each of its members.
    private IEnumerable<(string Json, string? Field)> OfItems(string name, JsonElement list)
    {
        if (!list.TryGetProperty("items", out var items))
            yield break;
        var item = schema.Resolve(items);
        foreach (var value in Values.Where(value => !Allows(items, value)))
            yield return ($"[{value}]", null);
        if (!item.TryGetProperty("properties", out _))
            yield break;

        var good = Sample(item);
        foreach (var member in item.GetProperty("properties").EnumerateObject())
        {
            yield return ($"[{Without(good, member.Name)}]", $"{name}[0].{member.Name}");
            yield return ($"[{Twice(good, member.Name)}]", $"{name}[0].{member.Name}");
            yield return ($"[{good.ToJsonString()},{With(good, "userId", "\"x\"")}]", $"{name}[1]");
            foreach (var value in Values.Where(value => !Allows(member.Value, value)))
                yield return ($"[{good.ToJsonString()},{With(good, member.Name, value)}]", $"{name}[1].{member.Name}");
        }
    }

    private static IEnumerable<string> TooMuch(JsonElement value)
    {
        if (value.TryGetProperty("maxItems", out var items))
            yield return $"[{string.Join(',', Enumerable.Range(0, items.GetInt32() + 1).Select(i => $"\"u{i}\""))}]";
        if (value.TryGetProperty("maxLength", out var length))
            yield return $"\"{new string('a', length.GetInt32() + 1)}\"";
    }

    // Whether the schema allows a value, as far as these values go.
    private bool Allows(JsonElement member, string json)
    {
        var value = schema.Resolve(member);
        // A lone surrogate or a NUL is no text anywhere; 1e400 is no number that anything could hold.
        if (json.Contains("\\u", StringComparison.Ordinal) || json == "1e400")
            return false;
        using var parsed = JsonDocument.Parse(json);
        return parsed.RootElement.ValueKind switch
        {
            // Nullable in the document only because it may be left out; null itself is another type.
            JsonValueKind.Null => false,
            JsonValueKind.String => TypesOf(value).Contains("string") && AllowsText(value, parsed.RootElement.GetString()!),
            JsonValueKind.Number => TypesOf(value).Contains("integer") && json is "0",
            JsonValueKind.True or JsonValueKind.False => TypesOf(value).Contains("boolean"),
            JsonValueKind.Array => TypesOf(value).Contains("array") && parsed.RootElement.GetArrayLength() == 0,
            _ => TypesOf(value).Contains("object"),
        };
    }

    private static bool AllowsText(JsonElement value, string text)
    {
        if (value.TryGetProperty("enum", out var words))
            return words.EnumerateArray().Any(word => word.GetString() == text);
        if (value.TryGetProperty("pattern", out var pattern))
            return System.Text.RegularExpressions.Regex.IsMatch(text, pattern.GetString()!);
        // Media types and addresses have a grammar that the document tells people only.
        return text != "" && !(value.GetProperty("description").GetString() is ['M', 'e', 'd', 'i', 'a', ..] or ['A', 'b', 's', ..]);
    }

    private static IEnumerable<string> TypesOf(JsonElement value) => !value.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(one => one.GetString()!)]
        : [type.GetString()!];

    private static bool IsNeverEmpty(JsonElement body) => body.TryGetProperty("minProperties", out var least) && least.GetInt32() > 0;

    private static bool Requires(JsonElement body, string name) =>
        body.TryGetProperty("required", out var required) && required.EnumerateArray().Any(one => one.GetString() == name);

    private static string With(JsonObject good, string name, string json) =>
        $"{{{string.Join(',', good.Where(m => m.Key != name).Select(m => $"\"{m.Key}\":{m.Value!.ToJsonString()}").Append($"\"{name}\":{json}"))}}}";

    private static string WithFirst(JsonObject good, string name, string json) =>
        $"{{\"{name}\":{json}{string.Concat(good.Where(m => m.Key != name && Escaped(m.Key) != name).Select(m => $",\"{m.Key}\":{m.Value!.ToJsonString()}"))}}}";

    // The same name in another spelling.
    private static string Escaped(string name) => $"\\u{(int)name[0]:x4}{name[1..]}";

    private static string Without(JsonObject good, string name) =>
        $"{{{string.Join(',', good.Where(m => m.Key != name).Select(m => $"\"{m.Key}\":{m.Value!.ToJsonString()}"))}}}";

    private static string Twice(JsonObject good, string name) =>
        good[name] is { } value
            ? $"{{{string.Join(',', good.Select(m => $"\"{m.Key}\":{m.Value!.ToJsonString()}").Append($"\"{name}\":{value.ToJsonString()}"))}}}"
            : With(good, $"{name}\":1,\"{name}", "1");
}
