using System.Text;

namespace QuikApp.Protocol.Payloads;

/// <summary>The members that an object may have, and which of them it must have.</summary>
internal sealed class MemberSet
{
    private readonly byte[][] _utf8;

    /// <summary>A set of at most 64 names; one that ends in <c>?</c> is optional.</summary>
    public MemberSet(params string[] names)
    {
        Names = [.. names.Select(name => name.TrimEnd('?'))];
        _utf8 = [.. Names.Select(Encoding.UTF8.GetBytes)];
        for (var i = 0; i < names.Length; i++)
        {
            if (!names[i].EndsWith('?'))
                Required |= 1UL << i;
        }
    }

    public string[] Names { get; }

    /// <summary>Bit i stands for name i.</summary>
    public ulong Required { get; }

    public ReadOnlySpan<byte> Utf8(int index) => _utf8[index];
}
