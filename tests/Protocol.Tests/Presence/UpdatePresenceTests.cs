using System.Text;
using System.Text.Json;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Presence;

namespace QuikApp.Protocol.Tests.Presence;

/// <summary>The values of <c>presence:update</c>; its shape is among those of all pushes.</summary>
public sealed class UpdatePresenceTests
{
    [Theory]
    [InlineData("online", PresenceStatus.Online)]
    [InlineData("away", PresenceStatus.Away)]
    [InlineData("dnd", PresenceStatus.DoNotDisturb)]
    [InlineData("invisible", PresenceStatus.Invisible)]
    public void Status_OfTheContract_IsRead(string word, PresenceStatus status)
    {
        Assert.Equal(new UpdatePresence(status, null, null), Read($$"""{"status":"{{word}}"}"""));
        Assert.Equal(word, PresenceWords.Text(status));
    }

    [Theory]
    [InlineData("offline")]
    [InlineData("Online")]
    [InlineData("online ")]
    [InlineData("")]
    public void Status_OfAnotherWord_IsRefused(string word) =>
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.BadFormat, "status"), Refuse($$"""{"status":"{{word}}"}"""));

    [Fact]
    public void Text_UpToTheLimit_IsRead()
    {
        foreach (var text in new[] { "x", new string('x', 128), "Zu Mittag – bis 13:00", "🍜", string.Concat(Enumerable.Repeat("🍜", 64)), " ", "<b>&\"\\" })
            Assert.Equal(text, Read($$"""{"status":"away","statusText":{{JsonSerializer.Serialize(text)}}}""")!.StatusText);
    }

    [Fact]
    public void Text_TooLongOrEmptyOrNoLine_IsRefused()
    {
        Assert.Equal(Refusal.PayloadTooLarge("statusText"), Refuse($$"""{"status":"away","statusText":"{{new string('x', 129)}}"}"""));
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.Empty, "statusText"), Refuse("""{"status":"away","statusText":""}"""));
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.WrongType, "statusText"), Refuse("""{"status":"away","statusText":null}"""));
        foreach (var control in new[] { "\\n", "\\r", "\\t", "\\u0001", "\\u001b", "\\u007f", "\\u0085", "\\u2028", "\\u2029" })
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.BadFormat, "statusText"), Refuse($$"""{"status":"away","statusText":"a{{control}}b"}"""));
        foreach (var bad in new[] { "\\u0000", "\\ud800" })
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.BadText, "statusText"), Refuse($$"""{"status":"away","statusText":"{{bad}}"}"""));
    }

    [Theory]
    [InlineData("2026-11-22T11:00:00Z", "2026-11-22T11:00:00.0000000")]
    [InlineData("2026-11-22t11:00:00z", "2026-11-22T11:00:00.0000000")]
    [InlineData("2026-11-22T11:00:00+01:00", "2026-11-22T10:00:00.0000000")]
    [InlineData("2026-11-22T11:00:00-00:00", "2026-11-22T11:00:00.0000000")]
    [InlineData("2026-11-22T11:00:00.5Z", "2026-11-22T11:00:00.5000000")]
    [InlineData("2026-11-22T11:00:00.123456789123Z", "2026-11-22T11:00:00.1234567")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.0000000")]
    public void ExpiresAt_OfRfc3339_IsReadInUtc(string text, string utc)
    {
        var at = Read($$"""{"status":"away","expiresAt":"{{text}}"}""")!.ExpiresAt!.Value;
        Assert.Equal(TimeSpan.Zero, at.Offset);
        Assert.Equal(utc, at.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22 11:00:00Z")]
    [InlineData("2026-11-22T11:00Z")]
    [InlineData("2026-11-22T11:00:00")]
    [InlineData("2026-11-22T11:00:00.Z")]
    [InlineData("2026-11-22T24:00:00Z")]
    [InlineData("2026-11-22T11:60:00Z")]
    [InlineData("2026-11-22T23:59:60Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-11-22T11:00:00+0100")]
    [InlineData("2026-11-22T11:00:00+25:00")]
    [InlineData("+2026-11-22T11:00:00Z")]
    [InlineData("2026-11-22T11:00:00Z ")]
    [InlineData("٢٠٢٦-11-22T11:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    public void ExpiresAt_OfAnythingElse_IsRefused(string text) =>
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.BadFormat, "expiresAt"), Refuse($$"""{"status":"away","expiresAt":"{{text}}"}"""));

    private static UpdatePresence? Read(string json)
    {
        Assert.True(UpdatePresence.TryParse(Encoding.UTF8.GetBytes(json), out var value, out var refusal), $"{json}: {refusal}");
        return value;
    }

    private static Refusal? Refuse(string json)
    {
        Assert.False(UpdatePresence.TryParse(Encoding.UTF8.GetBytes(json), out _, out var refusal), json);
        return refusal;
    }
}
