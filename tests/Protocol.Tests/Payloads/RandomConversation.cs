using System.Collections.Immutable;
using CsCheck;
using QuikApp.Protocol.Conversations;

namespace QuikApp.Protocol.Tests.Payloads;

/// <summary>
/// Conversations such as a channel journals: dense numbers, nothing about a message before its creation or after its
/// deletion but the count of its replies, no reaction that changes nothing.
/// </summary>
internal static class RandomConversation
{
    private static readonly string[] Users = ["alice", "bob", "carol"];
    private static readonly string[] Emoji = ["thumbsup", "\U0001F44D", "tada"];

    public static Gen<ImmutableArray<NumberedEvent>> Gen { get; } =
        CsCheck.Gen.Select(CsCheck.Gen.Int[0, 9], CsCheck.Gen.Int[0, 3], CsCheck.Gen.Int[0, 2], CsCheck.Gen.Int[0, 2]).Array[0, 60].Select(Journal);

    private static ImmutableArray<NumberedEvent> Journal((int Kind, int Message, int User, int Emoji)[] steps)
    {
        var events = ImmutableArray.CreateBuilder<NumberedEvent>();
        var alive = new Dictionary<string, bool>();
        var threads = new HashSet<string>();
        var reactions = new HashSet<(string Message, string User, string Emoji)>();
        foreach (var step in steps)
        {
            var (id, user, emoji) = ($"m{step.Message}", Users[step.User], Emoji[step.Emoji]);
            var seq = events.Count + 1;
            if (step.Kind == 0)
                events.Add(Build.Event(seq, user, new ConversationEvent.MemberAdded(Build.User(user))));
            else if (!alive.TryGetValue(id, out var isAlive))
                events.Add(Build.Sent(seq, user, id, $"{id} at {seq}"));
            else if (step.Kind is 7 or 8 && threads.Contains(id))
                events.Add(Build.Counted(seq, user, id, $"t-{id}", step.Emoji + step.User, $"r{seq}"));
            else if (!isAlive)
                continue;
            else if (step.Kind == 9 && threads.Add(id))
                events.Add(Build.Opened(seq, user, id, $"t-{id}"));
            else if (step.Kind is 1 or 2)
                events.Add(Build.Edited(seq, user, id, $"{id} at {seq}"));
            else if (step.Kind == 3 && step.Emoji == 0)
                events.Add(Build.Deleted(seq, user, id));
            else if (reactions.Add((id, user, emoji)))
                events.Add(Build.Added(seq, user, id, emoji));
            else if (reactions.Remove((id, user, emoji)))
                events.Add(Build.Removed(seq, user, id, emoji));

            if (events[^1].Event.Message is { } message)
                alive[message.Value] = alive.GetValueOrDefault(message.Value, true) && events[^1].Event is not ConversationEvent.MessageDeleted;
        }

        return events.ToImmutable();
    }
}
