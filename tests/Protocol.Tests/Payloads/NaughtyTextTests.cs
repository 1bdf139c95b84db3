using System.Text;
using System.Text.Json;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Protocol.Tests.Payloads;

public sealed class NaughtyTextTests
{
    public static TheoryData<string> Texts => [.. NaughtyText.All];

    [Fact]
    public void Texts_AreMany() => Assert.InRange(NaughtyText.All.Distinct().Count(), 60, 1_000);

    [Theory]
    [MemberData(nameof(Texts))]
    public void Content_ComesBackAsItWentIn(string text)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new { content = text });
        Assert.True(SendMessage.TryParse(json, out var message, out var refusal), refusal?.ToString());
        var sent = Build.Event(1, "alice", new ConversationEvent.MessageCreated(Build.Message("m1"), message.Content, [], [], null, null));
        using var payload = JsonDocument.Parse(Json.Of(writer => EventPayload.Write(writer, sent)));
        Assert.Equal(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(payload.RootElement.GetProperty("content").GetString()!));
    }

    // Ids take none of it, but for the words that are ids by their grammar.
    [Theory]
    [MemberData(nameof(Texts))]
    public void Id_TakesWordsOnly(string text)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new { id = text });
        var isWord = text.Length > 0 && text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '_' or '-');
        Assert.Equal(isWord, DeleteMessage.TryParse(json, out _, out var refusal));
        Assert.Equal(isWord ? null : Refusal.InvalidPayload(PayloadFault.BadFormat, "id"), refusal);
    }
}
