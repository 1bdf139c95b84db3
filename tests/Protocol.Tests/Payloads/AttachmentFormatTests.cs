using System.Text;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Protocol.Tests.Payloads;

public sealed class AttachmentFormatTests
{
    private static readonly (string Name, string Valid)[] Members =
    [
        ("name", "\"a.png\""), ("size", "3"), ("type", "\"image/png\""), ("sha256", $"\"{new string('a', 64)}\""), ("url", "\"https://files.example/a.png\""),
    ];

    private static readonly string[] Values = ["null", "true", "0", "\"x\"", "[]", "{}"];

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(9, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Attachments_AreAtMost10(int count, bool expected)
    {
        var json = $$"""{"content":"a","attachments":[{{string.Join(',', Enumerable.Repeat(Push.Attachment, count))}}]}""";
        Assert.Equal(expected ? null : Refusal.InvalidPayload(PayloadFault.TooMany, "attachments"), Parse(json));
    }

    [Fact]
    public void Member_OfAnotherType_NamesItsPlace()
    {
        foreach (var (name, valid) in Members)
        {
            foreach (var wrong in Values.Where(value => value[0] != valid[0] && !(char.IsDigit(value[0]) && char.IsDigit(valid[0]))))
                Assert.Equal(Refusal.InvalidPayload(PayloadFault.WrongType, $"attachments[1].{name}"), WithSecond(name, wrong));
        }
    }

    [Fact]
    public void Member_LeftOutTwiceOrUnknown_IsRefused()
    {
        foreach (var (name, _) in Members)
        {
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.Missing, $"attachments[1].{name}"), WithSecond(name, null));
            var twice = Push.Attachment[..^1] + "," + Push.Attachment[1..];
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.DuplicateMember, "attachments[0].name"), Parse($$"""{"content":"a","attachments":[{{twice}}]}"""));
        }

        foreach (var unknown in new[] { "uploadedBy", "$type", "__proto__", "Name", "id" })
        {
            var more = Push.Attachment[..^1] + $",\"{unknown}\":1}}";
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.UnknownMember, "attachments[0]"), Parse($$"""{"content":"a","attachments":[{{more}}]}"""));
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"a.png\"")]
    [InlineData("[]")]
    public void Item_ThatIsNoObject_NamesItsPlace(string item) =>
        Assert.Equal(
            Refusal.InvalidPayload(PayloadFault.WrongType, "attachments[1]"),
            Parse($$"""{"content":"a","attachments":[{{Push.Attachment}},{{item}}]}"""));

    [Theory]
    [InlineData("0", null)]
    [InlineData("9007199254740991", null)]
    [InlineData("9007199254740992", PayloadFault.OutOfRange)]
    [InlineData("9223372036854775808", PayloadFault.OutOfRange)]
    [InlineData("-1", PayloadFault.OutOfRange)]
    [InlineData("-0", PayloadFault.OutOfRange)]
    [InlineData("1.0", PayloadFault.WrongType)]
    [InlineData("1e3", PayloadFault.WrongType)]
    public void Size_IsAWholeNumberBelow2To53(string size, PayloadFault? fault) => AssertFault("size", size, fault);

    [Theory]
    [InlineData("\"\"", PayloadFault.BadFormat)]
    [InlineData("\"x\"", null)]
    [InlineData("\"Пример 1 – ‫عربي‬.pdf\"", null)]
    [InlineData("\"a\\nb\"", PayloadFault.BadFormat)]
    [InlineData("\"a\\u007f\"", PayloadFault.BadFormat)]
    [InlineData("\"a\\u0085\"", PayloadFault.BadFormat)]
    public void Name_IsTextWithoutControls(string name, PayloadFault? fault) => AssertFault("name", name, fault);

    [Theory]
    [InlineData(254, null)]
    [InlineData(255, null)]
    [InlineData(256, PayloadFault.BadFormat)]
    public void Name_IsAtMost255Long(int length, PayloadFault? fault) => AssertFault("name", $"\"{new string('x', length)}\"", fault);

    [Theory]
    [InlineData("image/png", null)]
    [InlineData("application/vnd.openxmlformats-officedocument.wordprocessingml.document", null)]
    [InlineData("image/svg+xml", null)]
    [InlineData("text/plain;charset=utf-8", null)]
    [InlineData("audio/webm; codecs=opus", null)]
    [InlineData("video/mp4; codecs=\\\"avc1.42E01E, mp4a.40.2\\\"", null)]
    [InlineData("", PayloadFault.BadFormat)]
    [InlineData("png", PayloadFault.BadFormat)]
    [InlineData("image/", PayloadFault.BadFormat)]
    [InlineData("/png", PayloadFault.BadFormat)]
    [InlineData("image/png/x", PayloadFault.BadFormat)]
    [InlineData("image /png", PayloadFault.BadFormat)]
    [InlineData(" image/png", PayloadFault.BadFormat)]
    [InlineData("image/png\\n", PayloadFault.BadFormat)]
    [InlineData("image/png;", PayloadFault.BadFormat)]
    [InlineData("image/png;a", PayloadFault.BadFormat)]
    [InlineData("image/png;a=\\\"b", PayloadFault.BadFormat)]
    [InlineData("imagé/png", PayloadFault.BadFormat)]
    [InlineData("*/*", PayloadFault.BadFormat)]
    public void Type_IsAMediaType(string type, PayloadFault? fault) => AssertFault("type", $"\"{type}\"", fault);

    [Theory]
    [InlineData(127, null)]
    [InlineData(128, PayloadFault.BadFormat)]
    public void Type_NamesAreAtMost127Long(int length, PayloadFault? fault)
    {
        AssertFault("type", $"\"{new string('x', length)}/{new string('y', 127)}\"", fault);
        AssertFault("type", $"\"x/{new string('y', length)}\"", fault);
    }

    [Theory]
    [InlineData(255, null)]
    [InlineData(256, PayloadFault.BadFormat)]
    public void Type_IsAtMost255Long(int length, PayloadFault? fault) => AssertFault("type", $"\"a/b;c={new string('d', length - 6)}\"", fault);

    [Theory]
    [InlineData(63, 'a', PayloadFault.BadFormat)]
    [InlineData(64, 'a', null)]
    [InlineData(64, '9', null)]
    [InlineData(64, 'A', PayloadFault.BadFormat)]
    [InlineData(64, 'g', PayloadFault.BadFormat)]
    [InlineData(65, 'a', PayloadFault.BadFormat)]
    public void Sha256_Is64LowerCaseDigits(int length, char digit, PayloadFault? fault) => AssertFault("sha256", $"\"{new string(digit, length)}\"", fault);

    [Theory]
    [InlineData("https://a", null)]
    [InlineData("http://localhost:8080/f?x=1#y", null)]
    [InlineData("HTTPS://files.example/%E2%82%AC", null)]
    [InlineData("https://[::1]/a", null)]
    [InlineData("", PayloadFault.BadFormat)]
    [InlineData("files.example/a", PayloadFault.BadFormat)]
    [InlineData("//files.example/a", PayloadFault.BadFormat)]
    [InlineData("/a", PayloadFault.BadFormat)]
    [InlineData("https:files.example", PayloadFault.BadFormat)]
    [InlineData("https:///a", PayloadFault.BadFormat)]
    [InlineData("https://", PayloadFault.BadFormat)]
    [InlineData("javascript:alert(1)", PayloadFault.BadFormat)]
    [InlineData("data:text/html,x", PayloadFault.BadFormat)]
    [InlineData("file:///etc/passwd", PayloadFault.BadFormat)]
    [InlineData("ftp://files.example/a", PayloadFault.BadFormat)]
    [InlineData(" https://files.example/a", PayloadFault.BadFormat)]
    [InlineData("https://files.example/a\\n", PayloadFault.BadFormat)]
    [InlineData("https://files.example/a b", PayloadFault.BadFormat)]
    [InlineData("https://fïles.example/a", PayloadFault.BadFormat)]
    [InlineData("https://user:secret@files.example/a", PayloadFault.BadFormat)]
    [InlineData("https://bank.example@evil.example/a", PayloadFault.BadFormat)]
    [InlineData("https:\\\\\\\\files.example/a", PayloadFault.BadFormat)]
    [InlineData("https://files.example:99999/a", PayloadFault.BadFormat)]
    public void Url_IsAnAbsoluteWebAddress(string url, PayloadFault? fault) => AssertFault("url", $"\"{url}\"", fault);

    [Theory]
    [InlineData(2047, null)]
    [InlineData(2048, null)]
    [InlineData(2049, PayloadFault.BadFormat)]
    public void Url_IsAtMost2048Long(int length, PayloadFault? fault) => AssertFault("url", $"\"https://a/{new string('x', length - 10)}\"", fault);

    private static void AssertFault(string name, string value, PayloadFault? fault) =>
        Assert.Equal(fault is null ? null : Refusal.InvalidPayload(fault.Value, $"attachments[1].{name}"), WithSecond(name, value));

    private static Refusal? WithSecond(string name, string? value)
    {
        var members = Members.Select(member => (member.Name, Value: member.Name == name ? value : member.Valid)).Where(member => member.Value is not null);
        var attachment = "{" + string.Join(',', members.Select(member => $"\"{member.Name}\":{member.Value}")) + "}";
        return Parse($$"""{"content":"a","attachments":[{{Push.Attachment}},{{attachment}}]}""");
    }

    private static Refusal? Parse(string json) =>
        SendMessage.TryParse(Encoding.UTF8.GetBytes(json), out _, out var refusal) ? null : refusal;
}
