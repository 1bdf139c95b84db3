using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Akka.Actor;
using QuikApp.Actors.Calls;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Users;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Tests.Serialization;

/// <summary>Makes messages of any shape by chance, out of the parameters of their constructors: a field that is added is covered without a word.</summary>
/// <param name="random">The chance.</param>
/// <param name="actors">Actors that may stand in a message.</param>
/// <param name="most">How many items a list has at most.</param>
internal sealed class AnyMessage(Random random, IReadOnlyList<IActorRef> actors, int most)
{
    private static readonly string[] Texts = ["", "a", "hello, world", "zwei\nZeilen \"und\" mehr", "\u0001\ud83d\ude00", "ж"];
    private static readonly long[] Numbers = [0, 1, 127, 128, 1_700_000_000_000_000, (1L << 53) - 1];

    public static IEnumerable<Type> Commands => Nested(typeof(ConversationCommand));

    public static IEnumerable<Type> Events => Nested(typeof(ConversationEvent));

    public object Make(Type type)
    {
        if (Simple(type) is { } simple)
            return simple;
        if (type.IsEnum)
            return One(Enum.GetValues(type).Cast<object>());
        if (type == typeof(Refusal))
            return One([Refusal.Unauthorized, Refusal.InvalidPayload(PayloadFault.TooMany, "attachments[2].size"), Refusal.RateLimited(TimeSpan.FromSeconds(1.5))]);
        if (type == typeof(ConversationState))
            return State();
        if (type == typeof(ConversationCommand))
            return Make(One(Commands));
        if (type == typeof(ConversationEvent))
            return Make(One(Events));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return Many(nameof(ArrayOf), type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(FrozenSet<>))
            return Many(nameof(SetOf), type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableHashSet<>))
            return Many(nameof(HashSetOf), type);
        return Record(type);
    }

    private object? Simple(Type type) => type switch
    {
        _ when type == typeof(string) => One(Texts),
        _ when type == typeof(bool) => random.Next(2) == 0,
        _ when type == typeof(long) => One(Numbers),
        _ when type == typeof(int) => (int)One(Numbers.Take(4)),
        _ when type == typeof(UserId) => UserId.Parse(Id()),
        _ when type == typeof(ChannelId) => ChannelId.Parse(Id()),
        _ when type == typeof(ThreadId) => ThreadId.Parse(Id()),
        _ when type == typeof(CallId) => CallId.Parse(Id()),
        _ when type == typeof(MessageId) => MessageId.Parse(Id()),
        _ when type == typeof(WorkspaceId) => WorkspaceId.Parse(Id()),
        _ when type == typeof(StreamId) => StreamId.Parse($"{One(["channel", "thread", "call", "workspace", "user"])}-{Id()}"),
        _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>("""{"sdp":"v=0"}"""u8.ToArray()),
        _ when type == typeof(IActorRef) => One(actors),
        _ => null,
    };

    private static IEnumerable<Type> Nested(Type type) => type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Where(type.IsAssignableFrom);

    private object Record(Type type)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(c => c.GetParameters() is not [var only] || only.ParameterType != type)
            .MaxBy(c => c.GetParameters().Length)!;
        var nullability = new NullabilityInfoContext();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Value(p.ParameterType, nullability.Create(p)))]);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && constructor.GetParameters().All(c => c.Name != p.Name)))
            property.SetValue(made, Value(property.PropertyType, nullability.Create(property)));
        return made;
    }

    private object? Value(Type type, NullabilityInfo nullability)
    {
        if (nullability.ReadState == NullabilityState.Nullable && random.Next(3) == 0)
            return null;
        return Make(Nullable.GetUnderlyingType(type) ?? type);
    }

    private object Many(string method, Type type) =>
        typeof(AnyMessage).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance)!
            .MakeGenericMethod(type.GetGenericArguments()[0]).Invoke(this, null)!;

    private ImmutableArray<T> ArrayOf<T>() => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => (T)Make(typeof(T)))];

    private FrozenSet<T> SetOf<T>() => ArrayOf<T>().ToFrozenSet();

    private ImmutableHashSet<T> HashSetOf<T>() => [.. ArrayOf<T>()];

    private ConversationState State()
    {
        ConversationState state = random.Next(4) switch
        {
            0 => ChannelState.Empty(StreamId.Parse($"channel-{Id()}")) is ChannelState channel
                ? channel with { Channel = (ChannelInfo)Make(typeof(ChannelInfo)), Members = [.. ArrayOf<UserId>()], Call = (CallId)Make(typeof(CallId)) }
                : null!,
            1 => ConversationState.Empty(StreamId.Parse($"workspace-{Id()}")) is WorkspaceState workspace
                ? workspace with
                {
                    Info = (WorkspaceInfo)Make(typeof(WorkspaceInfo)),
                    Members = ArrayOf<UserId>().Distinct().ToImmutableDictionary(user => user, _ => (Role)Make(typeof(Role))),
                    Removed = [.. ArrayOf<UserId>()],
                }
                : null!,
            2 => ConversationState.Empty(StreamId.Parse($"user-{Id()}")) is UserState user ? user with { Status = (StatusRegister)Make(typeof(StatusRegister)) } : null!,
            _ => ConversationState.Empty(StreamId.Parse($"call-{Id()}")) is CallState call
                ? call with { Info = (CallInfo)Make(typeof(CallInfo)), Ringing = [.. ArrayOf<UserId>()] }
                : null!,
        };
        return state.AdvanceTo(One(Numbers), One(Numbers));
    }

    private string Id() => string.Create(CultureInfo.InvariantCulture, $"id_{random.Next(100)}");

    private T One<T>(IEnumerable<T> items) => items.ElementAt(random.Next(items.Count()));

    /// <summary>All that can be seen of a message, with sets and dictionaries in one order: records compare lists by reference.</summary>
    public static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        IActorRef actor => actor.Path.ToSerializationFormat(),
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        IDictionary map => $"{{{string.Join(", ", map.Keys.Cast<object>().Select(key => $"{Text(key)}: {Text(map[key])}").Order(StringComparer.Ordinal))}}}",
        IEnumerable items when value.GetType().Name.Contains("Set", StringComparison.Ordinal) =>
            $"({string.Join(", ", items.Cast<object>().Select(Text).Order(StringComparer.Ordinal))})",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Text))}]",
        _ when value.GetType().Namespace!.StartsWith("QuikApp", StringComparison.Ordinal) && !value.GetType().IsEnum => OfRecord(value),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string OfRecord(object value)
    {
        var properties = value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0).OrderBy(p => p.Name, StringComparer.Ordinal);
        var parts = new List<string>();
        foreach (var property in properties)
        {
            object? part;
            try
            {
                part = property.GetValue(value);
            }
            catch (TargetInvocationException)
            {
                part = "cannot be had";
            }

            parts.Add($"{property.Name}={Text(part)}");
        }

        return $"{value.GetType().Name}({string.Join(", ", parts)})";
    }
}
