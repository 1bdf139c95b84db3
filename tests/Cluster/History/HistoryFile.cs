using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuikApp.Cluster.History;

/// <summary>A client's history on disk: JSON, one operation a line, appended as it happens.</summary>
internal sealed class HistoryFile : IDisposable
{
    private static readonly JsonSerializerOptions Format = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly Lock _lock = new();
    private readonly StreamWriter _file;

    public HistoryFile(string path) =>
        _file = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read), bufferSize: 1 << 16);

    /// <summary>Appends a line.</summary>
    public void Write(HistoryLine line)
    {
        var text = Serialize(line);
        lock (_lock)
            _file.WriteLine(text);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
            _file.Dispose();
    }

    /// <summary>A line as it is written.</summary>
    public static string Serialize(HistoryLine line) => JsonSerializer.Serialize(line, Format);

    /// <summary>A line as it was written.</summary>
    public static HistoryLine Parse(string text) =>
        JsonSerializer.Deserialize<HistoryLine>(text, Format) ?? throw new FormatException("an empty line in a history");

    /// <summary>All histories of a folder, each in its order.</summary>
    public static IReadOnlyList<HistoryLine> ReadAll(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(Parse)];
}
