using System.Text.Json.Serialization;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Host.Api.Conversations;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Paging;
using QuikApp.Host.Api.Users;

namespace QuikApp.Host.Api;

/// <summary>Puts the HTTP API into the container.</summary>
internal static class ApiRegistration
{
    /// <summary>Adds what the operations, their limits and their document need.</summary>
    public static IServiceCollection AddQuikAppApi(this IServiceCollection services)
    {
        services.AddAuthorization(ApiPolicies.Add);
        services.AddRateLimiter(_ => { });
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        services.AddSingleton<ConversationCalls>();
        services.AddSingleton<UserConversations>();
        services.AddSingleton(p => new PageCursors(p.GetRequiredService<IKeyStore>().IndexKey));
        services.AddApiDocument();
        return services;
    }
}
