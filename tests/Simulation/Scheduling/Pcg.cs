namespace QuikApp.Simulation.Scheduling;

/// <summary>PCG-XSH-RR 64/32 (O'Neill 2014): the same numbers for a seed on every runtime and in every release.</summary>
internal sealed class Pcg
{
    private const ulong Multiplier = 6364136223846793005;
    private const ulong Increment = 1442695040888963407;

    private ulong _state;

    public Pcg(ulong seed)
    {
        Next();
        _state += seed;
        Next();
    }

    public uint Next()
    {
        var old = _state;
        _state = unchecked((old * Multiplier) + Increment);
        return uint.RotateRight((uint)(((old >> 18) ^ old) >> 27), (int)(old >> 59));
    }

    /// <summary>A number from 0 to <paramref name="bound"/> - 1.</summary>
    public int Below(int bound) => (int)(((ulong)Next() * (uint)bound) >> 32);

    /// <summary>A number from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public long Between(long from, long to) => from + Below((int)(to - from + 1));

    /// <summary>True so many times in a thousand.</summary>
    public bool Chance(int perMille) => Below(1000) < perMille;

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
