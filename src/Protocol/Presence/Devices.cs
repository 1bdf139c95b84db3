using System.Numerics;

namespace QuikApp.Protocol.Presence;

/// <summary>A set of kinds of device, in one byte.</summary>
/// <param name="Bits">Bit i: the device whose number is i.</param>
public readonly record struct Devices(byte Bits)
{
    private const byte Known = 0b111;

    /// <summary>No device.</summary>
    public static Devices None { get; }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Bits == 0;

    /// <summary>The first in the order desktop, mobile, web: the one that stands for the user where one has to.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Device First() => IsEmpty ? throw new InvalidOperationException("no device") : (Device)BitOperations.TrailingZeroCount(Bits);

    /// <summary>The set of one.</summary>
    public static Devices Of(Device device) => new((byte)(1 << (int)device));

    /// <summary>The set that these bits stand for; false when one of them stands for nothing.</summary>
    public static bool TryFrom(byte bits, out Devices devices)
    {
        devices = new Devices(bits);
        return (bits & ~Known) == 0;
    }

    /// <summary>Whether <paramref name="device"/> is in it.</summary>
    public bool Contains(Device device) => (Bits & (1 << (int)device)) != 0;

    /// <summary>This set and the other.</summary>
    public Devices Union(Devices other) => new((byte)(Bits | other.Bits));

    /// <summary>What is in this set and not in the other.</summary>
    public Devices Except(Devices other) => new((byte)(Bits & ~other.Bits));

    /// <summary>Each device, in the order desktop, mobile, web.</summary>
    public IEnumerable<Device> Each()
    {
        for (var bits = Bits; bits != 0; bits &= (byte)(bits - 1))
            yield return (Device)BitOperations.TrailingZeroCount(bits);
    }
}
