using System.Text;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Protocol.Tests.Payloads;

/// <summary>Bodies whose members depend on each other.</summary>
public sealed class ChangePlaceTests
{
    [Theory]
    [InlineData("""{"name":"Plans"}""", "Plans", null)]
    [InlineData("""{"archived":true}""", null, true)]
    [InlineData("""{"archived":false,"name":"Plans"}""", "Plans", false)]
    public void ChangePlace_WithOneMemberOrBoth_IsRead(string json, string? name, bool? archived)
    {
        Assert.True(ChangePlace.TryParse(Encoding.UTF8.GetBytes(json), out var value, out _));
        Assert.Equal(new ChangePlace(name, archived), value);
    }

    [Theory]
    [InlineData("{}", null, PayloadFault.Empty)]
    [InlineData("""{"name":null}""", "name", PayloadFault.WrongType)]
    [InlineData("""{"archived":"true"}""", "archived", PayloadFault.WrongType)]
    [InlineData("""{"archived":1}""", "archived", PayloadFault.WrongType)]
    [InlineData("""{"name":"x","name":"y"}""", "name", PayloadFault.DuplicateMember)]
    [InlineData("""{"name":"x","id":"y"}""", null, PayloadFault.UnknownMember)]
    [InlineData("""{"name":" x"}""", "name", PayloadFault.BadFormat)]
    [InlineData("{", null, PayloadFault.NotJson)]
    public void ChangePlace_OfAnotherShape_IsRefused(string json, string? field, PayloadFault fault)
    {
        Assert.False(ChangePlace.TryParse(Encoding.UTF8.GetBytes(json), out _, out var refusal));
        Assert.Equal(Refusal.InvalidPayload(fault, field), refusal);
    }

    [Theory]
    [InlineData("""{"visibility":"direct"}""", "with", PayloadFault.Missing)]
    [InlineData("""{"visibility":"direct","with":"bob","name":"x"}""", "name", PayloadFault.Exclusive)]
    [InlineData("""{"visibility":"public"}""", "name", PayloadFault.Missing)]
    [InlineData("""{"visibility":"private","name":"x","with":"bob"}""", "with", PayloadFault.Exclusive)]
    [InlineData("""{"name":"x"}""", "visibility", PayloadFault.Missing)]
    [InlineData("""{"with":"bob"}""", "visibility", PayloadFault.Missing)]
    [InlineData("""{"visibility":"direct","with":"not an id"}""", "with", PayloadFault.BadFormat)]
    public void CreateChannel_WhoseMembersDoNotGoTogether_IsRefused(string json, string field, PayloadFault fault)
    {
        Assert.False(CreateChannel.TryParse(Encoding.UTF8.GetBytes(json), out _, out var refusal));
        Assert.Equal(Refusal.InvalidPayload(fault, field), refusal);
    }

    [Fact]
    public void Announcement_Empty_IsRefused()
    {
        Assert.False(Announcement.TryParse("""{"content":""}"""u8, out _, out var refusal));
        Assert.Equal(Refusal.InvalidPayload(PayloadFault.Empty, "content"), refusal);
    }
}
