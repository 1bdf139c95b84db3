namespace QuikApp.Clients.Running;

/// <summary>
/// A program that a test needs and a developer's machine may lack. Absent: the test is skipped and says why; under
/// <c>CI=true</c> it fails, so that a check can never silently stop being made.
/// </summary>
internal static class RequiredTool
{
    private static bool IsCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of a program on the search path; null when it is not there.</summary>
    public static string? Find(string name)
    {
        var extensions = OperatingSystem.IsWindows() ? new[] { ".exe", ".cmd" } : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => extensions.Select(extension => Path.Combine(folder, name + extension)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Ends the test when there is a reason to.</summary>
    /// <param name="reason">What is missing; null when all is there.</param>
    public static void RequireNothingMissing(string? reason)
    {
        if (reason is null)
            return;
        if (IsCi)
            Assert.Fail($"{reason}; CI=true does not allow to skip");
        Skip.If(true, reason);
    }
}
