using System.Reflection;
using System.Runtime.Serialization;
using Akka.Actor;
using CsCheck;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Tests.Serialization;

public sealed class ConversationSerializerTests(RemotingSystem remoting) : IClassFixture<RemotingSystem>
{
    private static readonly string GoldenFile = Path.Combine(AppContext.BaseDirectory, "Serialization", "conversation-messages.txt");

    private readonly ConversationSerializer _serializer = new(remoting.System);

    public static TheoryData<string> Messages => new(MessageTypes.Select(type => type.Name));

    private static IEnumerable<Type> MessageTypes => typeof(ConversationMessages)
        .GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
        .Where(type => type.IsClass && typeof(IWireMessage).IsAssignableFrom(type))
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Messages))]
    public void RoundTrip_OfAnyMessage_IsTheSame(string name)
    {
        var type = MessageTypes.Single(t => t.Name == name);
        Gen.Int.Sample(seed => AssertSame(Any(seed).Make(type)), iter: 300);
    }

    [Fact]
    public void RoundTrip_OfEachCommandAndEvent_IsTheSame()
    {
        foreach (var type in AnyMessage.Commands)
            Gen.Int.Sample(seed => AssertSame(Wrapped(Any(seed), (ConversationCommand)Any(seed).Make(type))), iter: 30);
        foreach (var type in AnyMessage.Events)
            Gen.Int.Sample(seed => AssertSame(Wrapped(Any(seed), type)), iter: 30);
    }

    [Fact]
    public void Actors_NobodyAndNone_AreKeptApart()
    {
        var execute = (Execute)Any(1).Make(typeof(Execute));

        Assert.True(((Execute)Pass(execute with { ReplyTo = ActorRefs.Nobody })).ReplyTo.IsNobody());
        Assert.Null(((Execute)Pass(execute with { Via = null })).Via);
    }

    [Fact]
    public void Repeat_OfACommand_IsKeptApart()
    {
        var execute = (Execute)Any(1).Make(typeof(Execute));

        Assert.False(((Execute)Pass(execute)).IsRepeat);
        Assert.True(((Execute)Pass(execute with { IsRepeat = true })).IsRepeat);
    }

    [Fact]
    public void FromBinary_WhatIsNoneOfOurs_IsRefused()
    {
        Assert.Throws<SerializationException>(() => _serializer.FromBinary([], "System.String"));
        Assert.Throws<SerializationException>(() => _serializer.FromBinary([0xff, 0xff, 0xff], "execute.v1"));
        Assert.Throws<SerializationException>(() => _serializer.FromBinary([], "renew-lease.v1"));
        Assert.Throws<ArgumentException>(() => _serializer.ToBinary(Stop.Instance));
    }

    [Fact]
    public void Refusal_OfAReasonOfALaterRelease_IsUnavailable()
    {
        var bytes = _serializer.ToBinary(new Executed(1, null, Refusal.Archived));
        var at = bytes.AsSpan().IndexOf("archived"u8);
        "thronged"u8.CopyTo(bytes.AsSpan(at));

        Assert.Equal(Refusal.Unavailable, ((Executed)_serializer.FromBinary(bytes, "executed.v1")).Refusal);
    }

    // A node of the release before sends these bytes, and reads them: they never change. A message that is new gets a line.
    [Fact]
    public void Golden_EachMessage_IsReadAndWrittenAsEver()
    {
        var golden = File.ReadAllLines(GoldenFile).Where(line => line.Length > 0).Select(line => line.Split(' ')).ToDictionary(x => x[0], x => (Manifest: x[1], Bytes: x[2]));
        var missing = new List<string>();
        foreach (var (name, example) in Examples())
        {
            if (!golden.TryGetValue(name, out var line))
            {
                missing.Add($"{name} {_serializer.Manifest(example)} {Convert.ToHexString(_serializer.ToBinary(example))}");
                continue;
            }

            var read = _serializer.FromBinary(Convert.FromHexString(line.Bytes), line.Manifest);
            Assert.Equal(example.GetType(), read.GetType());
            Assert.Equal(line.Manifest, _serializer.Manifest(read));
            Assert.Equal(line.Bytes, Convert.ToHexString(_serializer.ToBinary(read)));
        }

        Assert.True(missing.Count == 0, $"add to conversation-messages.txt:\n{string.Join('\n', missing)}");
    }

    private IEnumerable<(string Name, object Example)> Examples()
    {
        foreach (var type in MessageTypes)
            yield return (type.Name, Golden().Make(type));
        foreach (var type in AnyMessage.Commands)
            yield return ($"Execute:{type.Name}", Wrapped(Golden(), (ConversationCommand)Golden().Make(type)));
        foreach (var type in AnyMessage.Events)
            yield return ($"Published:{type.Name}", Wrapped(Golden(), type));
    }

    private static Execute Wrapped(AnyMessage any, ConversationCommand command) => (Execute)any.Make(typeof(Execute)) with { Command = command };

    private static Published Wrapped(AnyMessage any, Type e)
    {
        var numbered = (Protocol.Conversations.NumberedEvent)any.Make(typeof(Protocol.Conversations.NumberedEvent));
        return new Published([numbered with { Event = (Protocol.Conversations.ConversationEvent)any.Make(e) }], []);
    }

    private AnyMessage Any(int seed) => new(new Random(seed), [remoting.Elsewhere, ActorRefs.Nobody], most: 3);

    // One item a list, so that no set is written in an order that changes from run to run.
    private AnyMessage Golden() => new(new Random(7), [remoting.Elsewhere], most: 1);

    private object Pass(object message) => _serializer.FromBinary(_serializer.ToBinary(message), _serializer.Manifest(message));

    private void AssertSame(object message)
    {
        var read = Pass(message);
        Assert.Equal(message.GetType(), read.GetType());
        Assert.Equal(AnyMessage.Text(message), AnyMessage.Text(read));
    }
}
