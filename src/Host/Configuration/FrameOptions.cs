using QuikApp.Actors.Conversations;
using QuikApp.Actors.Presence;

namespace QuikApp.Host.Configuration;

/// <summary>The options that no single feature owns.</summary>
internal static class FrameOptions
{
    /// <summary>Makes them known, bound and checked.</summary>
    public static IServiceCollection AddFrameOptions(this IServiceCollection services)
    {
        services.AddQuikAppOptions<StorageOptions, StorageOptionsValidator>(StorageOptions.SectionName);
        services.AddQuikAppOptions<ClusterOptions, ClusterOptionsValidator>(ClusterOptions.SectionName);
        services.AddQuikAppOptions<HttpOptions, HttpOptionsValidator>(HttpOptions.SectionName);
        services.AddQuikAppOptions<LimitOptions>(LimitOptions.SectionName);
        services.AddQuikAppOptions<ConversationOptions>(ConversationOptions.SectionName);
        services.AddQuikAppOptions<PresenceOptions>(PresenceOptions.SectionName);
        services.AddQuikAppOptions<DemoOptions>(DemoOptions.SectionName)
            .PostConfigure<IHostEnvironment>((demo, environment) => demo.Enabled ??= environment.IsDevelopment());
        return services;
    }
}
