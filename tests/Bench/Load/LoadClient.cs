using System.Text.Json;

namespace QuikApp.Bench.Load;

/// <summary>The load client's process: a plan comes in on standard input, a measurement goes out on standard output.</summary>
internal static class LoadClient
{
    /// <summary>Runs one plan.</summary>
    /// <returns>The exit code: 0 also when the run is not valid, which the measurement says.</returns>
    public static async Task<int> RunAsync()
    {
        var line = await Console.In.ReadLineAsync();
        var plan = line is null ? null : JsonSerializer.Deserialize<LoadPlan>(line);
        if (plan is null)
            return 64;

        ParentWatch.ExitWithParent();
        Measurement result;
        try
        {
            result = await RunAsync(plan);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or HttpRequestException or System.Net.Sockets.SocketException)
        {
            result = Measurement.Invalid(failure.Message);
        }

        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result));
        return 0;
    }

    private static async Task<Measurement> RunAsync(LoadPlan plan)
    {
        if (plan.Mode == LoadMode.Idle)
            return await new IdleRun(plan).RunAsync();
        using var crowd = Crowd.Open(plan, Dialects.For(plan));
        return plan.Mode switch
        {
            LoadMode.Deliveries => new DeliveryRun(plan, crowd).Run(),
            LoadMode.Journal => new JournalRun(plan, crowd).Run(),
            LoadMode.Resume => new ResumeRun(plan, crowd).Run(),
            _ => throw new InvalidOperationException($"no run for {plan.Mode}"),
        };
    }
}
