using System.Text;
using System.Text.Json;
using CsCheck;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Protocol.Tests.Payloads;

public sealed class SendMessageTests
{
    [Fact]
    public void TryParse_EveryMember_IsKept()
    {
        var message = Read($$"""{"content":"hi @bob","attachments":[{{Push.Attachment}}],"mentions":["bob","alice"],"clientId":"c 1~","threadId":"t1"}""");
        Assert.Equal("hi @bob", message.Content);
        Assert.Equal<Attachment[]>([new Attachment("a.png", 3, "image/png", new string('a', 64), "https://files.example/a.png")], [.. message.Attachments]);
        Assert.Equal<UserId[]>([UserId.Parse("bob"), UserId.Parse("alice")], [.. message.Mentions]);
        Assert.Equal("c 1~", message.ClientId);
        Assert.Equal(ThreadId.Parse("t1"), message.Thread);
    }

    [Fact]
    public void TryParse_ContentAlone_HasEmptyListsAndNoIds()
    {
        var message = Read("""{"content":" "}""");
        Assert.Equal(" ", message.Content);
        Assert.Empty(message.Attachments);
        Assert.Empty(message.Mentions);
        Assert.Null(message.ClientId);
        Assert.Null(message.Thread);
    }

    [Fact]
    public void TryParse_EmptyContent_NeedsAnAttachment()
    {
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.Empty, "content"), Refuse("""{"content":""}"""));
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.Empty, "content"), Refuse("""{"attachments":[],"content":""}"""));
        Assert.Equal("", Read($$"""{"content":"","attachments":[{{Push.Attachment}}]}""").Content);
        Assert.Equal("", Read($$"""{"attachments":[{{Push.Attachment}}],"content":""}""").Content);
    }

    // 1 to 4 bytes a character; written as they are and as escapes: the limit counts the text, not its spelling.
    [Theory]
    [InlineData("a", 1)]
    [InlineData("é", 2)]
    [InlineData("語", 3)]
    [InlineData("\U0001F600", 4)]
    public void TryParse_ContentAt16KiB_IsTheLongest(string character, int bytes)
    {
        foreach (var escape in new[] { false, true })
        {
            var longest = string.Concat(Enumerable.Repeat(character, PayloadLimits.ContentBytes / bytes)) + new string('a', PayloadLimits.ContentBytes % bytes);
            Assert.Equal(longest, Read($$"""{"content":"{{Spell(longest, escape)}}"}""").Content);
            Assert.Equal(Refusal.PayloadTooLarge("content"), Refuse($$"""{"content":"{{Spell(longest + "a", escape)}}"}"""));
            Assert.Equal(longest[..^character.Length], Read($$"""{"content":"{{Spell(longest[..^character.Length], escape)}}"}""").Content);
        }
    }

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("a\\u0000b")]
    [InlineData("\\ud800")]
    [InlineData("\\udc00")]
    [InlineData("\\ud800a")]
    [InlineData("\\udc00\\ud800")]
    [InlineData("\\ud83d\\ud83d\\ude00")]
    public void TryParse_TextThatIsNotUnicode_NamesTheMember(string text)
    {
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.BadText, "content"), Refuse($$"""{"content":"{{text}}"}"""));
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.BadText, "clientId"), Refuse($$"""{"content":"a","clientId":"{{text}}"}"""));
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.BadText, "mentions[1]"), Refuse($$"""{"content":"a","mentions":["bob","{{text}}"]}"""));
        Assert.Equal(
            Refusal.InvalidPayload(PayloadFault.BadText, "attachments[0].name"),
            Refuse($$"""{"content":"a","attachments":[{"name":"{{text}}"}]}"""));
    }

    public static TheoryData<byte[]> NotUtf8 =>
    [
        [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xED, 0xB0, 0x80], [0xF0, 0x80, 0x80, 0x80],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    ];

    [Theory]
    [MemberData(nameof(NotUtf8))]
    public void TryParse_BytesThatAreNotUtf8_NamesTheMember(byte[] bytes)
    {
        byte[] json = [.. "{\"content\":\"a"u8, .. bytes, .. "\"}"u8];
        Assert.False(SendMessage.TryParse(json, out _, out var refusal));
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.BadText, "content"), refusal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(49, true)]
    [InlineData(50, true)]
    [InlineData(51, false)]
    [InlineData(1_000, false)]
    public void TryParse_Mentions_AreAtMost50(int count, bool expected)
    {
        var json = $$"""{"content":"a","mentions":[{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"u{i}\""))}}]}""";
        if (expected)
            Assert.Equal(count, Read(json).Mentions.Length);
        else
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.TooMany, "mentions"), Refuse(json));
    }

    [Fact]
    public void TryParse_MentionsTwice_KeepTheFirstPlace() =>
        Assert.Equal<UserId[]>(
            [UserId.Parse("b"), UserId.Parse("a"), UserId.Parse("B")],
            [.. Read("""{"content":"a","mentions":["b","a","b","B","a"]}""").Mentions]);

    [Theory]
    [InlineData("1", PayloadFault.WrongType)]
    [InlineData("null", PayloadFault.WrongType)]
    [InlineData("[\"bob\"]", PayloadFault.WrongType)]
    [InlineData("{}", PayloadFault.WrongType)]
    [InlineData("\"\"", PayloadFault.BadFormat)]
    [InlineData("\"a b\"", PayloadFault.BadFormat)]
    [InlineData("\"@bob\"", PayloadFault.BadFormat)]
    [InlineData("\"bób\"", PayloadFault.BadFormat)]
    public void TryParse_MentionThatIsNoUser_NamesItsPlace(string mention, PayloadFault fault) =>
        Assert.Equal(Refusal.InvalidPayload(fault, "mentions[2]"), Refuse($$"""{"content":"a","mentions":["x","y",{{mention}}]}"""));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(63, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void TryParse_ClientIdOfLength_Is1To64(int length, bool expected)
    {
        var json = $$"""{"content":"a","clientId":"{{new string('x', length)}}"}""";
        if (expected)
            Assert.Equal(length, Read(json).ClientId!.Length);
        else
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.BadFormat, "clientId"), Refuse(json));
    }

    [Theory]
    [InlineData("\\u001f", false)]
    [InlineData(" ", true)]
    [InlineData("~", true)]
    [InlineData("\\u007f", false)]
    [InlineData("\\u0080", false)]
    [InlineData("é", false)]
    [InlineData("\\n", false)]
    public void TryParse_ClientIdCharacter_IsPrintableAscii(string character, bool expected) =>
        Assert.Equal(expected, SendMessage.TryParse(Encoding.UTF8.GetBytes($$"""{"content":"a","clientId":"a{{character}}"}"""), out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData("../a")]
    [InlineData("x234567890123456789012345678901234567890123456789012345678901234x")]
    public void TryParse_ThreadIdOutsideItsGrammar_NamesIt(string id) =>
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.BadFormat, "threadId"), Refuse($$"""{"content":"a","threadId":"{{id}}"}"""));

    [Fact]
    public void TryParse_AnyMessage_IsReadAsItWasWritten()
    {
        var text = Gen.String.Where(value => value.Length > 0 && IsText(value));
        var id = Gen.Char["ABCxyz019_-"].Array[1, 64].Select(chars => new string(chars));
        var attachment = Gen.Select(text.Where(value => value.Length <= 255 && !value.Any(char.IsControl)), Gen.Long[0, PayloadLimits.MaxInteger])
            .Select((name, size) => new Attachment(name, size, "application/pdf", new string('0', 64), "https://files.example/1"));
        Gen.Select(text, attachment.Array[0, 10], id.Array[0, 50], id.Null(), id.Null()).Sample(
            (content, attachments, mentions, clientId, thread) =>
            {
                var json = JsonSerializer.SerializeToUtf8Bytes(Members());
                Assert.True(SendMessage.TryParse(json, out var message, out var refusal), refusal?.ToString());
                Assert.Equal(content, message.Content);
                Assert.Equal<Attachment[]>(attachments, [.. message.Attachments]);
                Assert.Equal(mentions.Distinct(), message.Mentions.Select(user => user.Value));
                Assert.Equal(clientId, message.ClientId);
                Assert.Equal(thread, message.Thread?.Value);

                Dictionary<string, object> Members()
                {
                    var members = new Dictionary<string, object>
                    {
                        ["content"] = content,
                        ["attachments"] = attachments.Select(a => new { name = a.Name, size = a.Size, type = a.Type, sha256 = a.Sha256, url = a.Url }),
                        ["mentions"] = mentions,
                    };
                    if (clientId is not null)
                        members["clientId"] = clientId;
                    if (thread is not null)
                        members["threadId"] = thread;
                    return members;
                }
            },
            iter: 2_000);
    }

    private static bool IsText(string value) =>
        !value.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value)) == value;

    private static string Spell(string text, bool escape) =>
        escape ? string.Concat(text.Select(unit => $"\\u{(int)unit:x4}")) : text;

    private static SendMessage Read(string json)
    {
        Assert.True(SendMessage.TryParse(Encoding.UTF8.GetBytes(json), out var message, out var refusal), refusal?.ToString());
        return message;
    }

    private static Refusal Refuse(string json)
    {
        Assert.False(SendMessage.TryParse(Encoding.UTF8.GetBytes(json), out _, out var refusal));
        return refusal;
    }
}
