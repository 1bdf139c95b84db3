namespace QuikApp.Host.Configuration;

/// <summary>One thing to mend before the server starts.</summary>
/// <param name="Key">The key, or the file, that is at fault.</param>
/// <param name="Message">A sentence that says what is wrong and what to write instead. It never holds a secret.</param>
internal sealed record ConfigurationProblem(string Key, string Message)
{
    /// <summary>The longest part of something foreign that a message repeats, in characters.</summary>
    public const int MaxQuoted = 120;

    /// <inheritdoc/>
    public override string ToString() => $"{Quote(Key)}: {Message}";

    /// <summary>Foreign text on one short line: control characters become spaces, so that nobody writes lines of our log.</summary>
    public static string Quote(string text, int max = MaxQuoted)
    {
        var shown = text.Length > max ? $"{text.AsSpan(0, max)}…" : text;
        return string.Create(shown.Length, shown, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) || source[i] is '\u2028' or '\u2029' ? ' ' : source[i];
        });
    }
}
