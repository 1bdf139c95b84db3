namespace QuikApp.Bench.Load;

/// <summary>Ends this process when the one that started it is gone, however it went.</summary>
internal static class ParentWatch
{
    /// <summary>Standard input is a pipe from the parent; its end is the parent's end.</summary>
    public static void ExitWithParent()
    {
        var watch = new Thread(() =>
        {
            while (Console.In.ReadLine() is not null)
            {
            }

            Environment.Exit(0);
        })
        {
            IsBackground = true,
            Name = "parent watch",
        };
        watch.Start();
    }
}
