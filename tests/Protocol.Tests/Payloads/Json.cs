using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace QuikApp.Protocol.Tests.Payloads;

internal static class Json
{
    /// <summary>What a writer writes, with as few escapes as JSON allows.</summary>
    public static string Of(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
