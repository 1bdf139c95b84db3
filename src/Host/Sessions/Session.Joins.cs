using Akka.Actor;
using QuikApp.Actors.Delivery;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sessions;

// Join, rejoin and leave. One join is under way at a time and nothing is read meanwhile, as in Phoenix's own socket:
// a push that was pipelined behind its join finds the topic joined. Nor is anything read while a leave waits for the
// answers before it: what was pipelined behind it finds the topic left.
internal sealed partial class Session
{
    private JoinedTopic? _joining;
    private JoinedTopic? _leaving;
    private long _joiningSince;

    private void OnJoin(string name, in ClientFrame frame)
    {
        var parsed = Topic.TryParse(name, out var topic);
        if (parsed == TopicParse.Unmatched)
        {
            Refuse(Ref.Null, frame.Ref, frame.Topic, Refusal.UnmatchedTopic);
            return;
        }

        if (parsed == TopicParse.BadId)
        {
            Refuse(frame.JoinRef, frame.Ref, frame.Topic, Refusal.Unauthorized);
            return;
        }

        _topics.Remove(name, out var replaced);
        if (replaced is null && _topics.Count >= _services.Limits.TopicsPerSocket)
        {
            Refuse(frame.JoinRef, frame.Ref, frame.Topic, Refusal.TooManyChannelsJoined);
            return;
        }

        replaced?.Dispose();
        if (!JoinParams.TryParse(JoinPayload(frame), topic.Kind, out var join, out var refusal))
        {
            Refuse(frame.JoinRef, frame.Ref, frame.Topic, refusal);
            Close(replaced);
            return;
        }

        _joining = new JoinedTopic(this, topic, frame.JoinRef, frame.Ref, join) { Replaces = replaced };
        _joiningSince = _services.Time.GetTimestamp();
        _topics.Add(name, _joining);
        if (join.AccessToken is { } token)
            CheckToken(token, _joining);
        else
            Subscribe(_joining);
    }

    private void Subscribe(JoinedTopic topic) => _services.Topics.Tell(new HubMessages.Join(topic.Topic, topic, topic.Join.Format), Self);

    private void OnHub(FromHub m)
    {
        var topic = m.Topic;
        switch (m.What)
        {
            case HubMessages.ToSession.Joined joined when topic.HasLeft:
                // It was left, or timed out, before the hub answered.
                joined.Hub.Tell(new HubMessages.Leave(topic), ActorRefs.NoSender);
                break;
            case HubMessages.ToSession.Joined joined when Resume.Plan(topic.Join, joined.Head).IsAhead:
                CheckHead(topic, joined);
                break;
            case HubMessages.ToSession.Joined joined:
                OnJoined(topic, joined);
                break;
            case HubMessages.ToSession.Refused refused when ReferenceEquals(topic, _joining):
                EndJoin(topic, refused.Why);
                break;
            case HubMessages.ToSession.Failed when ReferenceEquals(topic, _joining):
                EndJoin(topic, Refusal.Unavailable);
                break;
            case HubMessages.ToSession.OwnerChanged:
                OnOwnerChanged(topic.Stream);
                break;
            case HubMessages.ToSession.Failed:
                Break(topic);
                break;
            case HubMessages.ToSession.Behind behind when topic.Hub is not null:
                _ = Replay(topic, Resume.Further(behind.From, behind.Head), announce: false);
                break;
            case HubMessages.ToSession.Removed when Forget(topic):
                Close(topic);
                break;
        }
    }

    private void CheckHead(JoinedTopic topic, HubMessages.ToSession.Joined joined) =>
        _services.Conversation.Store.Head(topic.Stream, CancellationToken.None).PipeTo(
            Self,
            success: journaled => new HeadChecked(topic, joined with { Head = Resume.HeadOf(joined.Head, topic.Join.Since!.Value, journaled) }),
            failure: _ => new HeadChecked(topic, joined, IsKnown: false));

