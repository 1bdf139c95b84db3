using System.Text;
using System.Text.Json.Nodes;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The members that an object may have, what each is, and which of them it must have.</summary>
internal sealed class MemberSet
{
    private readonly byte[][] _utf8;

    /// <summary>A set of at most 64 members; one whose name ends in <c>?</c> is optional.</summary>
    public MemberSet(params (string Name, JsonShape Shape)[] members)
    {
        Names = [.. members.Select(member => member.Name.TrimEnd('?'))];
        _utf8 = [.. Names.Select(Encoding.UTF8.GetBytes)];
        Shape = JsonShape.ObjectOf(members).With(new JsonObject { ["additionalProperties"] = false });
        for (var i = 0; i < members.Length; i++)
        {
            if (!members[i].Name.EndsWith('?'))
                Required |= 1UL << i;
        }
    }

    public string[] Names { get; }

    /// <summary>Bit i stands for name i.</summary>
    public ulong Required { get; }

    /// <summary>The object: these members and no others.</summary>
    public JsonShape Shape { get; }

    public ReadOnlySpan<byte> Utf8(int index) => _utf8[index];
}
