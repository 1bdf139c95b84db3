using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using QuikApp.Host.Api.Problems;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Requests;

/// <summary>Reads the whole body of a request, bounded, as the bytes that the payload parsers take.</summary>
internal static class RequestBody
{
    /// <summary>The longest body: what a message on a socket may have at most.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The media type of every body.</summary>
    public const string MediaType = "application/json";

    /// <summary>Reads the body.</summary>
    /// <returns>The bytes, or why not.</returns>
    public static async ValueTask<(ReadOnlyMemory<byte> Json, Problem? Problem)> ReadAsync(HttpRequest request)
    {
        if (!IsJson(request))
            return (default, Problem.Of(ProblemReason.UnsupportedMediaType));
        if (request.ContentLength > MaxBytes)
            return (default, Problem.Of(ProblemReason.PayloadTooLarge));

        var buffer = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? 1024) + 1);
        try
        {
            // One byte more than allowed tells too long from just long enough.
            while (buffer.WrittenCount <= MaxBytes)
            {
                var read = await request.Body.ReadAsync(buffer.GetMemory(1), request.HttpContext.RequestAborted);
                if (read == 0)
                    return (buffer.WrittenMemory, null);
                buffer.Advance(read);
            }
        }
        catch (BadHttpRequestException e)
        {
            return (default, Problem.OfStatus(e.StatusCode) ?? Problem.Invalid(PayloadFault.NotJson));
        }

        return (default, Problem.Of(ProblemReason.PayloadTooLarge));
    }

    /// <summary>Whether anything was sent where no body is documented.</summary>
    public static async ValueTask<bool> IsEmptyAsync(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
            return true;
        try
        {
            return await request.Body.ReadAsync(new byte[1], request.HttpContext.RequestAborted) == 0;
        }
        catch (BadHttpRequestException)
        {
            return false;
        }
    }

    private static bool IsJson(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && request.Headers.ContentType.Count == 1
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
