namespace QuikApp.Tests.Postgres;

/// <summary>
/// Where PostgreSQL's programs are. Absent: a test that asks is skipped and says why; under <c>CI=true</c> it fails, so that
/// a check can never silently stop being made. Ask in a <c>[SkippableFact]</c>.
/// </summary>
internal static class PostgresPrograms
{
    private const int Oldest = 15;

    private static readonly string? Found = Find();

    private static bool IsCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of a program.</summary>
    public static string PathOf(string program)
    {
        if (Found is null)
        {
            if (IsCi)
                Assert.Fail("PostgreSQL is not installed; CI=true does not allow to skip");
            Skip.If(true, "PostgreSQL is not installed");
        }

        return Path.Combine(Found!, program);
    }

    // Debian keeps the server's programs beside the search path, a directory a version.
    private static string? Find()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian)
            ? Directory.GetDirectories(debian)
                .Where(path => int.TryParse(Path.GetFileName(path), out var version) && version >= Oldest)
                .Order(StringComparer.Ordinal)
                .Select(path => Path.Combine(path, "bin"))
            : [];
        return versions
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")) && File.Exists(Path.Combine(path, "postgres")));
    }
}
