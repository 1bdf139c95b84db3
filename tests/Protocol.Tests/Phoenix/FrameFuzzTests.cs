using System.Text;
using System.Text.Json;
using CsCheck;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Protocol.Tests.Phoenix;

/// <summary>Whatever the bytes: an answer, never an exception, and the same answer as another strict parser.</summary>
public sealed class FrameFuzzTests
{
    [Fact]
    public void TryDecode_RandomBytes_NeverThrows() =>
        Gen.Frequency(
                (1, Gen.Byte.Array[0, 64]),
                (1, Gen.Select(Gen.Byte[0, 3], Gen.Byte[0, 4].Array[4], Gen.Byte.Array[0, 24]).Select(f => (byte[])[f.Item1, .. f.Item2, .. f.Item3])),
                (2, FrameGen.OneOf("[]{}\",:\\u01eE+-. \n\0truefalsnd8"u8.ToArray()).Array[0, 64]))
            .Sample(DecodesEitherWay, iter: 100_000);

    [Fact]
    public void TryDecode_MutatedFrames_AcceptsExactlyWhatAStrictParserAccepts()
    {
        var seen = new int[Enum.GetValues<FrameError>().Length];
        FrameGen.Mutated.Sample(
            message =>
            {
                foreach (var version in new[] { PhoenixVersion.V1, PhoenixVersion.V2 })
                {
                    FrameDecoder.TryDecode(version, binaryOpcode: true, message, out _, out var binaryError);
                    Interlocked.Increment(ref seen[(int)binaryError]);
                    var accepted = FrameDecoder.TryDecode(version, binaryOpcode: false, message, out _, out var error);
                    Interlocked.Increment(ref seen[(int)error]);
                    Assert.True(accepted == IsFrame(version, message), $"{version} {error}: {Encoding.UTF8.GetString(message)}");
                }
            },
            iter: 40_000);

        // The mutations reach every outcome, else the agreement above means little.
        Assert.All(Enum.GetValues<FrameError>(), error => Assert.True(seen[(int)error] > 0, error.ToString()));
    }

    private static void DecodesEitherWay(byte[] message)
    {
        foreach (var version in new[] { PhoenixVersion.V1, PhoenixVersion.V2 })
        {
            foreach (var binary in new[] { false, true })
            {
                var accepted = FrameDecoder.TryDecode(version, binary, message, out var frame, out var error);
                Assert.Equal(accepted, error is FrameError.None);
                Assert.True(accepted || (frame.Payload.IsEmpty && frame.Ref.IsNull && frame.Topic == default));
            }
        }
    }

    /// <summary>The same question put to the parser of the framework and to its text decoder.</summary>
    private static bool IsFrame(PhoenixVersion version, byte[] message)
    {
        try
        {
            using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = FrameDecoder.MaxDepth, AllowDuplicateProperties = false });
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(message);
            ReadAllText(document.RootElement);
            var root = document.RootElement;
            return version is PhoenixVersion.V2
                ? root.ValueKind is JsonValueKind.Array && root.GetArrayLength() >= 5
                : root.ValueKind is JsonValueKind.Object
                    && new[] { "topic", "event", "payload", "ref" }.All(name => root.TryGetProperty(name, out _));
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return false;
        }
    }

    private static void ReadAllText(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    ReadAllText(item);
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    ReadAllText(property.Value);
                }

                break;
        }
    }
}
