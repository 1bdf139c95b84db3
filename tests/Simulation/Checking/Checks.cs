using Google.Protobuf;
using QuikApp.Actors.Calls;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Presence;
using QuikApp.Simulation.Clients;

namespace QuikApp.Simulation.Checking;

/// <summary>What must hold once the world is at rest. Numbers as in the reliability plan.</summary>
internal static class Checks
{
    public static void All(World world)
    {
        foreach (var stream in world.Journal.Streams)
            Dense(world, stream);
        foreach (var sending in world.Sendings)
            Sent(world, sending);
        RealTime(world);
        foreach (var client in world.Clients.Where(client => !client.IsGone))
            Delivered(world, client);
        Calls(world);
        Relays.Check(world);
        Presence(world);
        States(world);
    }

    // I4, I14: 1 to n, each number once, times rising.
    private static void Dense(World world, StreamId stream)
    {
        var (seq, at) = (0L, 0L);
        foreach (var row in world.Journal.Rows(stream))
        {
            if (row.Event.Seq != seq + 1)
                throw new Violation(row.Event.Seq <= seq ? "I14" : "I4", $"{stream} has {row.Event.Seq} behind {seq}");
            if (row.Event.At <= at)
                throw new Violation("I4", $"{stream} {row.Event.Seq} is not later than what is before it");
            (seq, at) = (row.Event.Seq, row.Event.At);
        }
    }

    // I1, I2, I3, I10.
    private static void Sent(World world, Sending sending)
    {
        var rows = world.Journal.Rows(sending.Stream)
            .Where(row => row.Event.By == sending.By && row.Event.Event is ConversationEvent.MessageCreated m && m.ClientId == sending.ClientId)
            .Select(row => row.Event)
            .ToList();
        if (rows.Count > 1)
            throw new Violation("I3", $"{sending.ClientId} is {sending.Stream} {string.Join(" and ", rows.Select(e => e.Seq))}");
        if (sending.Refused is { } refusal && rows.Count > 0)
            throw new Violation("I2", $"{sending.ClientId} was refused as {refusal.Reason} and is {sending.Stream} {rows[0].Seq}");
        foreach (var ack in sending.Acks)
        {
            if (rows.Count == 0 || rows[0].Seq != ack.Seq || rows[0].Event.Message != ack.Message)
                throw new Violation(rows.Count == 0 ? "I1" : "I10", $"{sending.ClientId} was acknowledged as {sending.Stream} {ack.Seq}, which it is not");
            if (((ConversationEvent.MessageCreated)rows[0].Event).Content != sending.Content)
                throw new Violation("I9", $"{sending.Stream} {ack.Seq} has another text than was sent");
        }

        foreach (var other in sending.OtherBodies)
        {
            if (other is not Refusal { Reason: Reason.IdempotencyConflict })
                throw new Violation("I10", $"another body under {sending.ClientId} was answered with {other}");
        }

        if (!sending.From.IsGone && sending.Began >= 0 && sending.Acks.Count == 0 && sending.Refused is null)
            throw new Violation("I2", $"{sending.ClientId} was never answered for good");
    }

    // I6: who was answered before somebody else asked has the lower number.
    private static void RealTime(World world)
    {
        foreach (var a in world.Sendings.Where(s => s.Acks.Count > 0))
        {
            foreach (var b in world.Sendings.Where(s => s.Acks.Count > 0 && s.Stream == a.Stream && s.Began > a.Ended))
            {
                if (a.Acks[0].Seq >= b.Acks[0].Seq)
                    throw new Violation("I6", $"{a.ClientId} was acknowledged as {a.Acks[0].Seq} before {b.ClientId}, which is {b.Acks[0].Seq}, was sent");
            }
        }
    }

    // I5, I8: each event was compared as it came; here that nothing is missing at the end.
    private static void Delivered(World world, Client client)
    {
        if (client.Connection is null)
            throw new Violation("I8", $"{client.Name} could not come back");
        foreach (var view in client.Topics)
        {
            if (view.Last is { } last && last != world.Journal.Head(view.Stream))
                throw new Violation("I8", $"{client.Name} has {view.Stream} up to {last} of {world.Journal.Head(view.Stream)}");
            if (view.Last is null)
                throw new Violation("I8", $"{client.Name} could not join {view.Stream}");
        }
    }

    // I13: over, once, and in time.
    private static void Calls(World world)
    {
        foreach (var stream in world.Journal.Streams.Where(stream => stream.Kind == "call" && world.Journal.Head(stream) > 0))
        {
            var ends = world.Journal.Rows(stream).Count(row => row.Event.Event is ConversationEvent.CallEnded);
            if (ends != 1 || world.Journal.State(stream) is not CallState { IsOpen: false })
                throw new Violation("I13", $"{stream} has {ends} ends");
        }
    }

    // I11: every node lists exactly the live sockets.
    private static void Presence(World world)
    {
        var live = world.Nodes.SelectMany(node => node.Connections)
            .GroupBy(connection => connection.Requester.User)
            .ToDictionary(user => user.Key, user => user.Aggregate(Devices.None, (all, connection) => all.Union(Devices.Of(connection.Requester.Device))));
        foreach (var node in world.Nodes.Where(node => node.IsUp))
        {
            var seen = node.Presence.View.In(world.Roster.Info!.Workspace).ToDictionary(presence => presence.User, presence => presence.Devices);
            if (seen.Count != live.Count || live.Any(user => seen.GetValueOrDefault(user.Key) != user.Value))
                throw new Violation("I11", $"{node} sees {Text(seen)} and there is {Text(live)}");
        }

        static string Text(Dictionary<UserId, Devices> users) =>
            string.Join(", ", users.OrderBy(user => user.Key.Value, StringComparer.Ordinal).Select(user => $"{user.Key}:{user.Value.Bits}"));
    }

    // I15: what is in memory, and a snapshot with what came after it, is the fold of all.
    private static void States(World world)
    {
        foreach (var owner in world.Nodes.SelectMany(node => node.Owners.Values).Where(owner => owner.IsLoaded && owner.State.Seq > 0))
            Same(owner.ToString(), owner.State, world.Journal.State(owner.State.Stream));
        foreach (var stream in world.Journal.Streams)
        {
            if (world.Journal.Snapshot(stream) is { State: var state })
                Same($"the snapshot of {stream}", world.Journal.Rows(stream).Skip((int)state.Seq).Aggregate(state, (s, row) => s.Apply(row.Event)), world.Journal.State(stream));
        }
    }

    private static void Same(string what, ConversationState state, ConversationState truth)
    {
        if (!Bytes(state).AsSpan().SequenceEqual(Bytes(truth)))
            throw new Violation("I15", $"{what} holds {state} and the journal {truth}");
    }

    private static byte[] Bytes(ConversationState state)
    {
        var proto = SnapshotProto.Write(new ConversationSnapshot(state, new ChainHead(state.Seq, default, state.At)));
        return proto.ToByteArray();
    }
}
