using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The payload of <c>typing:start</c> and <c>typing:stop</c>: <c>{}</c>. Who and where, the server knows.</summary>
public sealed record Typing
{
    private static readonly MemberSet Members = new();

    /// <summary>The payload as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the payload; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out Typing? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        reader.Next(ref members);
        refusal = reader.End();
        value = refusal is null ? new Typing() : null;
        return value is not null;
    }
}
