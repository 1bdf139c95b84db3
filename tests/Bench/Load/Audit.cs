using System.Text;

namespace QuikApp.Bench.Load;

/// <summary>Holds a run to the rule: every member gets every message exactly once and in order, and nothing else goes wrong.</summary>
internal sealed class Audit
{
    private int _problems;
    private string? _first;

    /// <summary>What went wrong, or null.</summary>
    public string? Problem => _problems switch { 0 => null, 1 => _first, _ => $"{_first} (and {_problems - 1} more)" };

    /// <summary>Takes one delivery into account; false when it is not the one that was due.</summary>
    public bool Accept(LoadSocket socket, int number)
    {
        if (number == socket.NextNumber)
        {
            socket.NextNumber++;
            return true;
        }

        Fail($"socket {socket.Index} of {socket.Channel} got message {number} where {socket.NextNumber} was due");
        return false;
    }

    /// <summary>Notes a refusal.</summary>
    public void Refused(LoadSocket socket, ReadOnlySpan<byte> message) =>
        Fail($"socket {socket.Index} was refused: {Encoding.UTF8.GetString(message[..Math.Min(message.Length, 200)])}");

    /// <summary>Notes a problem.</summary>
    public void Fail(string problem)
    {
        _first ??= problem;
        _problems++;
    }

    /// <summary>At the end of a run: every socket has all that its channel sent.</summary>
    public void RequireComplete(Crowd crowd, ReadOnlySpan<int> sentByChannel)
    {
        foreach (var socket in crowd.Sockets)
        {
            var sent = sentByChannel[socket.ChannelIndex];
            if (socket.NextNumber != sent)
                Fail($"socket {socket.Index} of {socket.Channel} got {socket.NextNumber} of {sent} messages");
        }
    }
}
