using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The payload of <c>read</c>: <c>{seq}</c>.</summary>
/// <param name="Seq">The last number read, 0 to 2^53 - 1.</param>
public sealed record MarkRead(long Seq)
{
    private static readonly MemberSet Members = new(("seq", JsonShapes.Number));

    /// <summary>The payload as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the payload; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out MarkRead? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        long seq = 0;

        while (reader.Next(ref members))
            seq = reader.Integer("seq");

        refusal = reader.End();
        value = refusal is null ? new MarkRead(seq) : null;
        return value is not null;
    }
}
