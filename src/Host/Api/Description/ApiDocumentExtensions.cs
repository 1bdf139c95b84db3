using Microsoft.OpenApi;

namespace QuikApp.Host.Api.Description;

/// <summary>Wires the document.</summary>
internal static class ApiDocumentExtensions
{
    /// <summary>Adds the document and what describes its parts.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        services.AddOpenApi(ApiDocument.Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Any();
            options.AddSchemaTransformer(SchemaDescriber.Describe);
            options.AddOperationTransformer(OperationDescriber.Describe);
            options.AddDocumentTransformer(DocumentDescriber.Describe);
        });
        return services.AddSingleton<ApiDocument>();
    }

    /// <summary>Maps <c>/openapi/v1.json</c>.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder endpoints)
    {
        var document = endpoints.ServiceProvider.GetRequiredService<ApiDocument>();
        endpoints.MapRead($"/openapi/{ApiDocument.Name}.json", document.Get).ExcludeFromDescription();
    }
}
