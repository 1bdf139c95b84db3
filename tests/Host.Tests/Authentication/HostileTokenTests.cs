namespace QuikApp.Host.Tests.Authentication;

public sealed class HostileTokenTests
{
    /// <summary>Parts shorter than this, such as the AA of a made-up signature, would be found in innocent words.</summary>
    private const int ShortestTrace = 8;

    public static TheoryData<int, string> Table
    {
        get
        {
            var table = new TheoryData<int, string>();
            for (var i = 0; i < HostileTokens.All.Count; i++)
                table.Add(i, Printable(HostileTokens.All[i].Name));
            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Enter_HostileToken_IsRefusedForItsCauseAndLeavesNoTrace(int index, string name)
    {
        var hostile = HostileTokens.All[index];
        using var gate = hostile.Keys switch
        {
            HostileKeys.Symmetric => Gate.Symmetric("mac"),
            HostileKeys.UnnamedSymmetric => Gate.Symmetric(kid: null),
            _ => Gate.Asymmetric(),
        };

        var result = await gate.EnterAsync(hostile.Text);

        Assert.False(result.IsAccepted, name);
        Assert.Equal(hostile.Cause, result.Cause);
        Assert.Contains(gate.Lines, line => line.Contains($"TokenRefused {hostile.Cause} over websocket from 192.0.2.7", StringComparison.Ordinal));
        var traces = hostile.Text.Split('.').Where(part => part.Length >= ShortestTrace)
            .Select(part => part[..Math.Min(part.Length, 40)]).Append(HostileTokens.Canary);
        foreach (var trace in traces)
            Assert.DoesNotContain(gate.Lines, line => line.Contains(trace, StringComparison.Ordinal));
    }

    [Fact]
    public void Table_IsAsLongAsPromised() => Assert.True(HostileTokens.All.Count >= 80, $"{HostileTokens.All.Count}");

    [Fact]
    public async Task Enter_TheSameTokensUnharmed_AreAccepted()
    {
        using var gate = Gate.Asymmetric();
        Assert.True((await gate.EnterAsync(TestKeys.Forge("""{"alg":"RS256","typ":"at+jwt","kid":"rsa"}""", HostileTokens.GoodClaims, TestKeys.Rs256))).IsAccepted);
        Assert.True((await gate.EnterAsync(TestKeys.Forge("""{"alg":"PS256","typ":"JWT","kid":"pss"}""", HostileTokens.GoodClaims, TestKeys.Ps256))).IsAccepted);
        Assert.True((await gate.EnterAsync(TestKeys.Forge("""{"alg":"ES256","typ":"application/AT+JWT","kid":"ec"}""", HostileTokens.GoodClaims, TestKeys.Es256))).IsAccepted);
        using var named = Gate.Symmetric("mac");
        Assert.True((await named.EnterAsync(TestKeys.Forge("""{"alg":"HS256","typ":"JWT","kid":"mac"}""", HostileTokens.GoodClaims, TestKeys.Hs256))).IsAccepted);
        using var unnamed = Gate.Symmetric(kid: null);
        Assert.True((await unnamed.EnterAsync(TestKeys.Forge("""{"alg":"HS256","typ":"JWT"}""", HostileTokens.GoodClaims, TestKeys.Hs256))).IsAccepted);
    }

    [Fact]
    public async Task Validate_EveryPrefixAndEveryFlippedLetterOfAGoodToken_IsRefused()
    {
        using var gate = Gate.Asymmetric();
        var good = TestKeys.Forge("""{"alg":"ES256","typ":"JWT","kid":"ec"}""", HostileTokens.GoodClaims, TestKeys.Es256);
        Assert.True((await gate.Validator.ValidateAsync(good)).IsAccepted);
        for (var i = 0; i < good.Length; i++)
        {
            Assert.False((await gate.Validator.ValidateAsync(good[..i])).IsAccepted, $"prefix of {i}");
            var flipped = string.Concat(good.AsSpan(0, i), good[i] == 'B' ? "C" : "B", good.AsSpan(i + 1));
            Assert.False((await gate.Validator.ValidateAsync(flipped)).IsAccepted, $"flipped {i}");
        }
    }

    [Fact]
    public async Task Validate_TokenOf300KB_CostsNothing()
    {
        using var gate = Gate.Asymmetric();
        var huge = new string('a', 300_000);
        await gate.Validator.ValidateAsync(huge);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            await gate.Validator.ValidateAsync(huge);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000 * 512);
    }

    private static string Printable(string name) => string.Concat(name.Select(c => c is >= ' ' and < '\x7f' ? c : '?'));
}
