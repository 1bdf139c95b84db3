using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Simulation.Storage;

namespace QuikApp.Simulation.Checking;

/// <summary>What follows from an event is in the other stream, once: checked by what it says and not by the keys that the product recognises it by.</summary>
internal static class Relays
{
    public static void Check(World world)
    {
        foreach (var stream in world.Journal.Streams)
        {
            if (world.Journal.Owed(stream) is [var owed, ..])
                throw new Violation("relay", $"{stream} still owes what follows from {owed.Event.Seq}");
        }

        foreach (var row in world.Journal.Rows(world.Channel))
        {
            switch (row.Event.Event)
            {
                case ConversationEvent.MessageCreated m:
                    Notified(world, row, m.Id, m.Mentions);
                    break;
                case ConversationEvent.ThreadOpened t:
                    Once<ConversationEvent.ThreadCreated>(world, StreamId.Of(t.Thread), _ => true, row);
                    break;
                case ConversationEvent.CallStarted c:
                    Once<ConversationEvent.CallStarted>(world, StreamId.Of(c.Call), _ => true, row);
                    Once<ConversationEvent.CallEnded>(world, world.Channel, ended => ended.Call == c.Call, row);
                    Rung(world, row, c.Call);
                    break;
            }
        }

        foreach (var thread in world.Journal.Streams.Where(stream => stream.Kind == "thread" && world.Journal.Head(stream) > 1))
            Counted(world, thread);
    }

    // An edit may mention somebody too: they are told of a message once, however often they are mentioned.
    private static void Notified(World world, Row row, MessageId id, IEnumerable<UserId> mentions)
    {
        foreach (var user in mentions.Where(user => user != row.Event.By))
            Once<ConversationEvent.NotificationCreated>(world, StreamId.Of(user), told => told.About == id, row);
    }

    // Who is rung for hears of the call's end, whether it rang or they were busy.
    private static void Rung(World world, Row row, CallId call)
    {
        foreach (var invited in ((ConversationEvent.CallStarted)world.Journal.Rows(StreamId.Of(call))[0].Event.Event).Invited.Where(user => user != row.Event.By))
        {
            var events = world.Journal.Rows(StreamId.Of(invited)).Select(each => each.Event.Event).ToList();
            if (events.Count(e => e is ConversationEvent.CallRang rang && rang.Call == call) > 1)
                throw new Violation("relay", $"{call} rang twice at {invited}");
            if (!events.Exists(e => e is ConversationEvent.CallEnded ended && ended.Call == call))
                throw new Violation("relay", $"{invited} was never told that {call} is over");
        }
    }

    private static void Counted(World world, StreamId thread)
    {
        var replies = ((Actors.Threads.ThreadState)world.Journal.State(thread)).Replies;
        var told = world.Journal.Rows(world.Channel).Select(row => row.Event.Event).OfType<ConversationEvent.ThreadUpdated>().LastOrDefault(t => t.Thread.Value == thread.Id);
        if (told?.Replies != replies)
            throw new Violation("relay", $"{thread} has {replies} replies and its channel was told {told?.Replies}");
    }

    private static void Once<T>(World world, StreamId stream, Func<T, bool> isIt, Row because)
        where T : ConversationEvent
    {
        var count = world.Journal.Rows(stream).Count(row => row.Event.Event is T e && isIt(e));
        if (count != 1)
            throw new Violation("relay", $"{stream} has {count} {typeof(T).Name} for {because.Event.Stream} {because.Event.Seq}");
    }
}
