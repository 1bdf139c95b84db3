using Microsoft.AspNetCore.Routing;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Problems;

namespace QuikApp.Host.Tests.Api;

/// <summary>The document says what is mapped, all of it. That it is sound OpenAPI is checked by other hands, in tests/Clients.</summary>
[Collection(ApiServerTests.Name)]
public sealed class ApiDocumentTests(ApiServer server)
{
    [Fact]
    public async Task Document_NeedsNoToken_AndIsOpenApi31()
    {
        using var nobody = ApiCaller.With(server, null);
        var answer = (await nobody.RawAsync("GET", "/openapi/v1.json")).Ok();
        Assert.StartsWith("3.1.", answer.Json.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal("application/json", answer.Header("Content-Type"));
    }

    [Fact]
    public async Task Operations_OfTheDocument_AreThoseThatAreMapped()
    {
        var mapped = server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Where(method => method != "HEAD")
                .Select(method => $"{method} {endpoint.RoutePattern.RawText}"));
        var shown = (await SchemaAsync()).Operations().Select(operation => $"{operation.Method} {operation.Path}");

        Assert.NotEmpty(mapped);
        Assert.Equal(mapped.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Operations_Each_AreDescribed()
    {
        var operations = (await SchemaAsync()).Operations().ToList();
        Assert.Equal(operations.Count, operations.Select(o => o.Operation.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.All(operations, o =>
        {
            Assert.NotEqual("", o.Operation.GetProperty("summary").GetString());
            Assert.NotEmpty(o.Operation.GetProperty("tags").EnumerateArray());
            var responses = o.Operation.GetProperty("responses");
            Assert.Contains(responses.EnumerateObject(), response => response.Name[0] == '2');
            foreach (var status in new[] { "400", "401", "429", "500", "503" })
                Assert.True(responses.TryGetProperty(status, out _), $"{o.Method} {o.Path} {status}");
            if (o.Path.Contains('{', StringComparison.Ordinal))
                Assert.True(responses.TryGetProperty("404", out _), $"{o.Method} {o.Path} 404");
            if (o.Method == "POST")
                Assert.Contains(o.Operation.GetProperty("parameters").EnumerateArray(), p => p.GetProperty("name").GetString() == "Idempotency-Key");
            if (o.Operation.TryGetProperty("requestBody", out _))
                Assert.All(new[] { "408", "413", "415" }, status => Assert.True(responses.TryGetProperty(status, out _), $"{o.Method} {o.Path} {status}"));
        });
    }

    [Fact]
    public async Task Problems_OfTheDocument_AreThoseOfTheCode()
    {
        using var nobody = ApiCaller.With(server, null);
        var components = (await nobody.RawAsync("GET", "/openapi/v1.json")).Json.GetProperty("components");
        var words = components.GetProperty("schemas").GetProperty("Problem").GetProperty("properties").GetProperty("reason").GetProperty("enum");
        var reasons = Enum.GetValues<ProblemReason>();
        Assert.Equal(reasons.Select(Problem.TextOf), words.EnumerateArray().Select(word => word.GetString()));

        var limited = components.GetProperty("responses").GetProperty(DocumentDescriber.ResponseOf(429));
        Assert.True(limited.GetProperty("headers").TryGetProperty("Retry-After", out _));
        Assert.Equal("bearer", components.GetProperty("securitySchemes").GetProperty("Bearer").GetProperty("scheme").GetString());
    }

    private async Task<ApiSchema> SchemaAsync()
    {
        using var nobody = ApiCaller.With(server, null);
        return await ApiSchema.ReadAsync(nobody);
    }
}
