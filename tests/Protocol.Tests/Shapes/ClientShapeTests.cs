using CsCheck;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Tests.Payloads;

namespace QuikApp.Protocol.Tests.Shapes;

/// <summary>
/// The shape of a client's payload says what its parser does: it takes all that the parser takes, and refuses what the parser
/// refuses, but for what a schema cannot say.
/// </summary>
public sealed class ClientShapeTests
{
    private static readonly string Sha256 = new('a', 64);

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "50", "100", "101", "1.5", "9007199254740991", "9007199254740992",
        "\"\"", "\" \"", "\"x\"", "\"a b\"", "\"a\\nb\"", "\"a\\u0000b\"", "\"a\\u2028b\"", "\"a\\u202eb\"", "\"\\u00e9\"", "\"\\uD83D\\uDC4D\"", "\"thumbsup\"",
        $"\"{new string('x', 64)}\"", $"\"{new string('x', 65)}\"", $"\"{new string('x', 80)}\"", $"\"{new string('x', 128)}\"", $"\"{new string('x', 129)}\"",
        $"\"{new string('x', 8_192)}\"", $"\"{new string('x', 8_193)}\"", $"\"{new string('x', 16_384)}\"", $"\"{new string('x', 16_385)}\"",
        "\"add\"", "\"Add\"", "\"remove\"", "\"audio\"", "\"video\"", "\"offer\"", "\"answer\"", "\"ice-candidate\"", "\"compact\"", "\"full\"", "\"events\"",
        "\"phoenix\"", "\"online\"", "\"away\"", "\"dnd\"", "\"donotdisturb\"", "\"invisible\"", "\"public\"", "\"private\"",
        "\"2026-11-22T10:00:00Z\"", "\"2026-11-22t10:00:00.123456789+01:00\"", "\"2026-11-22\"", "\"2026-11-22T10:00:00\"",
        "[]", "[null]", "[1]", "[\"bob\"]", "[\"a b\"]", List("\"bob\"", 50), List("\"bob\"", 51), "{}", "{\"a\":[1]}",
        List(Push.Attachment, 1), List(Push.Attachment, 10), List(Push.Attachment, 11), "[{}]",
        .. AttachmentsWith("name", "\"\"", "1", "null", "\"a\\nb\"", $"\"{new string('n', 255)}\"", $"\"{new string('n', 256)}\""),
        .. AttachmentsWith("size", "\"1\"", "null", "0", "-1", "1.5", "9007199254740992"),
        .. AttachmentsWith("type", "1", "\"\"", "\"text\"", "\"text/plain\"", "\"text/plain; charset=utf-8\"", "\"audio/webm;codecs=\\\"vp8, opus\\\"\"", "\"text/plain;\"", "\"/\""),
        .. AttachmentsWith("sha256", "1", "\"\"", $"\"{Sha256[1..]}\"", $"\"{Sha256.ToUpperInvariant()}\"", $"\"{Sha256}a\""),
        .. AttachmentsWith("url", "1", "\"\"", "\"ftp://a/b\"", "\"HTTP://a/b\"", "\"https://a/b c\"", "\"https://a/\\\\b\"", "\"https://a/\\u00e9\"", "\"//a/b\""),
        .. AttachmentsWith("extra", "1"),
    ];

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, ClientShapes.All.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Shape_EachMemberWithEachValue_IsJudgedAsTheParserJudges(int index)
    {
        var (push, schema) = At(index);
        Assert.True(Judge(push, schema, push.Json()));
        foreach (var changed in push.Members)
        {
            Judge(push, schema, push.Json(member => member == changed ? null : member.Valid));
            var taken = Values.Count(value => Judge(push, schema, push.Json(member => member == changed ? value : member.Valid)));
            // A member that takes everything or nothing was not looked at.
            Assert.InRange(taken, 1, Values.Length - 1);
        }

        foreach (var unknown in new[] { "userId", "seq", "role", "createdAt", "Content", "__proto__" }.Where(name => push.Members.All(member => member.Name != name)))
            Assert.False(Judge(push, schema, $"{{\"{unknown}\":1{string.Concat(push.Members.Select(m => $",\"{m.Name}\":{m.Valid}"))}}}"));
        foreach (var other in new[] { "null", "true", "1", "\"x\"", "[]" })
            Assert.False(Judge(push, schema, other));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Shape_RandomMembersAndValues_IsJudgedAsTheParserJudges(int index)
    {
        var (push, schema) = At(index);
        var value = Gen.OneOf<string?>([null, .. Values.Where(value => value.Length < 1_000)]);
        Gen.Select(value, Gen.Int[0, 2]).Array[push.Members.Length].Sample(
            picks =>
            {
                // Two of three values are right: else no payload of several members would be.
                Judge(push, schema, push.Json(member => picks[Array.IndexOf(push.Members, member)] is (var wild, 0) ? wild : member.Valid));
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void Shape_WhatExcludesOrNeedsAnother_IsSaid()
    {
        var (history, range) = At("history");
        Assert.False(Judge(history, range, """{"before":9,"after":3}"""));
        var (send, message) = At("message:send");
        Assert.False(Judge(send, message, """{"content":""}"""));
        Assert.False(Judge(send, message, """{"content":"","attachments":[]}"""));
        Assert.True(Judge(send, message, $$"""{"content":"","attachments":[{{Push.Attachment}}]}"""));
    }

    // Whether the parser took it, which the schema must have said too.
    private static bool Judge(Push push, StrictSchema schema, string json)
    {
        var isTaken = push.TryParse(json, out _, out var refusal);
        var isValid = schema.Accepts(json);
        if (isTaken || !IsBeyondSchemas(refusal!, json))
            Assert.True(isTaken == isValid, $"{push.Name}: the parser says {refusal?.Detail ?? refusal?.Reason.ToString() ?? "yes"} to {json[..Math.Min(json.Length, 300)]}");
        return isTaken;
    }

    // Which emoji there are; bytes of JSON; and blanks at the ends of a name, which an expression could say and nobody would understand.
    private static bool IsBeyondSchemas(Refusal refusal, string json) =>
        refusal.Reason == Reason.InvalidReaction
        || refusal == Refusal.PayloadTooLarge("data")
        || (refusal.Field == "name" && json.Contains("\" \"", StringComparison.Ordinal));

    private static (Push Push, StrictSchema Schema) At(int index) => (ClientShapes.All[index].Push, new StrictSchema(ClientShapes.All[index].Shape));

    private static (Push Push, StrictSchema Schema) At(string name) =>
        ClientShapes.All.Where(pair => pair.Push.Name == name).Select(pair => (pair.Push, new StrictSchema(pair.Shape))).Single();

    private static string List(string item, int count) => $"[{string.Join(',', Enumerable.Repeat(item, count))}]";

    private static IEnumerable<string> AttachmentsWith(string member, params string[] values)
    {
        var valid = new Dictionary<string, string>
        {
            ["name"] = "\"a.png\"",
            ["size"] = "3",
            ["type"] = "\"image/png\"",
            ["sha256"] = $"\"{Sha256}\"",
            ["url"] = "\"https://files.example/a.png\"",
        };
        return values.Select(value =>
        {
            var with = new Dictionary<string, string>(valid) { [member] = value };
            return $"[{{{string.Join(',', with.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}]";
        });
    }
}
