namespace QuikApp.Bench.Load;

/// <summary>Opens sockets that say nothing, and reads what they cost the server in memory.</summary>
internal sealed class IdleRun(LoadPlan plan) : IMessageSink
{
    private const int WarmupSockets = 100;

    private readonly Audit _audit = new();
    private readonly IDialect _dialect = Dialects.For(plan);

    /// <summary>Reads memory without sockets, opens them, lets the server settle, reads memory again.</summary>
    public async Task<Measurement> RunAsync()
    {
        // The first sockets bring code and pools into memory: that is the server's share, not the sockets'.
        using (var first = Crowd.Open(plan with { Channels = [plan.Channels[0]], MembersPerChannel = Math.Min(WarmupSockets, plan.MembersPerChannel) }, _dialect))
            Settle(first);
        await Task.Delay(TimeSpan.FromSeconds(plan.WarmupSeconds));
        var (emptyHeap, empty) = (await HeapAsync(), ProcessFigures.ResidentKibibytes(plan.ServerProcessId));

        using var crowd = Crowd.Open(plan, _dialect);
        Settle(crowd);
        var full = ProcessFigures.ResidentKibibytes(plan.ServerProcessId);
        var values = new Dictionary<string, double>
        {
            [FigureKey.EmptyResidentMebibytes] = empty / 1024.0,
            [FigureKey.ResidentMebibytes] = full / 1024.0,
            [FigureKey.ResidentKibibytesPerSocket] = (full - empty) / (double)crowd.Count,
        };
        if (await HeapAsync() is { } heap && emptyHeap is { } before)
            values[FigureKey.HeapKibibytesPerSocket] = (heap - before) / 1024.0 / crowd.Count;
        crowd.Pump(TimeSpan.Zero, this);
        return new Measurement(_audit.Problem, values);
    }

    /// <inheritdoc/>
    public void OnMessage(LoadSocket socket, ReadOnlySpan<byte> message)
    {
        if (_dialect.Classify(message) == MessageKind.Refusal)
            _audit.Refused(socket, message);
    }

    /// <inheritdoc/>
    public void OnClosed(LoadSocket socket, string reason) => _audit.Fail($"socket {socket.Index}: {reason}");

    private void Settle(Crowd crowd) => crowd.PumpUntil(() => false, TimeSpan.FromSeconds(plan.MeasureSeconds), this);

    private async Task<long?> HeapAsync()
    {
        if (_dialect.HeapPath is not { } path)
            return null;
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(plan.Url, path));
        return answer.IsSuccessStatusCode ? _dialect.ReadHeap(await answer.Content.ReadAsStringAsync()) : null;
    }
}
