using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuikApp.Protocol.Tests.Phoenix;

/// <summary>Reads what the server writes, the way the stock clients do.</summary>
internal static class ServerFrames
{
    public static string Text(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static byte[] Bytes(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A V2 text frame: exactly five elements.</summary>
    public static (JsonElement JoinRef, JsonElement Ref, JsonElement Topic, JsonElement Event, JsonElement Payload) ReadV2(string json)
    {
        var frame = JsonDocument.Parse(json).RootElement;
        Assert.Equal(5, frame.GetArrayLength());
        return (frame[0], frame[1], frame[2], frame[3], frame[4]);
    }

    /// <summary>A V1 frame: exactly four keys.</summary>
    public static (JsonElement Ref, JsonElement Topic, JsonElement Event, JsonElement Payload) ReadV1(string json)
    {
        var frame = JsonDocument.Parse(json).RootElement;
        Assert.Equal(["event", "payload", "ref", "topic"], frame.EnumerateObject().Select(p => p.Name).Order());
        return (frame.GetProperty("ref"), frame.GetProperty("topic"), frame.GetProperty("event"), frame.GetProperty("payload"));
    }

    /// <summary>A binary frame: kind, fields, data.</summary>
    public static (byte Kind, string[] Fields, byte[] Data) ReadBinary(byte[] frame)
    {
        var count = frame[0] switch { 0 => 3, 1 => 4, 2 => 2, _ => throw new FormatException("no such kind") };
        var fields = new string[count];
        var at = 1 + count;
        for (var i = 0; i < count; i++)
        {
            fields[i] = Encoding.UTF8.GetString(frame, at, frame[1 + i]);
            at += frame[1 + i];
        }

        return (frame[0], fields, frame[at..]);
    }

    public static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"expected {expected}, got {actual}");
}
