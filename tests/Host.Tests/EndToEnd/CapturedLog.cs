using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Keeps what is logged: text, exception and every named value.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    /// <summary>The lines since the last call.</summary>
    public IReadOnlyList<(LogLevel Level, string Text)> TakeLines()
    {
        var lines = new List<(LogLevel, string)>();
        while (_lines.TryDequeue(out var line))
            lines.Add(line);
        return lines;
    }

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(string category, ConcurrentQueue<(LogLevel, string)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> named ? string.Join(' ', named) : "";
            lines.Enqueue((logLevel, $"{category} {formatter(state, exception)} {values} {exception}"));
        }
    }
}
