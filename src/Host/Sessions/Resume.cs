using System.Text.Json;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Host.Sessions;

/// <summary>What a join reply says, and which events are replayed behind it.</summary>
/// <param name="Head">Number of the topic's last event.</param>
/// <param name="Since">What the client has; null for a client that asked for nothing.</param>
internal readonly record struct Resume(long Head, long? Since)
{
    /// <summary>What <see cref="Write"/> writes, as a schema.</summary>
    public static JsonShape Shape { get; } = JsonShape.ObjectOf(
        ("head", JsonShapes.Number),
        ("replay?", JsonShape.ObjectOf(
            ("from", JsonShapes.Seq), ("to", JsonShapes.Number), ("status", JsonShapes.OneOf("complete", "reset")),
            ("reason?", JsonShapes.OneOf("ahead_of_head")))));

    /// <summary>First number replayed.</summary>
    public long From => Since is { } since ? Math.Min(since, Head) + 1 : Head + 1;

    /// <summary>Last number replayed.</summary>
    public long To => Head;

    /// <summary>First number that the hub is to deliver, once what is before was replayed.</summary>
    public long LiveFrom => Head + 1;

    /// <summary>Whether the client asked to resume: it is then told <c>replay:done</c> even when nothing was missed.</summary>
    public bool Needed => Since is not null;

    /// <summary>Whether the client knows numbers that this journal never gave: its own past is not this server's.</summary>
    public bool IsAhead => Since > Head;

    /// <summary>Reads what a join asks for.</summary>
    public static Resume Plan(JoinParams join, long head) => new(head, join.Since);

    /// <summary>
    /// The head to plan with where the client has more than the conversation said: its answer may come from one that was
    /// moved away and does not know it, and what the journal has is no stranger's past.
    /// </summary>
    /// <param name="head">What the conversation said.</param>
    /// <param name="since">What the client has.</param>
    /// <param name="journaled">What the journal has.</param>
    public static long HeadOf(long head, long since, long journaled) => Math.Max(head, Math.Min(since, journaled));

    /// <summary>Goes on from <paramref name="from"/>, which the hub's window does not reach back to, up to where the hub is now.</summary>
    public static Resume Further(long from, long head) => new(head, from - 1);

    /// <summary>Writes <c>{head, replay?: {from, to, status, reason?}}</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("head"u8, Head);
        if (Needed)
        {
            json.WriteStartObject("replay"u8);
            json.WriteNumber("from"u8, From);
            json.WriteNumber("to"u8, To);
            json.WriteString("status"u8, IsAhead ? "reset"u8 : "complete"u8);
            if (IsAhead)
                json.WriteString("reason"u8, "ahead_of_head"u8);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
