using System.Buffers;
using System.Text.Json;
using QuikApp.Host.Api.Requests;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Host.Api;

/// <summary>An answer that is written by hand: by the same code as on a socket.</summary>
internal static class JsonAnswer
{
    /// <summary>Writes 200 and one JSON value.</summary>
    public static IResult Of<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, FrameEncoder.WriterOptions))
            write(json, state);
        return TypedResults.Bytes(buffer.WrittenMemory, RequestBody.MediaType);
    }
}
