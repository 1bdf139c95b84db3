using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using QuikApp.Actors.LongPoll;
using QuikApp.Protocol.Phoenix;

namespace QuikApp.Host.LongPoll;

/// <summary>
/// Writes what a long poll is answered. As with Phoenix the HTTP status is 200 and the real one stands in the body: that is
/// where stock clients look.
/// </summary>
internal static class PollAnswer
{
    // It goes out as JSON that no browser may take for anything else, so that only what JSON itself asks for is escaped.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers a GET.</summary>
    /// <param name="context">The request.</param>
    /// <param name="answer">What the session said.</param>
    /// <param name="token">The token of the next request; null when there is no session that it could be for.</param>
    public static Task WriteAsync(HttpContext context, LongPollMessages.Polled answer, string? token) =>
        WriteAsync(context, (answer, token), static (json, x) =>
        {
            json.WriteStartArray("messages");
            foreach (var frame in x.answer.Frames)
                Write(json, frame);
            json.WriteEndArray();
            json.WriteNumber("status", (int)x.answer.Status);
            json.WriteString("token", x.token);
            if (x.answer.Code == 0)
                return;
            json.WriteNumber("code", x.answer.Code);
            json.WriteString("reason", x.answer.Reason);
        });

    /// <summary>Answers a POST, or refuses.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="reason">Why it is not 200, where that helps who writes a client.</param>
    /// <param name="where">What in the body is at fault, and its number, counted from 1; 0 when it is nothing in particular.</param>
    public static Task WriteAsync(HttpContext context, PollStatus status, string? reason = null, (string Name, int Number) where = default) =>
        WriteAsync(context, (status, reason, where), static (json, x) =>
        {
            json.WriteNumber("status", (int)x.status);
            if (x.reason is not null)
                json.WriteString("reason", x.reason);
            if (x.where.Number > 0)
                json.WriteNumber(x.where.Name, x.where.Number);
        });

    // The wire has no word for a binary message in this direction; it gets the one of the other direction, and never a 500.
    private static void Write(Utf8JsonWriter json, PollFrame frame)
    {
        if (frame.IsBinary)
            json.WriteBase64StringValue(frame.Bytes.Span);
        else
            json.WriteStringValue(frame.Bytes.Span);
    }

    private static async Task WriteAsync<T>(HttpContext context, T state, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        await using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            write(json, state);
            json.WriteEndObject();
        }

        var response = context.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentLength = buffer.WrittenCount;
        await response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }
}
