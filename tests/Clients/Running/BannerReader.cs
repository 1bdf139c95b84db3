namespace QuikApp.Clients.Running;

/// <summary>Reads what the server prints when it is up: its address, and <c>A token of …:</c> each with the token on the next line.</summary>
internal sealed class BannerReader
{
    private const string TokenOf = "A token of ";

    private readonly Dictionary<string, string> _tokens = [];
    private string? _user;
    private volatile bool _isComplete;

    /// <summary>Whether the address and every demo user's token are there.</summary>
    public bool IsComplete => _isComplete;

    /// <summary>The address as it was bound.</summary>
    public Uri? Url { get; private set; }

    /// <summary>Tokens by user.</summary>
    public IReadOnlyDictionary<string, string> Tokens => _tokens;

    /// <summary>Takes the next line.</summary>
    public void Read(string line)
    {
        var text = line.Trim();
        if (_user is { } user)
            (_tokens[user], _user) = (text, null);
        else if (text.StartsWith(TokenOf, StringComparison.Ordinal))
            _user = text[TokenOf.Length..].TrimEnd(':');
        else if (Url is null && text.StartsWith("http://", StringComparison.Ordinal))
            Url = new Uri(text);

        _isComplete = Url is not null && ServerProcess.DemoUsers.All(_tokens.ContainsKey);
    }
}
