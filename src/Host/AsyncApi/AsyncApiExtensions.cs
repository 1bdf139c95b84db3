using QuikApp.Host.Api.Description;

namespace QuikApp.Host.AsyncApi;

/// <summary>Wires the description of the socket API.</summary>
internal static class AsyncApiExtensions
{
    /// <summary>Adds the document.</summary>
    public static IServiceCollection AddQuikAppAsyncApi(this IServiceCollection services) => services.AddSingleton<AsyncApiDocument>();

    /// <summary>Maps <c>/asyncapi.json</c>.</summary>
    public static void MapQuikAppAsyncApi(this IEndpointRouteBuilder endpoints)
    {
        var document = endpoints.ServiceProvider.GetRequiredService<AsyncApiDocument>();
        endpoints.MapRead("/asyncapi.json", document.Get).ExcludeFromDescription();
    }
}
