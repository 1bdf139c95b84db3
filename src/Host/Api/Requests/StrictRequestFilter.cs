using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Problems;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Requests;

/// <summary>Refuses what an operation does not document: query parameters of other names, and a body where there is none.</summary>
internal sealed class StrictRequestFilter : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var operation = http.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>()
            ?? throw new InvalidOperationException("an operation without a description");
        foreach (var name in http.Request.Query.Keys)
        {
            if (!operation.Parameters.Any(parameter => parameter.Name == name))
                return Problem.Invalid(PayloadFault.UnknownMember);
        }

        if (!operation.HasBody && !await RequestBody.IsEmptyAsync(http.Request))
            return Problem.Invalid(PayloadFault.UnknownMember);
        return await next(context);
    }
}