    private void OnHeadChecked(HeadChecked m)
    {
        if (!m.IsKnown && !m.Topic.HasLeft)
            EndJoin(m.Topic, Refusal.Unavailable);
        if (m.Topic.HasLeft)
            m.Joined.Hub.Tell(new HubMessages.Leave(m.Topic), ActorRefs.NoSender);
        else
            OnJoined(m.Topic, m.Joined);
    }

    private void OnJoined(JoinedTopic topic, HubMessages.ToSession.Joined joined)
    {
        _joining = null;
        (topic.Hub, topic.Context) = (joined.Hub, joined.Context);
        var resume = Resume.Plan(topic.Join, joined.Head);
        if (joined.Reply is { } reply)
            Reply(topic.AskedJoinRef, topic.Ref, topic.Name, reply, static (json, write) => write(json));
        else
            Reply(topic.AskedJoinRef, topic.Ref, topic.Name, resume, static (json, r) => r.Write(json));
        CloseReplaced(topic);
        // A topic that is joined in the token's last minute has missed the warning.
        if (_warned)
            WarnOfExpiry(topic);
        if (resume.Needed)
            _ = Replay(topic, resume, announce: true);
        else
            joined.Hub.Tell(new HubMessages.GoLive(topic, resume.LiveFrom), ActorRefs.NoSender);
    }

    private void EndJoin(JoinedTopic topic, Refusal why)
    {
        _joining = null;
        Forget(topic);
        Refuse(topic.AskedJoinRef, topic.Ref, topic.Name, why);
        CloseReplaced(topic);
    }

    private void OnLeave(string name, in ClientFrame frame)
    {
        if (!_topics.TryGetValue(name, out var topic))
        {
            Reply(Ref.Null, frame.Ref, frame.Topic, PhoenixEvents.StatusOk, "{}"u8);
            return;
        }

        if (!frame.JoinRef.IsNull && frame.JoinRef != topic.JoinRef)
            return;

        if (topic.Pending > 0)
            (_leaving, topic.Leaving) = (topic, frame.Ref);
        else
            Leave(topic, frame.Ref);
    }

    private void Leave(JoinedTopic topic, Ref @ref)
    {
        StopTyping(topic);
        var current = Forget(topic);
        Reply(topic.JoinRef, @ref, topic.Name, PhoenixEvents.StatusOk, "{}"u8);
        // Who was removed meanwhile has been told so.
        if (current)
            Close(topic);
    }

    private bool Forget(JoinedTopic topic)
    {
        var current = _topics.TryGetValue(topic.Name, out var there) && ReferenceEquals(there, topic) && _topics.Remove(topic.Name);
        topic.Dispose();
        return current;
    }

    private void CloseReplaced(JoinedTopic topic)
    {
        Close(topic.Replaces);
        // Or a client that joins again and again would keep every join it ever made.
        topic.Replaces = null;
    }

    // Ends a topic by a fault of ours: the client joins again.
    private void Break(JoinedTopic topic)
    {
        if (!Forget(topic))
            return;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(64);
        FrameEncoder.WriteError(Version, buffer, topic.AskedJoinRef, topic.Name);
        Send(WireFrame.Text(buffer.WrittenSpan));
    }

    private void Close(JoinedTopic? topic)
    {
        if (topic is null)
            return;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(64);
        FrameEncoder.WriteClose(Version, buffer, topic.AskedJoinRef, topic.Name);
        Send(WireFrame.Text(buffer.WrittenSpan));
    }

    // Phoenix hands null, or no data in a binary frame, to join as it is; to us it means no parameters.
    private static ReadOnlySpan<byte> JoinPayload(in ClientFrame frame) =>
        frame.Payload.IsEmpty || frame.Payload.Span.SequenceEqual("null"u8) ? "{}"u8 : frame.Payload.Span;

    private sealed record HeadChecked(JoinedTopic Topic, HubMessages.ToSession.Joined Joined, bool IsKnown = true) : INoSerializationVerificationNeeded;
}
