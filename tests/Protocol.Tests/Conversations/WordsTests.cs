using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Tests.Conversations;

public sealed class WordsTests
{
    [Fact]
    public void TryParse_WordOfAValue_GivesTheValue()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            Assert.True(Words<Role>.TryParse(Words<Role>.Of(role), out var read));
            Assert.Equal(role, read);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Admin")]
    [InlineData("ADMIN")]
    [InlineData(" admin")]
    [InlineData("2")]
    [InlineData("admin,member")]
    public void TryParse_AnythingButAnExactWord_IsRefused(string? word) => Assert.False(Words<Role>.TryParse(word, out _));

    [Fact]
    public void Of_ValueThatIsNoneOfTheEnumeration_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Words<Role>.Of((Role)99));
}
