using System.Text;

namespace QuikApp.Bench.Load;

/// <summary>Puts a frame together from pieces, without a string in between.</summary>
internal ref struct FrameWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination[Length..]);
        Length += bytes.Length;
    }

    /// <summary>Appends text.</summary>
    public void Write(string text) => Length += Encoding.UTF8.GetBytes(text, _destination[Length..]);

    /// <summary>Appends a decimal number.</summary>
    public void Write(int number)
    {
        number.TryFormat(_destination[Length..], out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        Length += written;
    }
}
