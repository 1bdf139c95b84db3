using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace QuikApp.Host.Configuration;

/// <summary>How a feature makes its options known.</summary>
internal static class OptionsRegistration
{
    /// <summary>
    /// Makes the keys of <typeparamref name="T"/> known, binds them to <paramref name="section"/> and checks the data
    /// annotations at start. Rules across keys go into an <see cref="IValidateOptions{TOptions}"/> of the container.
    /// </summary>
    public static OptionsBuilder<T> AddQuikAppOptions<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.AddQuikAppSection<T>(section);
        return services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
    }

    /// <summary>
    /// The same, with a validator for the rules that one property cannot state. Its failures begin with the key:
    /// <c>Cluster:Port: is missing …</c>.
    /// </summary>
    public static OptionsBuilder<T> AddQuikAppOptions<T, TValidator>(this IServiceCollection services, string section)
        where T : class
        where TValidator : class, IValidateOptions<T>
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<T>, TValidator>());
        return services.AddQuikAppOptions<T>(section);
    }

    /// <summary>
    /// Makes the keys known and checks the annotations of options that are bound elsewhere. (Bound twice, a list would hold
    /// every item twice.)
    /// </summary>
    public static IServiceCollection AddQuikAppSection<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.Schema().Register<T>(section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<T>, AnnotationValidator<T>>(
            _ => new AnnotationValidator<T>(section)));
        return services;
    }

    /// <summary>The schema of the host that is being built.</summary>
    public static ConfigurationSchema Schema(this IServiceCollection services)
    {
        var found = services.LastOrDefault(service => service.ServiceType == typeof(ConfigurationSchema))?.ImplementationInstance;
        if (found is ConfigurationSchema schema)
            return schema;

        schema = new ConfigurationSchema();
        services.AddSingleton(schema);
        return schema;
    }
}
