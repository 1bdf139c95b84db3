using Akka.Actor;
using QuikApp.Actors.Delivery;
using QuikApp.Actors.Telemetry;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Sessions;

// Resume is a journal read, paced by the socket: the next event is written when the outbox has room, since a page may be
// longer than an outbox. Replayed frames carry the join_ref, so that a client that joined again meanwhile drops what
// belongs to its earlier join.
internal sealed partial class Session
{
    private const int CompactPart = 20_000;

    private async Task Replay(JoinedTopic topic, Resume resume, bool announce)
    {
        var left = topic.UntilLeft();
        try
        {
            if (topic.Join.Mode == ReplayMode.Compact && announce)
                await ReplayFinalState(topic, resume.From, resume.To, left);
            else
                await ReplayEvents(topic, resume.From, resume.To, left);

            if (announce)
                Push(topic, EventNames.ReplayDone, resume.To, static (json, head) => NoticePayload.WriteReplayDone(json, head));
            topic.Hub!.Tell(new HubMessages.GoLive(topic, resume.LiveFrom), ActorRefs.NoSender);
        }
        catch (Exception) when (left.IsCancellationRequested)
        {
            // Left, or the socket went: nobody waits for the rest.
        }
        catch (Exception e)
        {
            // The client is told to join again: it knows how far it came.
            _services.Logger.ReplayFailed(e, topic.Stream);
            Self.Tell(new ReplayBroke(topic), ActorRefs.NoSender);
        }
    }

    private async Task ReplayEvents(JoinedTopic topic, long from, long to, CancellationToken left)
    {
        var page = _services.Conversation.Options.ResumePage;
        await foreach (var events in _services.Conversation.Reader.ReadPages(topic.Stream, from, to, page, left))
        {
            foreach (var e in events)
            {
                Push(topic, EventPayload.EventName(e.Event), (e, topic.Context), static (json, x) => EventPayload.Write(json, x.e, x.Context));
                await _socket.Room(left);
            }

            QuikAppMetrics.Resumed(events.Count);
        }
    }

    // Compacted in parts of bounded size: the last part's frames overrule those of the parts before it, and numbers rise
    // over all of them, so that a client which is cut off within resumes from the last number it saw.
    private async Task ReplayFinalState(JoinedTopic topic, long from, long to, CancellationToken left)
    {
        for (var start = from; start <= to; start += CompactPart)
        {
            var end = Math.Min(to, start + CompactPart - 1);
            var events = new List<NumberedEvent>();
            var page = _services.Conversation.Options.ResumePage;
            await foreach (var read in _services.Conversation.Reader.ReadPages(topic.Stream, start, end, page, left))
                events.AddRange(read);

            foreach (var frame in CompactResume.Frames(start - 1, events))
            {
                Push(topic, frame.Event, (frame, topic.Context), static (json, f) => f.frame.Write(json, f.Context));
                await _socket.Room(left);
            }

            QuikAppMetrics.Resumed(events.Count);
        }
    }

    private sealed record ReplayBroke(JoinedTopic Topic) : INoSerializationVerificationNeeded;
}
