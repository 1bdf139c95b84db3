using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Presence;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The payload of <c>presence:update</c>: <c>{status, statusText?, expiresAt?}</c>.</summary>
/// <param name="Status">How the user wants to be seen.</param>
/// <param name="StatusText">
/// What they say beside it, 1 to <see cref="PayloadLimits.StatusTextLength"/> UTF-16 code units without control characters;
/// null: nothing.
/// </param>
/// <param name="ExpiresAt">When both end; null: not by themselves. It may have passed.</param>
public sealed record UpdatePresence(PresenceStatus Status, string? StatusText, DateTimeOffset? ExpiresAt)
{
    private static readonly (string Word, PresenceStatus Value)[] Statuses =
    [
        ("online", PresenceStatus.Online), ("away", PresenceStatus.Away), ("dnd", PresenceStatus.DoNotDisturb), ("invisible", PresenceStatus.Invisible),
    ];

    private static readonly MemberSet Members = new(
        ("status", JsonShapes.OneOf(Statuses)),
        ("statusText?", JsonShapes.Line(PayloadLimits.StatusTextLength)),
        ("expiresAt?", JsonShapes.Moment));

    /// <summary>The payload as a schema.</summary>
    public static JsonShape Shape => Members.Shape;

    /// <summary>Reads the payload; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not: <see cref="Reason.InvalidPayload"/>, or <see cref="Reason.PayloadTooLarge"/> for the text.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out UpdatePresence? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        PresenceStatus status = default;
        string? text = null;
        DateTimeOffset? expiresAt = null;

        while (reader.Next(ref members))
        {
            switch (members.Name)
            {
                case "status":
                    status = reader.OneOf("status", Statuses);
                    break;
                case "statusText":
                    text = reader.Line("statusText", PayloadLimits.StatusTextLength);
                    break;
                case "expiresAt":
                    expiresAt = reader.Moment("expiresAt");
                    break;
            }
        }

        refusal = reader.End();
        value = refusal is null ? new UpdatePresence(status, text, expiresAt) : null;
        return value is not null;
    }
}
