using System.Text.RegularExpressions;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Protocol.Tests.Payloads;

public sealed class RefusalTests
{
    // The published words: a change here breaks every client.
    [Fact]
    public void All_Reasons_AreTheDocumentedWords() => Assert.Equal(
        [
            "unauthorized", "invalid_payload", "invalid_event", "not_found", "forbidden", "payload_too_large", "rate_limited",
            "idempotency_conflict", "unavailable", "invalid_reaction", "invalid_cursor", "archived", "call_ended", "answered_elsewhere", "internal",
            "unmatched topic", "too many channels joined",
        ],
        Reasons.All.Select(Reasons.Text));

    [Fact]
    public void Write_ReasonAlone_IsOneMember()
    {
        Refusal[] simple =
        [
            Refusal.Unauthorized, Refusal.InvalidEvent, Refusal.NotFound, Refusal.Forbidden, Refusal.IdempotencyConflict, Refusal.Unavailable,
            Refusal.InvalidReaction, Refusal.InvalidCursor, Refusal.Archived, Refusal.CallEnded, Refusal.AnsweredElsewhere, Refusal.Internal, Refusal.UnmatchedTopic, Refusal.TooManyChannelsJoined,
            Refusal.PayloadTooLarge(),
        ];
        foreach (var refusal in simple)
            Assert.Equal($$"""{"reason":"{{Reasons.Text(refusal.Reason)}}"}""", Json.Of(refusal.Write));
    }

    [Fact]
    public void Write_WithMore_HasIt()
    {
        Assert.Equal("""{"reason":"payload_too_large","field":"content"}""", Json.Of(Refusal.PayloadTooLarge("content").Write));
        Assert.Equal("""{"reason":"rate_limited","retry_after_ms":1500}""", Json.Of(Refusal.RateLimited(TimeSpan.FromSeconds(1.5)).Write));
        Assert.Equal(
            """{"reason":"invalid_payload","field":"attachments[2].size","detail":"out of range"}""",
            Json.Of(Refusal.InvalidPayload(PayloadFault.OutOfRange, "attachments[2].size").Write));
    }

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(0, 1)]
    [InlineData(10_000, 1)]
    [InlineData(10_001, 2)]
    public void RateLimited_PartOfAMillisecond_IsRoundedUp(long ticks, long expected) =>
        Assert.Equal(expected, Refusal.RateLimited(TimeSpan.FromTicks(ticks)).RetryAfterMs);

    [Fact]
    public void Detail_EveryFault_IsAShortTextOfItsOwn()
    {
        var details = Enum.GetValues<PayloadFault>().Select(fault => Refusal.InvalidPayload(fault).Detail!).ToList();
        Assert.All(details, detail => Assert.Matches(new Regex("^[A-Za-z, ]{4,40}$"), detail));
        Assert.Equal(details.Count, details.Distinct().Count());
    }
}
