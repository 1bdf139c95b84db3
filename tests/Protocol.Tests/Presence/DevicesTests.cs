using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Protocol.Tests.Presence;

/// <summary>Sets of devices, their words, and who can be tracked.</summary>
public sealed class DevicesTests
{
    [Fact]
    public void Each_OfEverySet_IsInOrderAndWhatItContains()
    {
        for (byte bits = 0; bits < 8; bits++)
        {
            Assert.True(Devices.TryFrom(bits, out var devices));
            Assert.Equal(Enum.GetValues<Device>().Where(devices.Contains), devices.Each());
            Assert.Equal(devices, devices.Each().Aggregate(Devices.None, (sum, device) => sum.Union(Devices.Of(device))));
            Assert.True(devices.Except(devices).IsEmpty);
            if (!devices.IsEmpty)
                Assert.Equal(devices.Each().First(), devices.First());
        }

        for (var bits = 8; bits < 256; bits++)
            Assert.False(Devices.TryFrom((byte)bits, out _));
        Assert.Throws<InvalidOperationException>(() => Devices.None.First());
    }

    [Fact]
    public void TryParse_WordsOfTheContract_AreDevices()
    {
        foreach (var device in Enum.GetValues<Device>())
        {
            Assert.True(PresenceWords.TryParse(PresenceWords.Text(device), out Device read));
            Assert.Equal(device, read);
        }

        Assert.True(PresenceWords.TryParse(null, out Device unsaid));
        Assert.Equal(Device.Web, unsaid);
        foreach (var other in new[] { "", "Web", "tablet", "web " })
            Assert.False(PresenceWords.TryParse(other, out Device _));
    }

    [Theory]
    [InlineData("__proto__", false)]
    [InlineData("constructor", false)]
    [InlineData("toString", false)]
    [InlineData("valueOf", false)]
    [InlineData("hasOwnProperty", false)]
    [InlineData("isPrototypeOf", false)]
    [InlineData("propertyIsEnumerable", false)]
    [InlineData("toLocaleString", false)]
    [InlineData("__defineGetter__", false)]
    [InlineData("__defineSetter__", false)]
    [InlineData("__lookupGetter__", false)]
    [InlineData("__lookupSetter__", false)]
    [InlineData("prototype", true)]
    [InlineData("tostring", true)]
    [InlineData("alice", true)]
    public void IsTracked_NamesOfObjectPrototype_AreNot(string user, bool isTracked) =>
        Assert.Equal(isTracked, PresenceKey.IsTracked(UserId.Parse(user)));
}
