using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The payload of <c>access_token</c>: <c>{access_token}</c>.</summary>
/// <param name="AccessToken">1 to <see cref="PayloadLimits.TokenLength"/> characters, not looked into.</param>
public sealed record RefreshToken(string AccessToken)
{
    private static readonly MemberSet Members = new(("access_token", JsonShapes.Token));

    /// <summary>The payload as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the payload; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not: <see cref="Reason.InvalidPayload"/> or <see cref="Reason.PayloadTooLarge"/>.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out RefreshToken? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        string? token = null;

        while (reader.Next(ref members))
            token = reader.Token("access_token");

        refusal = reader.End();
        value = refusal is null ? new RefreshToken(token!) : null;
        return value is not null;
    }

    /// <summary>Without the token, which must not reach a log.</summary>
    public override string ToString() => nameof(RefreshToken);
}
