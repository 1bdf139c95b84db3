using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace QuikApp.Host.Api.Description;

/// <summary>Says of shapes what the generator does not read off their types.</summary>
internal static class SchemaDescriber
{
    /// <summary>Adds the pattern of a list's items, and the words that a text may be.</summary>
    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonPropertyInfo?.AttributeProvider is not PropertyInfo property)
            return Task.CompletedTask;
        if (property.GetCustomAttribute<ItemsAttribute>() is { } items)
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = items.Pattern };
        if (property.GetCustomAttribute<AllowedValuesAttribute>() is { } words)
            schema.Enum = [.. words.Values.OfType<string>().Select(word => (JsonNode)word)];
        return Task.CompletedTask;
    }
}
