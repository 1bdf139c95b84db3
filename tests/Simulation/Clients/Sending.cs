using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Simulation.Clients;

/// <summary>One message that a client sends until it hears what became of it.</summary>
internal sealed class Sending(StreamId stream, string clientId, string content, IReadOnlyList<UserId> mentions)
{
    public StreamId Stream => stream;

    public string ClientId => clientId;

    public string Content => content;

    public IReadOnlyList<UserId> Mentions => mentions;

    public required Client From { get; init; }

    public UserId By => From.User;

    /// <summary>When it was first asked for.</summary>
    public long Began { get; set; } = -1;

    /// <summary>When it was first answered for good.</summary>
    public long Ended { get; set; } = -1;

    /// <summary>Every acknowledgement, of repeats too.</summary>
    public List<Receipt> Acks { get; } = [];

    /// <summary>A definite no.</summary>
    public Protocol.Payloads.Refusal? Refused { get; set; }

    /// <summary>What the same key with another body was told.</summary>
    public List<object> OtherBodies { get; } = [];
}
