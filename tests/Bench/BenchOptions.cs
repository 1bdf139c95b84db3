using QuikApp.Bench.Peers;

namespace QuikApp.Bench;

/// <summary>The command line's options; every default suits a small machine.</summary>
internal sealed class BenchOptions
{
    /// <summary>The peers to run, separated by commas.</summary>
    public string Peers { get; set; } = string.Join(',', PeerCatalogue.All.Select(peer => peer.Name));

    /// <summary>How often each peer is measured; the peers take turns.</summary>
    public int Rounds { get; set; } = 3;

    /// <summary>The measured window, in seconds.</summary>
    public int Seconds { get; set; } = 5;

    /// <summary>Load before the window, in seconds.</summary>
    public int Warmup { get; set; } = 3;

    /// <summary>The size of a message's text, in bytes.</summary>
    public int Text { get; set; } = 300;

    /// <summary>Sockets of <c>fanout</c> (1,000 unless given) and <c>idle</c> (5,000 unless given).</summary>
    public int? Sockets { get; set; }

    /// <summary>Channels of <c>rooms</c>, and the most of <c>journal</c>.</summary>
    public int Channels { get; set; } = 500;

    /// <summary>Members of a channel of <c>rooms</c>.</summary>
    public int Members { get; set; } = 4;

    /// <summary>Messages a second over all channels in the paced cases: 20 for <c>fanout</c> and 2,000 for <c>rooms</c> unless given.</summary>
    public int? Rate { get; set; }

    /// <summary>Sends without an answer that <c>journal</c> keeps up, over all channels.</summary>
    public int Outstanding { get; set; } = 1000;

    /// <summary>Messages that the client of <c>resume</c> has missed.</summary>
    public int Messages { get; set; } = 10_000;

    /// <summary>The product's assembly.</summary>
    public string Host { get; set; } = Path.Combine(AppContext.BaseDirectory, "QuikApp.Host.dll");

    /// <summary>A file that gets the report besides standard output.</summary>
    public string? Out { get; set; }

    /// <summary>Reads options.</summary>
    /// <exception cref="OptionException">One is unknown, has no value, or is out of its range.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count % 2 != 0 || arguments.Where((_, index) => index % 2 == 0).Any(name => !name.StartsWith("--", StringComparison.Ordinal)))
            throw new OptionException("options are pairs: --name value");

        BenchOptions? options;
        try
        {
            options = new ConfigurationBuilder().AddCommandLine([.. arguments]).Build()
                .Get<BenchOptions>(binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException wrong)
        {
            throw new OptionException(wrong.Message);
        }

        options ??= new BenchOptions();
        options.Validate();
        return options;
    }

    /// <summary>The chosen peers, in the order in which they take turns.</summary>
    public IReadOnlyList<IPeer> ChosenPeers() =>
        [.. Peers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(PeerCatalogue.Find)];

    private void Validate()
    {
        RequireRange(nameof(Rounds), Rounds, 1, 20);
        RequireRange(nameof(Seconds), Seconds, 1, 120);
        RequireRange(nameof(Warmup), Warmup, 0, 60);
        RequireRange(nameof(Text), Text, 26, 16_000);
        RequireRange(nameof(Sockets), Sockets ?? 1, 1, 15_000);
        RequireRange(nameof(Channels), Channels, 1, 5_000);
        RequireRange(nameof(Members), Members, 1, 1_000);
        RequireRange("channels x members", Channels * Members, 1, 15_000);
        RequireRange(nameof(Rate), Rate ?? 1, 1, 100_000);
        RequireRange(nameof(Outstanding), Outstanding, 1, 20_000);
        RequireRange(nameof(Messages), Messages, 1, 1_000_000);
        if (ChosenPeers().Count == 0)
            throw new OptionException("no peer is chosen");
    }

    private static void RequireRange(string name, int value, int least, int most)
    {
        if (value < least || value > most)
            throw new OptionException($"{name} is {value}; it may be {least} to {most}");
    }
}
