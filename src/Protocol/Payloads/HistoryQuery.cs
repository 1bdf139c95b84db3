using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>The payload of <c>history</c>: <c>{before?, after?, limit?, mode?}</c>; <c>before</c> and <c>after</c> exclude each other.</summary>
/// <param name="Before">Items with a smaller number, newest first wanted; 0 to 2^53 - 1.</param>
/// <param name="After">Items with a greater number, oldest first wanted; 0 to 2^53 - 1.</param>
/// <param name="Limit">How many at most, 1 to <see cref="PayloadLimits.HistoryItems"/>.</param>
/// <param name="Mode">Final states, or every change.</param>
public sealed record HistoryQuery(long? Before, long? After, int Limit, ReplayMode Mode)
{
    private static readonly MemberSet Members = new(
        ("before?", JsonShapes.Number),
        ("after?", JsonShapes.Number),
        ("limit?", JsonShapes.WholeNumber(1, PayloadLimits.HistoryItems).With(new JsonObject { ["default"] = PayloadLimits.DefaultHistoryItems })),
        ("mode?", JsonShapes.OneOf(PayloadReader.Modes)));

    /// <summary>The payload as a schema.</summary>
    public static JsonShape Shape { get; } =
        Members.Shape.With(new JsonObject { ["not"] = new JsonObject { ["required"] = new JsonArray("before", "after") } });

    /// <summary>Reads the payload; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out HistoryQuery? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(Members);
        long? before = null;
        long? after = null;
        var limit = PayloadLimits.DefaultHistoryItems;
        var mode = ReplayMode.Compact;

        while (reader.Next(ref members))
        {
            switch (members.Name)
            {
                case "before":
                    before = reader.Integer("before");
                    break;
                case "after":
                    after = reader.Integer("after");
                    break;
                case "limit":
                    limit = (int)reader.Integer("limit", 1, PayloadLimits.HistoryItems);
                    break;
                case "mode":
                    mode = reader.Mode("mode");
                    break;
            }
        }

        if (before is not null && after is not null)
            reader.Fail(PayloadFault.Exclusive, "after");

        refusal = reader.End();
        value = refusal is null ? new HistoryQuery(before, after, limit, mode) : null;
        return value is not null;
    }
}
