using System.Text.Json;
using System.Threading.Channels;

namespace QuikApp.Clients.Running;

/// <summary>A scenario that is being played. It speaks in lines of JSON, of which the last says <c>done</c>.</summary>
internal sealed class NodeRun : IAsyncDisposable
{
    /// <summary>Longer than a scenario gives itself, so that its own report of failure comes first.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly string _name;
    private readonly Channel<JsonElement> _said = Channel.CreateUnbounded<JsonElement>();
    private readonly ChildProcess _process;
    private readonly TimeSpan _limit;
    private readonly Task<int> _end;

    /// <param name="name">The scenario, for a report of failure.</param>
    /// <param name="limit">How long the scenario gives itself.</param>
    /// <param name="start">Starts it; the lines that it says go to the function given.</param>
    public NodeRun(string name, TimeSpan limit, Func<Func<string, bool>, ChildProcess> start)
    {
        _name = name;
        _limit = limit + Grace;
        _process = start(line =>
        {
            if (!line.StartsWith('{'))
                return true;
            using var said = JsonDocument.Parse(line);
            _said.Writer.TryWrite(said.RootElement.Clone());
            return false;
        });
        _end = EndAsync();
    }

    /// <summary>The next line in which the scenario says <paramref name="word"/>.</summary>
    public async Task<JsonElement> HearAsync(string word)
    {
        await foreach (var line in _said.Reader.ReadAllAsync())
        {
            if (line.TryGetProperty(word, out _))
                return line;
        }

        Assert.Fail($"{_name} ended with {await _end} and never said '{word}':\n{_process.Transcript}");
        return default;
    }

    /// <summary>Waits for the end of the scenario.</summary>
    /// <returns>Its result.</returns>
    public async Task<JsonElement> ResultAsync()
    {
        var result = await HearAsync("done");
        Assert.Equal(0, await _end);
        return result;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<int> EndAsync()
    {
        try
        {
            return await _process.EndAsync(_limit);
        }
        finally
        {
            _said.Writer.Complete();
        }
    }
}
