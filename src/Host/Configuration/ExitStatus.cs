namespace QuikApp.Host.Configuration;

/// <summary>What the process will tell its supervisor when it ends, if something has ended it that nobody asked for.</summary>
internal sealed class ExitStatus
{
    private volatile int _code = ExitCode.Success;

    /// <summary>One of <see cref="ExitCode"/>.</summary>
    public int Code
    {
        get => _code;
        set => _code = value;
    }
}
