using System.Text;
using CsCheck;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Protocol.Tests.Payloads;

/// <summary>What holds for every client event: its exact shape, and nothing else.</summary>
public sealed class PushShapeTests
{
    private static readonly (string Type, string Json)[] Values =
    [
        ("null", "null"), ("bool", "true"), ("bool", "false"), ("number", "0"), ("number", "-1"), ("number", "1.5"), ("number", "1e9999"),
        ("string", "\"\""), ("string", "\"x\""), ("string", "\"1\""), ("array", "[]"), ("array", "[1]"), ("object", "{}"), ("object", "{\"a\":1}"),
    ];

    public static TheoryData<int> Pushes => [.. Enumerable.Range(0, Push.All.Count)];

    [Theory]
    [MemberData(nameof(Pushes))]
    public void TryParse_EveryMember_IsRead(int index)
    {
        var push = Push.All[index];
        Assert.True(push.TryParse(push.Json(), out var value, out var refusal), refusal?.ToString());
        Assert.NotNull(value);
        Assert.Null(refusal);
    }

    [Theory]
    [MemberData(nameof(Pushes))]
    public void TryParse_OptionalMembersLeftOut_IsRead(int index)
    {
        var push = Push.All[index];
        Assert.True(push.TryParse(push.Json(member => member.Required ? member.Valid : null), out _, out var refusal), refusal?.ToString());
    }

