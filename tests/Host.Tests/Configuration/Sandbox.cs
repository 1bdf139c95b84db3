using Microsoft.Extensions.DependencyInjection;
using QuikApp.Host.Configuration;

namespace QuikApp.Host.Tests.Configuration;

/// <summary>A directory of settings files, an environment block and a command line, none of them this process's own.</summary>
internal sealed class Sandbox : IDisposable
{
    private readonly Dictionary<string, string> _environment = [];
    private readonly List<KeyValuePair<string, string>> _arguments = [];

    public Sandbox()
    {
        Root = Directory.CreateTempSubdirectory("quikapp-config-").FullName;
        Application = Directory.CreateDirectory(Path.Combine(Root, "app")).FullName;
        Working = Directory.CreateDirectory(Path.Combine(Root, "work")).FullName;
    }

    public string Root { get; }

    public string Application { get; }

    public string Working { get; }

    public Action<IServiceCollection> Features { get; init; } = _ => { };

    public Sandbox Variable(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    public Sandbox Argument(string key, string value)
    {
        _arguments.Add(KeyValuePair.Create(key, value));
        return this;
    }

    public Sandbox File(string name, string text)
    {
        System.IO.File.WriteAllText(Path.Combine(Working, name), text);
        return this;
    }

    public LoadedConfiguration Load() => ConfigurationLoader.Load(new ConfigurationInput
    {
        Arguments = _arguments,
        Environment = [.. _environment],
        WorkingDirectory = Working,
        ApplicationDirectory = Application,
    });

    public IReadOnlyList<ConfigurationProblem> Check()
    {
        var loaded = Load();
        var builder = HostBuilding.CreateBuilder(loaded);
        Features(builder.Services);
        return ConfigurationCheck.Run(loaded, builder.Services.Schema(), builder.Services);
    }

    public IReadOnlyList<string> Describe()
    {
        var loaded = Load();
        var builder = HostBuilding.CreateBuilder(loaded);
        Features(builder.Services);
        using var services = builder.Services.BuildServiceProvider();
        return EffectiveConfiguration.Describe(loaded, builder.Services.Schema(), services);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
