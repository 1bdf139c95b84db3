using System.Text;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Protocol.Tests.Payloads;

/// <summary>A client event, or a body over HTTP, as the tables of these tests know it.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Parse">The parser.</param>
/// <param name="Members">Each member: its name, its JSON type, a valid value, whether it is required.</param>
internal sealed record Push(string Name, Push.Parser Parse, params Push.Member[] Members)
{
    public delegate bool Parser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal);

    public static IReadOnlyList<Push> All { get; } =
    [
        new("phx_join", JoinParser,
            new("since", "number", "7"), new("mode", "string", "\"compact\""), new("access_token", "string", "\"t\""),
            new("config", "object", "{\"a\":[1]}"), new("version", "string", "\"v\"")),
        new("phx_join of presence", PresenceJoinParser,
            new("format", "string", "\"phoenix\""), new("access_token", "string", "\"t\""),
            new("config", "object", "{\"a\":[1]}"), new("version", "string", "\"v\"")),
        new("presence:update", PresenceParser,
            new("status", "string", "\"away\"", true), new("statusText", "string", "\"Lunch\""), new("expiresAt", "string", "\"2026-11-22T11:00:00+01:00\"")),
        new("message:send", SendParser,
            new("content", "string", "\"hi\"", true), new("attachments", "array", $"[{Attachment}]"), new("mentions", "array", "[\"bob\"]"),
            new("clientId", "string", "\"c-1\""), new("threadId", "string", "\"t1\"")),
        new("message:update", UpdateParser,
            new("id", "string", "\"m1\"", true), new("content", "string", "\"hi\"", true), new("mentions", "array", "[\"bob\"]")),
        new("message:delete", DeleteParser, new Member("id", "string", "\"m1\"", true)),
        new("message:reaction", ReactParser,
            new("messageId", "string", "\"m1\"", true), new("emoji", "string", "\"thumbsup\"", true), new("action", "string", "\"add\"", true)),
        new("typing:start", TypingParser),
        new("history", HistoryParser, new("before", "number", "9"), new("limit", "number", "5"), new("mode", "string", "\"full\"")),
        new("history after", HistoryParser, new("after", "number", "9"), new("limit", "number", "5"), new("mode", "string", "\"full\"")),
        new("access_token", TokenParser, new Member("access_token", "string", "\"t\"", true)),
        new("read", ReadParser, new Member("seq", "number", "3", true)),
        new("thread:start", ThreadParser, new Member("messageId", "string", "\"m1\"", true)),
        new("PATCH message", EditParser, new("content", "string", "\"hi\"", true), new("mentions", "array", "[\"bob\"]")),
        new("POST channel", ChannelParser, new("name", "string", "\"Plans\"", true), new("visibility", "string", "\"private\"", true)),
        new("call:start", CallParser, new Member("type", "string", "\"video\"", true)),
        new("call:accept", AcceptParser, new("callId", "string", "\"c1\""), new("takeover", "bool", "true")),
        new("call:decline", StepParser, new Member("callId", "string", "\"c1\"")),
        new("call:signal", SignalParser,
            new("callId", "string", "\"c1\""), new("type", "string", "\"offer\"", true), new("data", AnyType, "{\"sdp\":\"v=0\"}", true),
            new("to", "string", "\"bob\"")),
        new("POST direct channel", ChannelParser, new("visibility", "string", "\"direct\"", true), new("with", "string", "\"bob\"", true)),
        new("POST workspace", WorkspaceParser, new("id", "string", "\"acme\""), new("name", "string", "\"Acme\"", true)),
        new("PUT member", MemberParser, new Member("role", "string", "\"moderator\"", true)),
        new("POST announcement", AnnouncementParser, new Member("content", "string", "\"hi\"", true)),
        new("membership answer", MembershipParser, new("member", "bool", "true", true), new("role", "string", "\"admin\"")),
    ];

    /// <summary>The type of a member that takes every JSON value but null.</summary>
    public const string AnyType = "any";

    public static string Attachment { get; } =
        $$"""{"name":"a.png","size":3,"type":"image/png","sha256":"{{new string('a', 64)}}","url":"https://files.example/a.png"}""";

    /// <summary>A payload with every member, or with those that <paramref name="change"/> gives another value (null leaves one out).</summary>
    public string Json(Func<Member, string?>? change = null) =>
        "{" + string.Join(',', Members.Select(member => (member.Name, Value: change is null ? member.Valid : change(member)))
            .Where(pair => pair.Value is not null)
            .Select(pair => $"\"{pair.Name}\":{pair.Value}")) + "}";

    public bool TryParse(string json, out object? value, out Refusal? refusal) => Parse(Encoding.UTF8.GetBytes(json), out value, out refusal);

    /// <summary>The refusal of a payload that must be refused.</summary>
    public Refusal Refuse(string json)
    {
        Assert.False(TryParse(json, out var value, out var refusal), $"{Name} took {json}");
        Assert.Null(value);
        return refusal!;
    }

    private static bool JoinParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = JoinParams.TryParse(json, TopicKind.Channel, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool PresenceJoinParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = JoinParams.TryParse(json, TopicKind.Presence, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool PresenceParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = UpdatePresence.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool SendParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = SendMessage.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool UpdateParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = UpdateMessage.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool DeleteParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = DeleteMessage.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool ReactParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = ReactToMessage.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool TypingParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = Typing.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool HistoryParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = HistoryQuery.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool TokenParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = RefreshToken.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool ReadParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = MarkRead.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool ThreadParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = StartThread.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool EditParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = EditMessage.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool CallParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = StartCall.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool ChannelParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = CreateChannel.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool AcceptParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = CallStep.TryParse(json, accepting: true, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool WorkspaceParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = CreateWorkspace.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool StepParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = CallStep.TryParse(json, accepting: false, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool MemberParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = SetMember.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool SignalParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = CallSignal.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool AnnouncementParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = Announcement.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    private static bool MembershipParser(ReadOnlySpan<byte> json, out object? value, out Refusal? refusal)
    {
        var read = MembershipAnswer.TryParse(json, out var it, out refusal);
        value = it;
        return read;
    }

    /// <summary>A member of a payload.</summary>
    internal sealed record Member(string Name, string Type, string Valid, bool Required = false);
}
