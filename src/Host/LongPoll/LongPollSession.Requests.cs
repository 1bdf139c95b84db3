using Akka.Actor;
using QuikApp.Actors.LongPoll;
using QuikApp.Actors.Telemetry;
using QuikApp.Host.Sessions;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.LongPoll;

/// <content>What the client asks: polls and pushes.</content>
internal sealed partial class LongPollSession
{
    private void OnPoll(LongPollMessages.Poll m)
    {
        Register();
        Timers.StartSingleTimer(SilenceTimer, Tick.Silence, _services.Options.Silence);
        // Of two polls the newer gets what comes, as in Phoenix: who made the older has given it up, or will poll again.
        AnswerPoll(new LongPollMessages.Polled(PollStatus.Nothing, [], _outbox.Received, 0, ""));
        _outbox.Acknowledge(m.Received);

        _poll = Sender;
        if (AnswerWithFrames())
            return;

        if (_socket.End is null)
        {
            Timers.StartSingleTimer(WindowTimer, Tick.Window, _services.Options.Window);
            return;
        }

        AnswerPoll(Gone());
        Finish();
    }

    private void OnPush(LongPollMessages.Push m)
    {
        Register();
        _outbox.Acknowledge(m.Received);
        if (_socket.End is not null)
        {
            Sender.Tell(LongPollMessages.Pushed.Gone);
            return;
        }

        var bytes = m.Frames.Sum(frame => frame.Bytes.Length);
        if (_inbox.Count > 0 && bytes > _services.Options.MaxBodyBytes - _inboxBytes)
        {
            Sender.Tell(new LongPollMessages.Pushed(PollStatus.TooMany));
            return;
        }

        // All of a POST or nothing: over a WebSocket a frame that is none costs the connection, here it costs its POST.
        for (var i = 0; i < m.Frames.Count; i++)
        {
            if (Session.TryRead(_version, m.Frames[i].IsBinary, m.Frames[i].Bytes, out _, out var error))
                continue;
            QuikAppMetrics.MalformedFrame(error.ToString());
            Sender.Tell(new LongPollMessages.Pushed(PollStatus.Malformed, i + 1));
            return;
        }

        foreach (var frame in m.Frames)
            _inbox.Enqueue(frame);
        _inboxBytes += bytes;
        _arrived += m.Frames.Count;
        // Answered once the session has read them, so that a client which waits for the answer goes at the session's pace.
        _pushes.Enqueue((Sender, _arrived, _time.GetTimestamp()));
    }

    // A session that was opened and never used, because its client took another way, takes nobody's place.
    private void Register()
    {
        if (_registered)
            return;
        _registered = true;
        QuikAppMetrics.LongPollOpened();
        _services.Registry.Add(_user, _socket);
    }

    private bool AnswerWithFrames()
    {
        if (_poll is null)
            return false;

        var frames = _outbox.Take(_services.Options.MaxAnswerBytes, out var through);
        if (frames.Count == 0)
            return false;

        QuikAppMetrics.FramesSent(frames.Count, frames.Sum(frame => (long)frame.Payload.Length));
        AnswerPoll(new LongPollMessages.Polled(
            PollStatus.Ok,
            [.. frames.Select(frame => new PollFrame(frame.Opcode == WebSocketOpcode.Binary, frame.Payload))],
            through,
            0,
            ""));
        return true;
    }

    private void AnswerPoll(LongPollMessages.Polled answer)
    {
        if (_poll is not { } poll)
            return;
        _poll = null;
        Timers.Cancel(WindowTimer);
        poll.Tell(answer);
    }

    private LongPollMessages.Polled Gone() => _socket.End is { } end
        ? new LongPollMessages.Polled(PollStatus.Gone, [], 0, end.Code, end.Reason)
        : LongPollMessages.Polled.Gone;
}
