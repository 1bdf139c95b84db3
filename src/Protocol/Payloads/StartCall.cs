using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The payload of <c>call:start</c>: <c>{type}</c>.</summary>
/// <param name="Media">What the call carries.</param>
public sealed record StartCall(CallMedia Media)
{
    private static readonly (string Word, CallMedia Value)[] Types = [("audio", CallMedia.Audio), ("video", CallMedia.Video)];
    private static readonly MemberSet Members = new(("type", JsonShapes.OneOf(Types)));

    /// <summary>The payload as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the payload; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out StartCall? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        var media = CallMedia.Audio;

        while (reader.Next(ref members))
            media = reader.OneOf("type", Types);

        refusal = reader.End();
        value = refusal is null ? new StartCall(media) : null;
        return value is not null;
    }
}
