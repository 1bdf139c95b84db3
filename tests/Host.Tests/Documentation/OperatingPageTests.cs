using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuikApp.Actors.Storage;
using QuikApp.Actors.Telemetry;
using QuikApp.Host.Configuration;
using QuikApp.Host.Hosting;
using QuikApp.Host.Tests.Configuration;

namespace QuikApp.Host.Tests.Documentation;

/// <summary>The page for operators lists what the program really has: keys with their defaults, metrics, exit codes, messages.</summary>
public sealed class OperatingPageTests
{
    private static readonly Document Page = Document.Read("operating.md");

    [Fact]
    public void Configuration_KeysOfTheSchema_AreExactlyThoseOfTheTables()
    {
        using var sandbox = new Sandbox();
        var builder = Builder(sandbox);

        var known = builder.Services.Schema().Sections.SelectMany(section => Leaves(section.Name, section.Shape));

        Assert.Equal(known.Order(StringComparer.Ordinal), Page.Section("## Configuration").Keys().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Configuration_DefaultsOfConfigCheck_AreThoseOfTheTables()
    {
        using var sandbox = new Sandbox().Argument("Environment", "Development");
        var builder = Builder(sandbox);
        using var services = builder.Services.BuildServiceProvider();
        var rows = Page.Section("## Configuration").Rows().ToDictionary(row => row[0].Trim('`'), row => row[1]);
        var compared = 0;

        foreach (var line in EffectiveConfiguration.Describe(sandbox.Load(), builder.Services.Schema(), services))
        {
            var (key, value) = (line[..line.IndexOf(" = ", StringComparison.Ordinal)], line[(line.IndexOf(" = ", StringComparison.Ordinal) + 3)..line.LastIndexOf(" (", StringComparison.Ordinal)]);
            if (!rows.TryGetValue(key, out var shown))
                continue;
            Assert.True(value == "(not set)" ? shown.StartsWith('–') : shown.Contains($"`{value}`", StringComparison.Ordinal), $"{key} is {value}, the page says {shown}");
            compared++;
        }

        Assert.True(compared > 40, "hardly anything was compared");
    }

    [Fact]
    public void Metrics_InstrumentsOfTheCode_AreExactlyThoseOfTheTables()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name is QuikAppMetrics.MeterName or StorageMetrics.MeterName)
                found.Add($"{instrument.Name} {instrument.Unit}");
        };
        listener.Start();
        RuntimeHelpers.RunClassConstructor(typeof(QuikAppMetrics).TypeHandle);
        using var storage = new StorageMetrics();

        var shown = Page.Section("## Metrics").Rows().Where(row => row[0].StartsWith("`quikapp.", StringComparison.Ordinal)).Select(row => $"{row[0].Trim('`')} {row[1].Trim('`')}");
        Assert.Equal(found.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ExitCodes_OfTheCode_AreExactlyThoseOfTheTable()
    {
        var codes = typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!);

        Assert.Equal(codes.Order(), Page.Section("## Exit codes").Rows().Select(row => int.Parse(row[0], CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public void Messages_WarningsAndErrorsOfTheHost_AreOnThePage()
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        var messages = typeof(Server).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(All))
            .SelectMany(method => method.GetCustomAttributes<LoggerMessageAttribute>())
            .Where(message => message.Level >= LogLevel.Warning)
            .ToList();

        Assert.NotEmpty(messages);
        var table = Page.Section("## Messages");
        Assert.All(messages, message => Assert.True(table.Contains($"{message.EventId.ToString(CultureInfo.InvariantCulture)} `{message.Message}`"), message.Message));
    }

    private static Microsoft.AspNetCore.Builder.WebApplicationBuilder Builder(Sandbox sandbox)
    {
        var builder = HostBuilding.CreateBuilder(sandbox.Load());
        Server.Composition.AddServices(builder);
        return builder;
    }

    private static IEnumerable<string> Leaves(string key, KeyShape shape) => shape.Kind switch
    {
        KeyShapeKind.Section => shape.Children.SelectMany(child => Leaves($"{key}:{child.Key}", child.Value)),
        KeyShapeKind.List => Leaves($"{key}:0", shape.Item!),
        KeyShapeKind.Map => Leaves($"{key}:name", shape.Item!),
        _ => [key],
    };
}
