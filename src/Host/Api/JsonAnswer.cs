using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using QuikApp.Host.Api.Requests;

namespace QuikApp.Host.Api;

/// <summary>An answer that is written by hand: by the same code as on a socket.</summary>
internal static class JsonAnswer
{
    // As on a socket: a letter beyond ASCII is itself. Nothing of it is ever put into a page by this server.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes 200 and one JSON value.</summary>
    public static IResult Of<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json, state);
        return TypedResults.Bytes(buffer.WrittenMemory, RequestBody.MediaType);
    }
}
