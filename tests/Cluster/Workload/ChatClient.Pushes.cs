using QuikApp.Cluster.History;

namespace QuikApp.Cluster.Workload;

/// <content>What it does.</content>
internal sealed partial class ChatClient
{
    /// <summary>Longer than the server's own bound of 5 s, so that its answer comes first.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(7);

    private const int KeptMessages = 30;
    private const int PageSize = 20;
    private const double HotShare = 0.6;

    private readonly List<OwnMessage> _own = [];
    private int _pushes;

    private async Task StepAsync(Step step)
    {
        var own = _own.Count > 0 ? _own[_random.Next(_own.Count)] : null;
        switch (step)
        {
            case Step.Edit when own is not null:
                await EditAsync(own);
                break;
            case Step.Delete when own is not null:
                _own.Remove(own);
                await PushAsync(new(own.Topic, "message:delete", new { id = own.Id }, EntryKind.Delete, NextId(), RoomEvent.OfDelete(own.Id)));
                break;
            case Step.React when own is not null:
                await ReactAsync(own);
                break;
            case Step.Repeat when own is not null:
                await PushAsync(Message(own.Topic, own.Cid, own.Content));
                break;
            case Step.Conflict when own is not null:
                await PushAsync(Message(own.Topic, own.Cid, $"{own.Content} changed"));
                break;
            case Step.ReadHistory:
                await ReadAsync(Choose());
                break;
            case Step.LeaveAndJoin:
                await LeaveAndJoinAsync(Choose());
                break;
            case Step.Reconnect:
                await ReconnectAsync();
                break;
            case Step.Type:
                await QuietAsync(Choose(), "typing:start");
                break;
            default:
                await SendAsync(Choose());
                break;
        }
    }

    /// <summary>Sends a message and brings it to its end.</summary>
    public async Task<Reply?> SendAsync(string topic)
    {
        var cid = NextId();
        var content = $"{cid} {BodyHash.Of(cid)}{new string('.', _plan.Padding)}";
        var reply = await PushAsync(Message(topic, cid, content));
        if (reply?.Text("id") is { } id)
        {
            _own.Add(new OwnMessage(topic, id, cid, content));
            if (_own.Count > KeptMessages)
                _own.RemoveAt(0);
        }

        return reply;
    }

    private static Push Message(string topic, string cid, string content) =>
        new(topic, "message:send", new { content, clientId = cid }, EntryKind.Create, cid, BodyHash.Of(content));

    private string Choose() => _random.NextDouble() < HotShare ? _topics[0] : _topics[_random.Next(_topics.Count)];

    private string NextId() => $"{User}:{++_pushes}";

    private Task EditAsync(OwnMessage own)
    {
        var content = $"{own.Cid} {NextId()}";
        return PushAsync(new(own.Topic, "message:update", new { id = own.Id, content }, EntryKind.Edit, NextId(), BodyHash.Of(content)));
    }

    private Task ReactAsync(OwnMessage own)
    {
        var action = (own.HasReaction = !own.HasReaction) ? "add" : "remove";
        var payload = new { messageId = own.Id, emoji = "thumbsup", action };
        return PushAsync(new(own.Topic, "message:reaction", payload, EntryKind.Reaction, NextId(), RoomEvent.OfReaction(own.Id, action, User)));
    }

    // Repeated with the same key until it is known what became of it.
    private async Task<Reply?> PushAsync(Push push)
    {
        while (true)
        {
            var session = await ConnectedAsync();
            var line = session.Line(Operation.Send) with { Room = push.Topic, Cid = push.Cid, H = push.Hash, Kind = push.Kind };
            _history.Write(line);
            string code;
            try
            {
                var reply = await session.PushAsync(push.Topic, push.Event, push.Payload, AnswerLimit);
                line = line with { T = MonotonicClock.Now };
                if (reply.IsOk)
                {
                    _history.Write(line with { Op = Operation.Ack, Seq = reply.Number("seq") });
                    _acked++;
                    return reply;
                }

                code = reply.Reason;
                if (code == "unavailable")
                    _unavailable++;
                if (code is not ("unavailable" or "rate_limited" or "unmatched topic"))
                {
                    _history.Write(line with { Op = Operation.Nack, Code = code });
                    return null;
                }
            }
            catch (ConnectionGoneException)
            {
                code = "gone";
            }
            catch (TimeoutException)
            {
                code = "timeout";
                Disconnect(code);
            }

            _history.Write(line with { T = MonotonicClock.Now, Op = Operation.Info, Code = code });
            await BackOffAsync();
        }
    }

    private async Task ReadAsync(string topic)
    {
        var session = await ConnectedAsync();
        try
        {
            var reply = await session.PushAsync(topic, "history", new { mode = "full", limit = PageSize }, AnswerLimit);
            if (!reply.IsOk)
                return;
            var page = session.Line(Operation.Read) with { Room = topic, Sub = SubscriptionName.Next(User) };
            foreach (var item in reply.Response.GetProperty("items").EnumerateArray())
            {
                var entry = RoomEvent.Read(topic, item.GetProperty("event").GetString()!, item.GetProperty("payload"))!;
                _history.Write(page with { Seq = entry.Seq, Cid = entry.Cid, H = entry.H, Kind = entry.Kind });
            }

            _history.Write(page with { Code = "head", Head = reply.Number("head") });
        }
        catch (Exception e) when (e is ConnectionGoneException or TimeoutException)
        {
            // A read has no effect that could be in doubt.
        }
    }

    private async Task LeaveAndJoinAsync(string topic)
    {
        var session = await ConnectedAsync();
        try
        {
            await session.LeaveAsync(topic);
            await session.JoinAsync(topic, resume: _random.Next(2) == 0);
        }
        catch (Exception e) when (e is ConnectionGoneException or TimeoutException)
        {
            // Joined anew with the next connection.
        }
    }

    private async Task QuietAsync(string topic, string @event)
    {
        var session = await ConnectedAsync();
        try
        {
            await session.PushAsync(topic, @event, new { }, AnswerLimit);
        }
        catch (Exception e) when (e is ConnectionGoneException or TimeoutException)
        {
            // Nothing is kept of it.
        }
    }

    private sealed record Push(string Topic, string Event, object Payload, EntryKind Kind, string Cid, string Hash);

    private sealed record OwnMessage(string Topic, string Id, string Cid, string Content)
    {
        public bool HasReaction { get; set; }
    }
}