    [Theory]
    [MemberData(nameof(Pushes))]
    public void TryParse_RequiredMemberLeftOut_NamesIt(int index)
    {
        var push = Push.All[index];
        foreach (var missing in push.Members.Where(member => member.Required))
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.Missing, missing.Name), push.Refuse(push.Json(member => member == missing ? null : member.Valid)));
    }

    [Theory]
    [MemberData(nameof(Pushes))]
    public void TryParse_MemberOfAnotherType_NamesIt(int index)
    {
        var push = Push.All[index];
        foreach (var wrong in push.Members)
        {
            foreach (var (_, json) in Values.Where(value => wrong.Type == Push.AnyType ? value.Type == "null" : value.Type != wrong.Type))
            {
                var refusal = push.Refuse(push.Json(member => member == wrong ? json : member.Valid));
                Assert.Equal(Refusal.InvalidPayload(PayloadFault.WrongType, wrong.Name), refusal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pushes))]
    public void TryParse_MemberTwice_NamesIt(int index)
    {
        var push = Push.All[index];
        foreach (var member in push.Members)
        {
            var escaped = $"\\u{(int)member.Name[0]:x4}{member.Name[1..]}";
            foreach (var name in new[] { member.Name, escaped })
            {
                var json = push.Json()[..^1] + $",\"{name}\":{member.Valid}}}";
                Assert.Equal(Refusal.InvalidPayload(PayloadFault.DuplicateMember, member.Name), push.Refuse(json));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pushes))]
    public void TryParse_UnknownMember_IsRefusedWithoutRepeatingIt(int index)
    {
        var push = Push.All[index];
        string[] names =
        [
            "userId", "seq", "role", "createdAt", "at", "by", "tenant", "workspaceId", "channelId", "$type", "__proto__", "constructor", "",
            " content", "Content", "CONTENT", "content ", "\\u0000", "\\ud800", "\\ud83d\\ude00", "editedAt", "deletedAt",
        ];
        foreach (var name in names.Where(name => push.Members.All(member => member.Name != name)))
        {
            var members = push.Json()[1..^1];
            foreach (var json in new[] { $"{{\"{name}\":1{(members.Length > 0 ? "," : "")}{members}}}", $"{{{members}{(members.Length > 0 ? "," : "")}\"{name}\":{{}}}}" })
                Assert.Equal(Refusal.InvalidPayload(PayloadFault.UnknownMember), push.Refuse(json));
        }
    }

    [Theory]
    [MemberData(nameof(Pushes))]
    public void TryParse_NotOneJsonObject_IsRefused(int index)
    {
        var push = Push.All[index];
        var valid = push.Json();
        foreach (var json in new[] { "null", "true", "1", "\"{}\"", "[]", $"[{valid}]" })
            Assert.Equal(Refusal.InvalidPayload(PayloadFault.NotAnObject), push.Refuse(json));

        foreach (var json in new[] { "", " ", "{", "}", "nul", "{]", "\uFEFF" + valid, valid + valid, valid + "x", valid + ",", valid + "//", "/**/" + valid, valid[..^1] + ",}", "{'a':1}", "{a:1}", valid + "\0" })
            Assert.False(push.TryParse(json, out _, out _), json);

        foreach (var json in new[] { $" {valid} ", $"\t\r\n{valid}\n" })
            Assert.True(push.TryParse(json, out _, out _), json);
    }

    [Theory]
    [MemberData(nameof(Pushes))]
    public void TryParse_EveryPrefixOfAPayload_IsRefused(int index)
    {
        var push = Push.All[index];
        var bytes = Encoding.UTF8.GetBytes(push.Json());
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(push.Parse(bytes.AsSpan(0, length), out _, out var refusal));
            Assert.NotNull(refusal);
        }
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    [InlineData(100_000, false)]
    public void TryParse_Nesting_EndsAt16(int arrays, bool expected)
    {
        var json = "{\"config\":{\"a\":" + new string('[', arrays - 1) + new string(']', arrays - 1) + "}}";
        Assert.Equal(expected, JoinParams.TryParse(Encoding.UTF8.GetBytes(json), TopicKind.Channel, out _, out var refusal));
        Assert.Equal(expected ? null : Refusal.InvalidPayload(PayloadFault.NotJson), refusal);
    }

    // The bytes of what is refused appear nowhere in the answer.
    [Theory]
    [MemberData(nameof(Pushes))]
    public void TryParse_MutatedPayload_NeverThrowsNorEchoes(int index)
    {
        var push = Push.All[index];
        var valid = Encoding.UTF8.GetBytes(push.Json());
        var noise = Gen.Select(Gen.Int[0, valid.Length], Gen.Int[0, 4], Gen.Byte.Array[0, 6]);
        noise.Array[1, 4].Sample(
            cuts =>
            {
                var json = valid.ToList();
                foreach (var (at, remove, insert) in cuts)
                {
                    var from = Math.Min(at, json.Count);
                    json.RemoveRange(from, Math.Min(remove, json.Count - from));
                    json.InsertRange(from, insert);
                }

                AssertOneAnswer(push, [.. json]);
            },
            iter: 5_000);
    }

    [Theory]
    [MemberData(nameof(Pushes))]
    public void TryParse_RandomJson_NeverThrows(int index)
    {
        var push = Push.All[index];
        var name = Gen.OneOf<string>([.. push.Members.Select(member => member.Name), "x", "\\ud800"]);
        var value = Gen.OneOf<string>([.. Values.Select(value => value.Json), .. push.Members.Select(member => member.Valid), "\"\\ud800\"", "-0", "9007199254740992", "[[[]]]"]);
        Gen.Select(name, value).Array[0, 6].Sample(
            members => AssertOneAnswer(push, Encoding.UTF8.GetBytes("{" + string.Join(',', members.Select(m => $"\"{m.Item1}\":{m.Item2}")) + "}")),
            iter: 5_000);
        Gen.Byte.Array[0, 64].Sample(json => AssertOneAnswer(push, json), iter: 2_000);
    }

    private static void AssertOneAnswer(Push push, byte[] json)
    {
        var read = push.Parse(json, out var value, out var refusal);
        Assert.Equal(read, value is not null);
        Assert.Equal(read, refusal is null);
        if (refusal is { Field: { } field })
            Assert.Contains(push.Members, member => field == member.Name || field.StartsWith(member.Name + "[", StringComparison.Ordinal));
    }
}
