using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Authentication;

namespace QuikApp.Host.Api.Description;

/// <summary>Describes the document as a whole: what it is, how one authenticates, and what every refusal looks like.</summary>
internal static class DocumentDescriber
{
    /// <summary>The component of a problem's schema.</summary>
    public const string ProblemSchema = "Problem";

    /// <summary>The header that says how many seconds to wait.</summary>
    private const string RetryAfter = "Retry-After";

    /// <summary>The name of the component of all problems with one status code.</summary>
    public static string ResponseOf(int status) => $"Problem{status}";

    /// <summary>Completes the document.</summary>
    public static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "QuikApp Realtime",
            Version = ApiDocument.Name,
            Description = "The HTTP side of the server. What is sent here arrives on sockets as if it had been sent there. "
                + "Requests are limited for each user and for each address by token buckets; beyond them the answer is 429 with Retry-After.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.AddComponent(BearerHandler.SchemeName, (IOpenApiSecurityScheme)new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "The access token that sockets take too. Its claims say whom it speaks for, which workspaces it opens, and the role.",
        });
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerHandler.SchemeName, document)] = [] },
        ];
        document.AddComponent(ProblemSchema, (IOpenApiSchema)ProblemShape());
        foreach (var reasons in Enum.GetValues<ProblemReason>().GroupBy(Problem.StatusOf))
            document.AddComponent(ResponseOf(reasons.Key), (IOpenApiResponse)Response(document, reasons.Key, [.. reasons]));

        // HEAD is GET without a body; a second operation of the same name would be none.
        foreach (var path in document.Paths.Values)
            path.Operations?.Remove(HttpMethod.Head);
        return Task.CompletedTask;
    }

    private static OpenApiResponse Response(OpenApiDocument document, int status, IReadOnlyCollection<ProblemReason> reasons)
    {
        var response = new OpenApiResponse
        {
            Description = string.Join(" ", reasons.Select(reason => $"{Problem.TextOf(reason)}: {Problem.TitleOf(reason)}.")),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Problem.MediaType] = new() { Schema = new OpenApiSchemaReference(ProblemSchema, document) },
            },
        };
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                [RetryAfter] = new OpenApiHeader
                {
                    Description = "Seconds to wait.",
                    Required = true,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" },
                },
            };
        }

        return response;
    }

    private static OpenApiSchema ProblemShape() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A problem (RFC 9457). Nothing of the request is repeated in it.",
        Required = new HashSet<string> { "type", "title", "status", "reason" },
        AdditionalPropertiesAllowed = false,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Words("One URN for each reason.", Problem.TypeOf),
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "For people." },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The status code." },
            ["reason"] = Words("For programs: one of a closed list.", Problem.TextOf),
            ["field"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Documented name of the member, parameter or header at fault." },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What is wrong with it." },
            ["retry_after_ms"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Description = "Milliseconds to wait." },
        },
    };

    private static OpenApiSchema Words(string description, Func<ProblemReason, string> word) => new()
    {
        Type = JsonSchemaType.String,
        Description = description,
        Enum = [.. Enum.GetValues<ProblemReason>().Select(reason => (System.Text.Json.Nodes.JsonNode)word(reason))],
    };
}
