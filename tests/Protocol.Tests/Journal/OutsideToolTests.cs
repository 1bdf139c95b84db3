using System.Text.Json;
using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

/// <summary>The frozen vectors under tools that share no code with this project.</summary>
public sealed class OutsideToolTests
{
    private static string Outside => SourceTree.PathOf("tests", "Protocol.Tests", "Journal", "outside");

    [SkippableFact]
    public async Task Openssl_HeaderAndDisclosure_GiveLeafAndDigest()
    {
        var openssl = RequiredTool.Named("openssl");
        foreach (var name in GoldenVector.All.Select(vector => vector.Name))
        {
            var bytes = GoldenVector.ReadBytes(name);
            var header = bytes[..Array.IndexOf(bytes, (byte)'\n')];
            using var description = JsonDocument.Parse(GoldenVector.ReadDescription(name));
            var disclosure = description.RootElement.GetProperty("disclosure").GetString()!;
            using var fields = JsonDocument.Parse(header);

            var leaf = await Sha256Async(openssl, [0, .. header]);
            Assert.Equal(description.RootElement.GetProperty("leaf").GetString(), leaf);
            var digest = await Sha256Async(openssl, System.Text.Encoding.ASCII.GetBytes(disclosure));
            Assert.Equal(fields.RootElement.GetProperty("_sd")[0].GetString(), digest);
        }
    }

    [SkippableFact]
    public async Task Node_CanonicalizeJoseAndSdJwt_AcceptEveryVector()
    {
        var node = await InstalledAsync();
        var outcome = await VerifyAsync(node, GoldenVector.PathOf("."));
        Assert.True(outcome.ExitCode == 0, outcome.Text + outcome.Errors);
        Assert.Equal(GoldenVector.All.Select(vector => $"ok {vector.Name}.record"), outcome.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [SkippableTheory]
    [InlineData("03-message.created.v1", "canonical header")]
    [InlineData("04-message.edited.v1", "prev")]
    [InlineData("05-reaction.added.v1", "decryption operation failed")]
    public async Task Node_ChangedVector_IsRefused(string name, string reason)
    {
        var node = await InstalledAsync();
        var copy = Directory.CreateTempSubdirectory("journal-vectors");
        try
        {
            foreach (var file in Directory.GetFiles(GoldenVector.PathOf(".")))
                File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
            var bytes = GoldenVector.ReadBytes(name);
            File.WriteAllBytes(Path.Combine(copy.FullName, name + ".record"), Change(bytes, reason));

            var outcome = await VerifyAsync(node, copy.FullName);
            Assert.NotEqual(0, outcome.ExitCode);
            Assert.Contains(reason, outcome.Errors, StringComparison.Ordinal);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static byte[] Change(byte[] bytes, string reason)
    {
        var text = System.Text.Encoding.ASCII.GetString(bytes);
        var changed = reason switch
        {
            "canonical header" => text.Replace("\"act\":", "\"act\": ", StringComparison.Ordinal),
            "prev" => text.Replace("\"prev\":\"" + JournalRecord.Parse(bytes).Header.Previous, "\"prev\":\"" + Sha256Digest.Of([]), StringComparison.Ordinal),
            _ => text[..^2] + (text[^2] == 'A' ? 'Q' : 'A') + "\n",
        };
        Assert.NotEqual(text, changed);
        return System.Text.Encoding.ASCII.GetBytes(changed);
    }

    private static async Task<string> Sha256Async(RequiredTool openssl, byte[] input)
    {
        var outcome = await openssl.RunAsync(["dgst", "-sha256", "-binary"], input);
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        return System.Buffers.Text.Base64Url.EncodeToString(outcome.Output);
    }

    private static Task<RequiredTool.Outcome> VerifyAsync(RequiredTool node, string folder) =>
        node.RunAsync([Path.Combine(Outside, "verify.mjs"), folder], folder: Outside);

    /// <summary>Node.js with the locked packages beside the script. They are installed once and again when the lock changes.</summary>
    private static async Task<RequiredTool> InstalledAsync()
    {
        var node = RequiredTool.Named("node");
        var npm = RequiredTool.Named("npm");
        var version = await node.RunAsync(["--version"]);
        if (!Version.TryParse(version.Text.Trim().TrimStart('v'), out var found) || found.Major < 20)
            RequiredTool.Unavailable($"node is {version.Text.Trim()}, the packages need 20 or later");
        var installed = Path.Combine(Outside, "node_modules", ".package-lock.json");
        if (File.GetLastWriteTimeUtc(installed) < File.GetLastWriteTimeUtc(Path.Combine(Outside, "package-lock.json")))
        {
            var outcome = await npm.RunAsync(["ci", "--ignore-scripts"], folder: Outside);
            if (outcome.ExitCode != 0)
                RequiredTool.Unavailable($"npm could not install the packages of {Path.GetFileName(Outside)}/package-lock.json: {outcome.Errors}");
        }

        return node;
    }
}
