using System.Net.Mime;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace QuikApp.Host.Api.Description;

/// <summary>
/// <c>/openapi/v1.json</c>: made from the mapped operations, once, because whoever asks needs no token and the answer never
/// changes while the process lives.
/// </summary>
internal sealed class ApiDocument(IServiceProvider services)
{
    /// <summary>The name of the document.</summary>
    public const string Name = "v1";

    private readonly Lazy<Task<byte[]>> _bytes = new(() => MakeAsync(services));

    /// <summary>Answers with the document.</summary>
    public async Task<IResult> Get() => TypedResults.Bytes(await _bytes.Value, MediaTypeNames.Application.Json);

    private static async Task<byte[]> MakeAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();
        using var stream = new MemoryStream();
        await document.SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1);
        return stream.ToArray();
    }
}
