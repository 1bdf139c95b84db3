using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Description;

/// <summary>Describes an operation from its <see cref="ApiOperation"/>: parameters, the idempotency key of every POST, and every refusal.</summary>
internal static class OperationDescriber
{
    private const string EmojiParameter = "emoji";

    private static readonly ProblemReason[] OfEvery =
    [
        ProblemReason.InvalidPayload, ProblemReason.Unauthorized, ProblemReason.RateLimited, ProblemReason.Internal, ProblemReason.Unavailable,
    ];

    private static readonly ProblemReason[] OfBodies =
        [ProblemReason.RequestTimeout, ProblemReason.PayloadTooLarge, ProblemReason.UnsupportedMediaType];

    /// <summary>Completes the operation.</summary>
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Last();
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
            DescribePath(parameter);
        foreach (var parameter in metadata.Parameters)
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Description = parameter.Description,
                Schema = parameter.Schema(),
            });
        }

        if (context.Description.HttpMethod == HttpMethods.Post)
            operation.Parameters.Add(IdempotencyParameter());

        operation.Responses ??= [];
        foreach (var status in StatusesOf(metadata, operation.Parameters.Any(parameter => parameter.In == ParameterLocation.Path)))
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] =
                new OpenApiResponseReference(DocumentDescriber.ResponseOf(status), context.Document);
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<int> StatusesOf(ApiOperation operation, bool isAboutSomething) => OfEvery
        .Concat(operation.HasBody ? OfBodies : [])
        .Concat(isAboutSomething ? [ProblemReason.NotFound] : [])
        .Concat(operation.Problems)
        .Select(Problem.StatusOf)
        .Distinct()
        .Order();

    private static void DescribePath(OpenApiParameter parameter)
    {
        var isEmoji = parameter.Name == EmojiParameter;
        parameter.Description = isEmoji
            ? "One emoji, percent-encoded UTF-8, or a shortcode name."
            : "An id. One that breaks the grammar is answered like one that is not there.";
        parameter.Schema = isEmoji
            ? new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1 }
            : new OpenApiSchema { Type = JsonSchemaType.String, Pattern = ApiShapes.Id };
    }

    private static OpenApiParameter IdempotencyParameter() => new()
    {
        Name = IdempotencyKey.Header,
        In = ParameterLocation.Header,
        Description = "The same key and the same request give the same answer and happen once; another request with the same key is refused.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = PayloadLimits.ClientIdLength },
    };
}
