using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace QuikApp.Host.Api.Description;

/// <summary>Says of shapes what the generator does not read off their types.</summary>
internal static class SchemaDescriber
{
    /// <summary>Adds the pattern of a list's items, the words that a text may be, and which members go together.</summary>
    public static async Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonPropertyInfo is null)
        {
            await DescribeType(schema, context, cancellation);
            return;
        }

        if (context.JsonPropertyInfo.AttributeProvider is not PropertyInfo property)
            return;
        if (property.GetCustomAttribute<ItemsAttribute>() is { } items)
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = items.Pattern };
        if (property.GetCustomAttribute<AllowedValuesAttribute>() is { } words)
            schema.Enum = [.. words.Values.OfType<string>().Select(word => (JsonNode)word)];
    }

    private static async Task DescribeType(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonTypeInfo.Type;
        // What is null is left out, so it cannot be asked for.
        foreach (var member in context.JsonTypeInfo.Properties.Where(member => member.IsGetNullable))
            schema.Required?.Remove(member.Name);
        if (type.IsDefined(typeof(NotEmptyAttribute)))
            schema.MinProperties = 1;
        if (type.GetCustomAttribute<AlternativesAttribute>() is not { } alternatives)
            return;

        (schema.Type, schema.Properties, schema.Required, schema.OneOf) = (null, null, null, []);
        foreach (var shape in alternatives.Shapes)
            schema.OneOf.Add(await context.GetOrCreateSchemaAsync(shape, null, cancellation));
    }
}
