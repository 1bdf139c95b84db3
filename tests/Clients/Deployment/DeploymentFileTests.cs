using System.Text.Json;
using QuikApp.Clients.Running;

namespace QuikApp.Clients.Deployment;

/// <summary>What an operator installs from is sound: no engine runs here, so the files are held against their formats' schemas.</summary>
public sealed class DeploymentFileTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public async Task Files_OfTheDeployment_FitTheirSchemasAndEachOther()
    {
        var scenarios = await NodeScenarios.GetAsync();
        RequiredTool.RequireNothingMissing(scenarios.Missing);
        var argument = JsonSerializer.Serialize(new { root = Repository.Root, limitMs = Limit.TotalMilliseconds });

        await using var run = scenarios.Start("deployment", argument, Limit);
        var result = await run.ResultAsync();

        Assert.Equal([], result.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()));
        Assert.NotEmpty(result.GetProperty("alerts").EnumerateArray());
    }

    [Fact]
    public void Dockerfile_WhatItCopies_IsThereAndNotIgnored()
    {
        var ignored = File.ReadAllLines(Repository.PathOf(".dockerignore"));
        var sources = File.ReadLines(Repository.PathOf("docker", "Dockerfile"))
            .Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1])
            .ToList();

        Assert.NotEmpty(sources);
        Assert.All(sources, source =>
        {
            Assert.True(Path.Exists(Repository.PathOf(source)), $"{source} is not there");
            Assert.Contains(ignored, line => line == $"!{source.Split('/')[0]}");
        });
    }

    [Fact]
    public void Dockerfile_ProjectsOfTheProgram_AreAllRestored()
    {
        var dockerfile = File.ReadAllText(Repository.PathOf("docker", "Dockerfile"));

        Assert.All(
            Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories),
            project => Assert.Contains(Path.GetRelativePath(Repository.Root, project).Replace('\\', '/'), dockerfile, StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("scripts/cluster")]
    [InlineData("docker/make-secrets.sh")]
    [InlineData("docker/postgres-roles.sh")]
    public async Task Scripts_Each_CanBeRead(string script) => await ShellRun.RunAsync(ShellRun.Require("bash"), "-n", script);
}
