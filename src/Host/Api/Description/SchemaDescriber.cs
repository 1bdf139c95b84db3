using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace QuikApp.Host.Api.Description;

/// <summary>Says of shapes what the generator does not read off their types.</summary>
internal static class SchemaDescriber
{
    /// <summary>Adds the pattern of a list's items.</summary>
    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonPropertyInfo?.AttributeProvider is PropertyInfo property && property.GetCustomAttribute<ItemsAttribute>() is { } items)
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = items.Pattern };
        return Task.CompletedTask;
    }
}
