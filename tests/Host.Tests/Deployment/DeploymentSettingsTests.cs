using System.Text.RegularExpressions;
using QuikApp.Host.Configuration;
using QuikApp.Host.Hosting;
using QuikApp.Host.Tests.Configuration;
using QuikApp.Host.Tests.Documentation;

namespace QuikApp.Host.Tests.Deployment;

/// <summary>What the files for operators set is what the program knows: a slip in one would stop every node at its start.</summary>
public sealed partial class DeploymentSettingsTests
{
    public static TheoryData<string> Files() =>
        ["docker/quikapp.env", "docker/compose.yaml", "kubernetes/configmap.yaml", "kubernetes/statefulset.yaml", "kubernetes/migrate.yaml", "docker/systemd/quikapp.service", "docker/systemd/quikapp-migrate.service"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Keys_OfAFile_AreKnown(string file)
    {
        using var sandbox = new Sandbox();
        var builder = HostBuilding.CreateBuilder(sandbox.Load());
        Server.Composition.AddServices(builder);
        var schema = builder.Services.Schema();
        var text = File.ReadAllText(Path.Combine(Document.Root, file));

        var keys = Variable().Matches(text).Concat(Credential().Matches(text)).Select(match => match.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal)).Distinct().ToList();

        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.True(schema.Find(key) is not null, $"{key}: did you mean {schema.Nearest(key)}?"));
    }

    // Settings have a lower-case letter in their names; what compose itself reads (QUIKAPP_UID) has none.
    [GeneratedRegex("QUIKAPP_(?<key>[A-Z][a-z][A-Za-z0-9_]*)")]
    private static partial Regex Variable();

    [GeneratedRegex("(target: |path: |LoadCredential=)(?<key>[A-Z][A-Za-z]+__[A-Za-z0-9_]+)")]
    private static partial Regex Credential();
}
