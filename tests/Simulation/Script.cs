using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Simulation.Clients;
using QuikApp.Simulation.Cluster;

namespace QuikApp.Simulation;

/// <summary>What people and the nemesis do in a world, drawn from its seed: a while of everything at once, then peace, then the checks.</summary>
internal sealed class Script(World world)
{
    private const long Second = 1_000_000;
    private const long Peace = 20 * Second;
    private const long HangUp = Peace + (4 * Second);
    private const long End = Peace + (100 * Second);

    private static readonly UserId[] Users = [.. new[] { "alice", "bob", "carol" }.Select(UserId.Parse)];

    private readonly Scheduling.Pcg _random = world.Random;
    private readonly List<StreamId> _threads = [];
    private int _keys;
    private int _calls;

    public void Run()
    {
        foreach (var node in world.Nodes)
            world.Sweep(node);
        foreach (var client in world.Clients)
        {
            client.Open(new Topic(TopicKind.Channel, "general"));
            client.Open(new Topic(TopicKind.User, client.User.Value));
            At(Second, client.Connect);
        }

        if (_random.Chance(800))
            (world.Network.Loss, world.Network.Repeats, world.Network.Late) = (_random.Below(60), _random.Below(60), _random.Below(100));
        for (var i = 5 + _random.Below(10); i > 0; i--)
            At(Peace, Somebody);
        for (var i = _random.Below(5); i > 0; i--)
            At(Peace, Nemesis);

        world.Scheduler.RunTo(Peace);
        MakePeace();
        // More than once: a call may begin late, because its beginning was owed.
        foreach (var time in new[] { HangUp, HangUp + (20 * Second), HangUp + (40 * Second) })
        {
            world.Scheduler.RunTo(time);
            foreach (var client in world.Clients)
                client.HangUp();
        }

        foreach (var client in world.Clients)
            client.HangUpAll();
        world.Scheduler.RunTo(End);
    }

    private void At(long before, Action what) => world.Scheduler.After(_random.Between(1, before - 1), what);

    private void Somebody()
    {
        var client = _random.Of(world.Clients);
        switch (_random.Below(16))
        {
            case < 8:
                Send(client, world.Channel);
                break;
            case 8 when Acked() is { } sent:
                sent.Client.Send(sent.Sending);
                break;
            case 9 when Acked() is { } sent:
                sent.Client.SendOther(sent.Sending);
                break;
            case 10 when AnyMessage() is { } message:
                client.React(message, _random.Chance(700));
                break;
            case 11 when Acked() is { } sent && sent.Sending.Acks[0].Message is { } own && sent.Sending.Stream == world.Channel:
                if (_random.Chance(300))
                    sent.Client.Delete(own);
                else
                    sent.Client.Edit(own, "edited", Mentions());
                break;
            case 12 when AnyMessage() is { } message:
                client.Reply(message, ThreadId.Parse($"t{++_keys}"), thread =>
                {
                    _threads.Add(thread);
                    Send(client, thread);
                });
                break;
            case 13 or 14:
                client.Call(CallId.Parse($"c{++_calls}"));
                break;
            default:
                client.Leave();
                world.Scheduler.After(_random.Between(100_000, 12 * Second), client.Connect);
                break;
        }
    }

    private void Send(Client client, StreamId stream)
    {
        var key = $"k{++_keys}";
        var sending = new Sending(stream, key, $"text of {key}", Mentions()) { From = client };
        world.Sendings.Add(sending);
        client.Send(sending);
    }

    private List<UserId> Mentions() => [.. Users.Where(_ => _random.Chance(250))];

    private (Client Client, Sending Sending)? Acked()
    {
        var acked = world.Sendings.Where(s => s.Acks.Count > 0).ToList();
        if (acked.Count == 0)
            return null;
        var sending = _random.Of(acked);
        return (sending.From, sending);
    }

    private MessageId? AnyMessage()
    {
        var rows = world.Journal.Rows(world.Channel).Where(row => row.Event.Event is ConversationEvent.MessageCreated).ToList();
        return rows.Count == 0 ? null : _random.Of(rows).Event.Event.Message;
    }

    private void Nemesis()
    {
        var node = _random.Of(world.Nodes);
        switch (_random.Below(12))
        {
            case < 3:
                world.Crash(node, _random.Between(500_000, 12 * Second));
                break;
            case < 6:
                world.Move(_random.Of([.. world.Journal.Streams]));
                break;
            case 6 or 7:
                Isolate(node, _random.Chance(500) ? [.. world.Nodes] : [_random.Of(world.Nodes)], _random.Between(300_000, 6 * Second));
                break;
            case 8 or 9:
                world.Trace?.Invoke("the journal stops");
                world.Journal.Crash();
                world.Scheduler.After(_random.Between(200_000, 4 * Second), world.Journal.Restart);
                break;
            case 10:
                world.Trace?.Invoke($"{node} stands still");
                node.Pause(_random.Between(200_000, 8 * Second));
                if (_random.Chance(500))
                    world.Move(world.Channel);
                break;
            default:
                if (world.Clients[_random.Below(world.Clients.Count)] is { Connection: { } connection } client)
                    client.Lose(connection);
                break;
        }
    }

    private void Isolate(Node node, List<Node> others, long time)
    {
        world.Trace?.Invoke($"{node} is cut from {string.Join(", ", others.Where(other => other != node))}");
        foreach (var other in others.Where(other => other != node))
        {
            world.Network.Cut(node, other);
            world.Scheduler.After(time, () => world.Network.Join(node, other));
        }
    }

    private void MakePeace()
    {
        world.Trace?.Invoke("peace");
        world.Network.Heal();
        world.Journal.Restart();
        foreach (var node in world.Nodes)
        {
            node.IsGone = !node.IsUp && _random.Chance(300);
            if (!node.IsUp && !node.IsGone)
                world.Start(node);
            node.Pause(0);
        }

        foreach (var client in world.Clients)
            client.Connect();
    }
}
