using System.Runtime.Serialization;
using Akka.Actor;
using QuikApp.Actors.LongPoll;

namespace QuikApp.Actors.Tests.LongPoll;

public sealed class LongPollSerializerTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("long-poll-serializer");

    public static TheoryData<string> Messages => new(typeof(LongPollMessages).GetNestedTypes(System.Reflection.BindingFlags.NonPublic)
        .Where(type => type.IsClass && typeof(LongPollMessages.IWireMessage).IsAssignableFrom(type))
        .Select(type => type.Name));

    [Theory]
    [MemberData(nameof(Messages))]
    public void RoundTrip_EachMessage_IsTheSame(string type)
    {
        var serializer = new LongPollSerializer((ExtendedActorSystem)_system);
        var message = Example(type);
        var read = serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message));
        Assert.Equal(message.GetType(), read.GetType());
        Assert.Equal(Text(message), Text(read));
    }

    [Fact]
    public void FromBinary_UnknownManifest_IsRefused() =>
        Assert.Throws<SerializationException>(() => new LongPollSerializer((ExtendedActorSystem)_system).FromBinary([], "System.String"));

    public void Dispose() => _system.Dispose();

    private static object Example(string type) => type switch
    {
        nameof(LongPollMessages.Poll) => new LongPollMessages.Poll("00ff", "alice", long.MaxValue),
        nameof(LongPollMessages.Push) => new LongPollMessages.Push("00ff", "alice", 3, [new(false, "[1]"u8.ToArray()), new(true, new byte[] { 0, 255 })]),
        nameof(LongPollMessages.Polled) => new LongPollMessages.Polled(PollStatus.Ok, [new(false, "[2]"u8.ToArray()), new(true, new byte[] { 7 })], 9, 4409, "why"),
        nameof(LongPollMessages.Pushed) => new LongPollMessages.Pushed(PollStatus.Malformed, 7),
        _ => throw new InvalidOperationException($"{type} has no example"),
    };

    // Records compare lists by reference.
    private static string Text(object message)
    {
        var frames = message switch
        {
            LongPollMessages.Push push => push.Frames,
            LongPollMessages.Polled polled => polled.Frames,
            _ => [],
        };
        var bare = message switch
        {
            LongPollMessages.Push push => push with { Frames = [] },
            LongPollMessages.Polled polled => polled with { Frames = [] },
            _ => message,
        };
        return bare.ToString()!.Replace("PollFrame[]", "", StringComparison.Ordinal)
            + string.Join('|', frames.Select(frame => $"{frame.IsBinary} {Convert.ToHexString(frame.Bytes.Span)}"));
    }
}
