using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace QuikApp.Protocol.Tests.Phoenix;

/// <summary>Generators of client frames, and the clients' side of the wire written independently of the codec.</summary>
internal static class FrameGen
{
    private static readonly Gen<char> Character = Gen.Frequency(
        (6, Gen.Char['a', 'z']),
        (2, Gen.Char['\0', '\u007f']),
        (1, Gen.Char['\u0080', '\ud7ff']),
        (1, OneOf<char>(['"', '\\', '/', '<', '\u2028', '\ufeff', '\ue000'])));

    public static readonly Gen<string> Text = Gen.Frequency(
        (4, Gen.String[Character, 0, 12]),
        (1, Gen.String[Character, 0, 4].Select(text => text + "😀")));

    public static readonly Gen<JsonNode?> Scalar = Gen.Frequency<JsonNode?>(
        (1, Gen.Bool.Select(_ => (JsonNode?)null)),
        (4, Text.Select(text => (JsonNode?)JsonValue.Create(text))),
        (1, Gen.Long.Select(number => (JsonNode?)JsonValue.Create(number))),
        (1, Gen.Double[-1e9, 1e9].Select(number => (JsonNode?)JsonValue.Create(number))),
        (1, Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag))));

    public static readonly Gen<JsonNode?> Value = Gen.Recursive<JsonNode?>((depth, value) => depth >= 4
        ? Scalar
        : Gen.Frequency<JsonNode?>(
            (3, Scalar),
            (1, value.Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(Copy)]))),
            (2, Gen.Select(Text, value).Array[0, 5].Select(Object))));

    public static readonly Gen<JsonNode?> ClientName = Gen.Frequency((8, Text.Select(text => (JsonNode?)JsonValue.Create(text))), (1, Value));

    public static readonly Gen<(JsonNode? JoinRef, JsonNode? Ref, JsonNode? Topic, JsonNode? Event, JsonNode? Payload)> Fields =
        Gen.Select(Gen.Frequency((8, Scalar), (1, Value)), Gen.Frequency((8, Scalar), (1, Value)), ClientName, ClientName, Value);

    // What clients may use: everything escaped that can be, or as little as the library allows.
    public static readonly JsonSerializerOptions[] Writers =
    [
        new() { Encoder = JavaScriptEncoder.Default, WriteIndented = true },
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping },
    ];

    public static readonly Gen<byte[]> ValidFrame = Gen.OneOf(
        Gen.Select(Fields, Gen.Int[0, 1], (fields, writer) => EncodeV2(fields, Writers[writer])),
        Gen.Select(Fields, Gen.Int[0, 1], (fields, writer) => EncodeV1(fields, Writers[writer])),
        Gen.Select(Text, Text, Text, Text, Gen.Byte.Array[0, 8]).Select(f => EncodeBinary(f.Item1, f.Item2, f.Item3, f.Item4, f.Item5)));

    private static readonly string[] Snippets =
    [
        "\"", "\\", "[", "]", "{", "}", ",", ":", "{\"a\":1,\"a\":2}", "\\ud83d", "\\ude00", "\\u0061", "null", "1e9", "[[[[[[[[[[[[[", "]]]]]]]]]]]]]", "[[[[[[[[[[[[[]]]]]]]]]]]]],", "[[[[[[[[[[[[[[]]]]]]]]]]]]]],", "\"a\":",
        "\ufeff", " ", "//", "\0",
    ];

    public static readonly Gen<byte[]> Mutated = Gen.Select(
        ValidFrame,
        Gen.Select(Gen.Int[0, 5], Gen.UInt, Gen.Frequency((3, Gen.Byte[32, 127]), (1, Gen.Byte)), Gen.Int[0, Snippets.Length - 1]).Array[1, 3],
        (frame, edits) => edits.Aggregate(frame, Mutate));

    private static byte[] Mutate(byte[] frame, (int Kind, uint At, byte Value, int Snippet) edit)
    {
        var at = (int)(edit.At % (uint)(frame.Length + 1));
        var rest = Math.Min(at + 1, frame.Length);
        return edit.Kind switch
        {
            0 or 5 => [.. frame[..at], .. Encoding.UTF8.GetBytes(Snippets[edit.Snippet]), .. frame[at..]],
            1 => [.. frame[..at], edit.Value, .. frame[rest..]],
            2 => [.. frame[..at], .. frame[rest..]],
            3 => frame[..at],
            _ => [.. frame[..at], .. frame[(at / 2)..]],
        };
    }

    public static byte[] EncodeV2((JsonNode? JoinRef, JsonNode? Ref, JsonNode? Topic, JsonNode? Event, JsonNode? Payload) f, JsonSerializerOptions options) =>
        JsonSerializer.SerializeToUtf8Bytes(new[] { f.JoinRef, f.Ref, f.Topic, f.Event, f.Payload }, options);

    public static byte[] EncodeV1((JsonNode? JoinRef, JsonNode? Ref, JsonNode? Topic, JsonNode? Event, JsonNode? Payload) f, JsonSerializerOptions options) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, JsonNode?>
            {
                ["payload"] = f.Payload,
                ["join_ref"] = f.JoinRef,
                ["ref"] = f.Ref,
                ["event"] = f.Event,
                ["topic"] = f.Topic,
            },
            options);

    public static byte[] EncodeBinary(string joinRef, string @ref, string topic, string @event, byte[] data)
    {
        byte[][] fields = [Encoding.UTF8.GetBytes(joinRef), Encoding.UTF8.GetBytes(@ref), Encoding.UTF8.GetBytes(topic), Encoding.UTF8.GetBytes(@event)];
        return [0, .. fields.Select(field => (byte)field.Length), .. fields.SelectMany(field => field), .. data];
    }

    public static Gen<T> OneOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    private static JsonNode? Object((string Name, JsonNode? Value)[] properties)
    {
        var json = new JsonObject();
        foreach (var (name, value) in properties)
            json[name] = Copy(value);
        return json;
    }
}
