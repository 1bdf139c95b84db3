using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>
/// The payload of <c>call:accept</c>, <c>call:decline</c> and <c>call:end</c>: <c>{callId?, takeover?}</c>. The topic says
/// which call; <c>callId</c>, where a client sends it, must be the topic's.
/// </summary>
/// <param name="Call">The call, where it was named.</param>
/// <param name="Takeover">In <c>call:accept</c>: take the call over from another device of the same user.</param>
public sealed record CallStep(CallId? Call, bool Takeover)
{
    private static readonly MemberSet AcceptMembers = new(("callId?", JsonShapes.Id), ("takeover?", JsonShapes.Boolean));
    private static readonly MemberSet Members = new(("callId?", JsonShapes.Id));

    /// <summary>The payload of <c>call:accept</c> as a schema.</summary>
    public static JsonShape AcceptShape => AcceptMembers.Shape;

    /// <summary>The payload of the others as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the payload; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="accepting">Whether it is the payload of <c>call:accept</c>.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> json, bool accepting, [NotNullWhen(true)] out CallStep? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(accepting ? AcceptMembers : Members);
        CallId? call = null;
        var takeover = false;

        while (reader.Next(ref members))
        {
            switch (members.Name)
            {
                case "callId":
                    call = reader.Id("callId") is { } id ? CallId.Parse(id) : null;
                    break;
                case "takeover":
                    takeover = reader.Boolean("takeover");
                    break;
            }
        }

        refusal = reader.End();
        value = refusal is null ? new CallStep(call, takeover) : null;
        return value is not null;
    }
}
