using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;

namespace QuikApp.Host.Api.Description;

/// <summary>How an endpoint describes itself.</summary>
internal static class ApiOperationExtensions
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] PatchMethods = [HttpMethods.Patch];

    /// <summary>Maps a reading operation, for HEAD too (RFC 9110 §9.1).</summary>
    public static RouteHandlerBuilder MapRead(this IEndpointRouteBuilder api, string pattern, Delegate handler) =>
        api.MapMethods(pattern, ReadMethods, handler);

    /// <summary>Maps a PATCH.</summary>
    public static RouteHandlerBuilder MapChange(this IEndpointRouteBuilder api, string pattern, Delegate handler) =>
        api.MapMethods(pattern, PatchMethods, handler);

    /// <summary>Names the operation.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="id">Unique and fixed: generated clients are named after it.</param>
    /// <param name="summary">In a few words.</param>
    /// <param name="parameters">Its query parameters.</param>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder builder, string id, string summary, params ApiParameter[] parameters) =>
        builder.WithName(id).WithSummary(summary).WithMetadata(new ApiOperation([.. parameters], HasBody: false, []));

    /// <summary>Says what body it takes. The handler reads the bytes itself, as strictly as a socket does.</summary>
    public static RouteHandlerBuilder Takes<TBody>(this RouteHandlerBuilder builder)
        where TBody : notnull => builder.Accepts<TBody>(RequestBody.MediaType).Alter(operation => operation with { HasBody = true });

    /// <summary>Says what it may refuse beside what every operation may.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder builder, params ProblemReason[] problems) =>
        builder.Alter(operation => operation with { Problems = [.. problems] });

    // Metadata is looked up from the end.
    private static RouteHandlerBuilder Alter(this RouteHandlerBuilder builder, Func<ApiOperation, ApiOperation> change)
    {
        builder.Add(endpoint => endpoint.Metadata.Add(change(endpoint.Metadata.OfType<ApiOperation>().Last())));
        return builder;
    }
}
