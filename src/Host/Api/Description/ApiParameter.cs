using Microsoft.OpenApi;

namespace QuikApp.Host.Api.Description;

/// <summary>A query parameter of an operation. One that is not described is refused.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Schema">What it may be.</param>
internal sealed record ApiParameter(string Name, string Description, Func<OpenApiSchema> Schema)
{
    /// <summary>A whole number.</summary>
    public static ApiParameter Integer(string name, string description, long min, long max, long? otherwise = null) => new(
        name,
        description,
        () => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = min.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Maximum = max.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Default = otherwise,
        });

    /// <summary>One of a few words, of which the first is the default.</summary>
    public static ApiParameter OneOf(string name, string description, params string[] words) => new(
        name,
        description,
        () => new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. words.Select(word => (System.Text.Json.Nodes.JsonNode)word)], Default = words[0] });

    /// <summary>A text.</summary>
    public static ApiParameter Text(string name, string description, int maxLength) => new(
        name,
        description,
        () => new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = maxLength });
}
