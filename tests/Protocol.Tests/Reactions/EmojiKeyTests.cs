using System.Globalization;
using System.Text;
using CsCheck;
using QuikApp.Protocol.Reactions;

namespace QuikApp.Protocol.Tests.Reactions;

public sealed class EmojiKeyTests
{
    [Fact]
    public void Forms_OfTheStandard_AreAllThere()
    {
        Assert.Equal(3655, EmojiForms.All.Count(form => form.Status == "fully-qualified"));
        Assert.Equal(827, EmojiForms.All.Count(form => form.Status == "minimally-qualified"));
        Assert.Equal(242, EmojiForms.All.Count(form => form.Status == "unqualified"));
        Assert.Equal(9, EmojiForms.All.Count(form => form.Status == "component"));
    }

    [Fact]
    public void TryCanonicalize_EveryFullyQualifiedEmoji_IsItsOwnKey()
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, text) in EmojiForms.All.Where(form => form.Status == "fully-qualified"))
        {
            Assert.True(EmojiKey.TryCanonicalize(text, out var key), Escape(text));
            Assert.Equal(text, key);
            Assert.True(keys.Add(key), "two emoji under one key: " + Escape(text));
            Assert.InRange(Encoding.UTF8.GetByteCount(key), 1, EmojiKey.MaxBytes);
        }
    }

    // The file lists the lesser forms of an emoji right after its fully-qualified one.
    [Fact]
    public void TryCanonicalize_EveryLesserForm_HasTheKeyOfItsFullyQualifiedOne()
    {
        var expected = "";
        foreach (var (status, text) in EmojiForms.All.Where(form => form.Status != "component"))
        {
            if (status == "fully-qualified")
                expected = text;
            Assert.True(EmojiKey.TryCanonicalize(text, out var key), Escape(text));
            Assert.Equal(expected, key);
        }
    }

    [Fact]
    public void TryCanonicalize_EveryComponent_IsRefused()
    {
        foreach (var (_, text) in EmojiForms.All.Where(form => form.Status == "component"))
            Assert.False(EmojiKey.TryCanonicalize(text, out _), Escape(text));
    }

    [Fact]
    public void TryCanonicalize_EveryEmojiTwiceOrWithTextStyle_IsRefused()
    {
        foreach (var (_, text) in EmojiForms.All)
        {
            Assert.False(EmojiKey.TryCanonicalize(text + text, out _), Escape(text));
            Assert.False(EmojiKey.TryCanonicalize(text + "\uFE0E", out _), Escape(text));
            Assert.False(EmojiKey.TryCanonicalize(text + " ", out _), Escape(text));
            Assert.False(EmojiKey.TryCanonicalize("\uFE0F" + text, out _), Escape(text));
        }
    }

    [Theory]
    [InlineData("\U0001F44D\U0001F3FD\uFE0F", "\U0001F44D\U0001F3FD")]
    [InlineData("\U0001F44D\uFE0F\U0001F3FD", "\U0001F44D\U0001F3FD")]
    [InlineData("\U0001F600\uFE0F", "\U0001F600")]
    [InlineData("\u2764", "\u2764\uFE0F")]
    [InlineData("#\u20E3", "#\uFE0F\u20E3")]
    [InlineData("1\u20E3", "1\uFE0F\u20E3")]
    public void TryCanonicalize_SelectorTooManyOrTooFew_IsTheSameEmoji(string input, string expected)
    {
        Assert.True(EmojiKey.TryCanonicalize(input, out var key));
        Assert.Equal(expected, key);
    }

    [Theory]
    [InlineData("thumbsup", "thumbsup")]
    [InlineData(":thumbsup:", "thumbsup")]
    [InlineData("+1", "+1")]
    [InlineData(":-1:", "-1")]
    [InlineData("100", "100")]
    [InlineData("a", "a")]
    [InlineData(":a:", "a")]
    [InlineData("woman-raising-hand_2", "woman-raising-hand_2")]
    public void TryCanonicalize_Shortcode_DropsItsColons(string input, string expected)
    {
        Assert.True(EmojiKey.TryCanonicalize(input, out var key));
        Assert.Equal(expected, key);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(63, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void TryCanonicalize_ShortcodeOfLength_IsRefusedAbove64(int length, bool expected)
    {
        var name = new string('x', length);
        Assert.Equal(expected, EmojiKey.TryCanonicalize(name, out _));
        Assert.Equal(expected, EmojiKey.TryCanonicalize($":{name}:", out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(":")]
    [InlineData("::")]
    [InlineData(":::")]
    [InlineData(":thumbsup")]
    [InlineData("thumbsup:")]
    [InlineData("::thumbsup::")]
    [InlineData("ThumbsUp")]
    [InlineData("thumbs up")]
    [InlineData("thumbsup\n")]
    [InlineData("ｔｈｕｍｂｓｕｐ")]
    [InlineData("thumbsuр")] // the last letter is Cyrillic
    [InlineData("#")]
    [InlineData("*")]
    [InlineData("1\uFE0F")]
    [InlineData("1\uFE0F\uFE0F\u20E3")]
    [InlineData("\u20E3")]
    [InlineData("a\u20E3")]
    [InlineData("\uFE0F")]
    [InlineData("\uFE0E")]
    [InlineData("\u2764\uFE0E")]
    [InlineData("\u2764\uFE0F\uFE0F")]
    [InlineData("\u200D")]
    [InlineData("\U0001F1E9")] // half a flag
    [InlineData("\U0001F1E9\uFE0F\U0001F1EA")]
    [InlineData("\U0001F1FD\U0001F1FD")] // a flag of no region
    [InlineData("\U0001F3F4\U000E0067\U000E0062")] // a tag sequence without its end
    [InlineData("\U0001F600\u200D")]
    [InlineData("\U0001F600\u200D\U0001F600")]
    [InlineData("\U0001F600\U0001F3FD")] // a face takes no skin tone
    [InlineData("\U0001F44D\U0001F3FD\U0001F3FD")]
    [InlineData("\U0001F44D\u200B")]
    [InlineData("\u202E\U0001F44D")]
    [InlineData("\uD83D")]
    [InlineData("\uDC4D")]
    [InlineData("\uDC4D\uD83D")]
    [InlineData("\uFFFF")]
    [InlineData("é")]
    [InlineData("e\u0301")]
    [InlineData("☎1")]
    [InlineData("Ω")]
    [InlineData("\0")]
    public void TryCanonicalize_AnythingElse_IsRefused(string? input)
    {
        Assert.False(EmojiKey.TryCanonicalize(input, out var key));
        Assert.Equal("", key);
    }

    // Object.prototype's own names in every engine; in whatever case, since some clients fold it.
    [Theory]
    [InlineData("constructor")]
    [InlineData(":constructor:")]
    [InlineData("prototype")]
    [InlineData("__proto__")]
    [InlineData("toString")]
    [InlineData("tostring")]
    [InlineData("valueof")]
    [InlineData("hasownproperty")]
    [InlineData("isprototypeof")]
    [InlineData("propertyisenumerable")]
    [InlineData("tolocalestring")]
    [InlineData("__definegetter__")]
    [InlineData("__definesetter__")]
    [InlineData("__lookupgetter__")]
    [InlineData("__lookupsetter__")]
    public void TryCanonicalize_NameOfEveryObject_IsRefused(string input) =>
        Assert.False(EmojiKey.TryCanonicalize(input, out _));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(200)]
    public void TryCanonicalize_JoinedChainOutsideTheSet_IsRefused(int joins) =>
        Assert.False(EmojiKey.TryCanonicalize(string.Join('\u200D', Enumerable.Repeat("\U0001F436", joins + 1)), out _));

    [Fact]
    public void TryCanonicalize_TenThousandCombiningMarks_IsRefused() =>
        Assert.False(EmojiKey.TryCanonicalize("\U0001F44D" + new string('\u0301', 10_000), out _));

    [Fact]
    public void TryCanonicalize_AnyString_GivesAKeyThatIsItsOwnOrNone()
    {
        var pieces = Gen.OneOf<string>("\uFE0F", "\uFE0E", "\u200D", "\u20E3", "\uD83D", "\uDC4D", "\U0001F3FD", "\U0001F1E9", "\U0001F1EA",
            "\U000E0067", "\U000E007F", "\U0001F44D", "\u2764", "\U0001F468", "1", "#", ":", "a", "\u0301", "\0");
        Gen.OneOf(Gen.String, pieces.Array[0, 8].Select(string.Concat)).Sample(
            input =>
            {
                if (EmojiKey.TryCanonicalize(input, out var key))
                    Assert.True(EmojiKey.TryCanonicalize(key, out var again) && again == key);
            },
            iter: 20_000);
    }

    private static string Escape(string text) =>
        string.Join(' ', text.Select(unit => ((int)unit).ToString("X4", CultureInfo.InvariantCulture)));
}
