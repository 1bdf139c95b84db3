using System.Text;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Protocol.Tests.Payloads;

/// <summary>The values of the smaller client events.</summary>
public sealed class PushValueTests
{
    private const string LongestId = "x23456789012345678901234567890123456789012345678901234567890123x";

    [Theory]
    [InlineData("{}", null, ReplayMode.Full)]
    [InlineData("""{"since":0}""", 0L, ReplayMode.Full)]
    [InlineData("""{"since":9007199254740991,"mode":"compact"}""", 9007199254740991L, ReplayMode.Compact)]
    [InlineData("""{"mode":"full","since":12}""", 12L, ReplayMode.Full)]
    public void Join_Values_AreRead(string json, long? since, ReplayMode mode) => Assert.Equal(new JoinParams(since, mode, null), Read<JoinParams>("phx_join", json));

    [Fact]
    public void Join_OfAStockClient_IsRead()
    {
        const string Json = """{"config":{"broadcast":{"ack":false,"self":false},"presence":{"key":""},"private":false},"access_token":"a.b.c"}""";
        var join = Read<JoinParams>("phx_join", Json);
        Assert.Equal("a.b.c", join.AccessToken);
        Assert.Null(join.Since);
    }

    [Fact]
    public void ToString_OfWhatCarriesAToken_DoesNotShowIt()
    {
        Assert.DoesNotContain("secret", Read<JoinParams>("phx_join", """{"access_token":"secret"}""").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Read<RefreshToken>("access_token", """{"access_token":"secret"}""").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phx_join", "since")]
    [InlineData("history", "before")]
    [InlineData("history after", "after")]
    [InlineData("read", "seq")]
    public void Number_OutsideItsRange_NamesIt(string push, string field)
    {
        foreach (var number in new[] { "0", "1", "9007199254740991" })
            Assert.True(Find(push).TryParse($"{{\"{field}\":{number}}}", out _, out _), number);
        foreach (var number in new[] { "-1", "-0", "9007199254740992", "9223372036854775807", "9223372036854775808", "99999999999999999999999999" })
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.OutOfRange, field), Find(push).Refuse($"{{\"{field}\":{number}}}"));
        foreach (var number in new[] { "1.0", "0.5", "1e2", "1E0", "-1.5", "1e9999", "0e0" })
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.WrongType, field), Find(push).Refuse($"{{\"{field}\":{number}}}"));
        foreach (var notJson in new[] { "01", "+1", ".5", "1.", "0x1", "NaN", "Infinity", "--1" })
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.NotJson), Find(push).Refuse($"{{\"{field}\":{notJson}}}"));
    }

    [Theory]
    [InlineData("phx_join")]
    [InlineData("history")]
    public void Mode_OfAnotherWord_NamesIt(string push)
    {
        foreach (var mode in new[] { "", "Compact", "FULL", "full ", "both" })
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.BadFormat, "mode"), Find(push).Refuse($$"""{"mode":"{{mode}}"}"""));
    }

    [Fact]
    public void History_Defaults_Are50FinalStates() => Assert.Equal(new HistoryQuery(null, null, 50, ReplayMode.Compact), Read<HistoryQuery>("history", "{}"));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(99, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void History_Limit_Is1To100(int limit, bool expected)
    {
        var json = $$"""{"limit":{{limit}},"before":7,"mode":"full"}""";
        if (expected)
            Assert.Equal(new HistoryQuery(7, null, limit, ReplayMode.Full), Read<HistoryQuery>("history", json));
        else
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.OutOfRange, "limit"), Find("history").Refuse(json));
    }

    [Fact]
    public void History_BeforeAndAfter_ExcludeEachOther()
    {
        foreach (var json in new[] { """{"before":9,"after":3}""", """{"after":0,"before":0}""" })
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.Exclusive, "after"), Find("history").Refuse(json));
    }

    [Theory]
    [InlineData("message:update", "id")]
    [InlineData("message:delete", "id")]
    [InlineData("message:reaction", "messageId")]
    [InlineData("thread:start", "messageId")]
    [InlineData("call:accept", "callId")]
    [InlineData("call:decline", "callId")]
    [InlineData("call:signal", "callId")]
    [InlineData("call:signal", "to")]
    public void Id_OutsideItsGrammar_NamesIt(string name, string field)
    {
        var push = Find(name);
        foreach (var id in new[] { "m", LongestId, "A-_9" })
            Assert.True(push.TryParse(With(id), out _, out _), id);
        foreach (var id in new[] { "", LongestId + "x", "a b", "a:b", "a/b", "..", "é", "a\\n", "%00" })
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.BadFormat, field), push.Refuse(With(id)));

        string With(string id) => push.Json(member => member.Name == field ? $"\"{id}\"" : member.Valid);
    }

    [Fact]
    public void Update_Mentions_LeftOutAreNotNone()
    {
        Assert.Null(Read<UpdateMessage>("message:update", """{"id":"m1","content":"x"}""").Mentions);
        Assert.Empty(Read<UpdateMessage>("message:update", """{"id":"m1","content":"x","mentions":[]}""").Mentions!.Value);
        Assert.Equal(UserId.Parse("b"), Assert.Single(Read<UpdateMessage>("message:update", """{"id":"m1","content":"x","mentions":["b","b"]}""").Mentions!.Value));
    }

    [Fact]
    public void Update_Content_Is1ByteTo16KiB()
    {
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.Empty, "content"), Find("message:update").Refuse("""{"id":"m1","content":""}"""));
        var longest = new string('x', PayloadLimits.ContentBytes);
        Assert.Equal(longest, Read<UpdateMessage>("message:update", $$"""{"id":"m1","content":"{{longest}}"}""").Content);
        Assert.Equal(Refusal.PayloadTooLarge("content"), Find("message:update").Refuse($$"""{"id":"m1","content":"{{longest}}x"}"""));
    }

    [Theory]
    [InlineData(":thumbsup:", "thumbsup")]
    [InlineData("\\u2764", "\u2764\uFE0F")]
    [InlineData("\U0001F44D", "\U0001F44D")]
    public void Reaction_Emoji_IsCanonical(string emoji, string expected)
    {
        var reaction = Read<ReactToMessage>("message:reaction", $$"""{"messageId":"m1","emoji":"{{emoji}}","action":"remove"}""");
        Assert.Equal(new ReactToMessage(MessageId.Parse("m1"), expected, ReactionAction.Remove), reaction);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hi there")]
    [InlineData("constructor")]
    [InlineData("__proto__")]
    [InlineData("\U0001F44D\U0001F44D")]
    public void Reaction_AnythingElse_IsInvalidReaction(string emoji) =>
        Assert.Equal(Refusal.InvalidReaction, Find("message:reaction").Refuse($$"""{"messageId":"m1","emoji":"{{emoji}}","action":"add"}"""));

    [Fact]
    public void Reaction_ActionOfAnotherWord_NamesIt()
    {
        foreach (var action in new[] { "", "Add", "toggle", "removed" })
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.BadFormat, "action"), Find("message:reaction").Refuse($$"""{"messageId":"m1","emoji":"x","action":"{{action}}"}"""));
    }

    [Theory]
    [InlineData("phx_join")]
    [InlineData("access_token")]
    public void Token_Is1To8192Characters(string push)
    {
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.Empty, "access_token"), Find(push).Refuse("""{"access_token":""}"""));
        var longest = new string('x', 8192);
        Assert.True(Find(push).TryParse($$"""{"access_token":"{{longest}}"}""", out _, out _));
        Assert.Equal(Refusal.PayloadTooLarge("access_token"), Find(push).Refuse($$"""{"access_token":"{{longest}}x"}"""));
    }

    [Theory]
    [InlineData("audio", CallMedia.Audio)]
    [InlineData("video", CallMedia.Video)]
    public void CallStart_Type_IsRead(string word, CallMedia expected) =>
        Assert.Equal(new StartCall(expected), Read<StartCall>("call:start", $$"""{"type":"{{word}}"}"""));

    [Theory]
    [InlineData("call:start")]
    [InlineData("call:signal")]
    public void CallType_OfAnotherWord_NamesIt(string name)
    {
        var push = Find(name);
        foreach (var word in new[] { "", "Audio", "screen", "video ", "bye", "Offer", "ice_candidate" })
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.BadFormat, "type"), push.Refuse(push.Json(member => member.Name == "type" ? $"\"{word}\"" : member.Valid)));
    }

    [Fact]
    public void CallAccept_Takeover_IsReadAndNotAssumed()
    {
        Assert.Equal(new CallStep(null, false), Read<CallStep>("call:accept", "{}"));
        Assert.Equal(new CallStep(CallId.Parse("c1"), true), Read<CallStep>("call:accept", """{"callId":"c1","takeover":true}"""));
        Assert.Equal(new CallStep(null, false), Read<CallStep>("call:accept", """{"takeover":false}"""));
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.UnknownMember), Find("call:decline").Refuse("""{"takeover":true}"""));
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("0", "0")]
    [InlineData("-1.5e9999", "-1.5e9999")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"\\u0041\\ud83d\\ude00\"", "\"\\u0041\\ud83d\\ude00\"")]
    [InlineData("[ ]", "[ ]")]
    [InlineData("[1,[2,{}]]", "[1,[2,{}]]")]
    [InlineData("{}", "{}")]
    [InlineData("{ \"b\" : 1, \"a\":[ null ] }", "{ \"b\" : 1, \"a\":[ null ] }")]
    public void CallSignal_Data_IsKeptAsItWasSent(string data, string? expected)
    {
        foreach (var json in new[] { $$"""{"type":"offer","data":{{data}}}""", $$"""{ "data" : {{data}} , "type" : "offer" }""" })
        {
            if (expected is null)
                Assert.Equal(Refusal.InvalidPayload(PayloadFault.WrongType, "data"), Find("call:signal").Refuse(json));
            else
                Assert.Equal(expected, Encoding.UTF8.GetString(Read<CallSignal>("call:signal", json).Data.Span));
        }
    }

    // The quotes count: what is limited is the JSON that is relayed.
    [Theory]
    [InlineData(PayloadLimits.SignalBytes - 2, true)]
    [InlineData(PayloadLimits.SignalBytes - 1, false)]
    public void CallSignal_Data_Is16KiBAtMost(int length, bool expected)
    {
        var json = $$"""{"type":"offer","data":"{{new string('x', length)}}"}""";
        if (expected)
            Assert.Equal(PayloadLimits.SignalBytes, Read<CallSignal>("call:signal", json).Data.Length);
        else
            Assert.Equal(Refusal.PayloadTooLarge("data"), Find("call:signal").Refuse(json));
    }

    [Fact]
    public void CallSignal_Write_IsAsPublished()
    {
        var signal = Read<CallSignal>("call:signal", """{"type":"ice-candidate","data":{ "candidate": "a\u002fb" },"to":"carol","callId":"c1"}""");
        Assert.Equal(
            """{"callId":"c1","type":"ice-candidate","data":{ "candidate": "a\u002fb" },"from":"bob","to":"carol"}""",
            Json.Of(writer => signal.Write(writer, CallId.Parse("c1"), UserId.Parse("bob"))));
        Assert.Equal(
            """{"callId":"c2","type":"offer","data":7,"from":"bob"}""",
            Json.Of(writer => Read<CallSignal>("call:signal", """{"type":"offer","data":7}""").Write(writer, CallId.Parse("c2"), UserId.Parse("bob"))));
    }

    private static Push Find(string name) => Push.All.Single(push => push.Name == name);

    private static T Read<T>(string push, string json)
    {
        Assert.True(Find(push).Parse(Encoding.UTF8.GetBytes(json), out var value, out var refusal), refusal?.ToString());
        return Assert.IsType<T>(value);
    }
}
