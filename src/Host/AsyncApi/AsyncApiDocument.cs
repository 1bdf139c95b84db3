using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using QuikApp.Host.Authentication;

namespace QuikApp.Host.AsyncApi;

/// <summary>
/// <c>/asyncapi.json</c>: the socket API as AsyncAPI 3, made once, at start, from what the sessions dispatch by and what parsers
/// and encoders declare. Whoever asks needs no token.
/// </summary>
internal sealed class AsyncApiDocument
{
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] _bytes;
    private readonly EntityTagHeaderValue _tag;

    public AsyncApiDocument(IOptions<AuthOptions> auth)
    {
        _bytes = Encoding.UTF8.GetBytes(DocumentDescriber.Describe(auth.Value.AllowQueryToken).ToJsonString(Writing));
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(_bytes).AsSpan(0, 16))}\"");
    }

    /// <summary>Answers with the document.</summary>
    public IResult Get() => TypedResults.Bytes(_bytes, MediaTypeNames.Application.Json, entityTag: _tag);
}
