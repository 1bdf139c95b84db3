using QuikApp.Host.Sessions;

namespace QuikApp.Host.Hosting;

/// <summary>Closes the node's sockets once, whoever asks first: the host that stops, or the cluster that puts the node out.</summary>
internal sealed class SocketDrain(SessionRegistry sessions, TimeProvider time)
{
    /// <summary>Clients close within a round trip; one that does not is not waited for longer than this.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Task? _running;

    /// <summary>Ends when the sockets have, or had their time.</summary>
    public Task Run()
    {
        lock (_gate)
            return _running ??= sessions.Drain(Patience, time);
    }
}
