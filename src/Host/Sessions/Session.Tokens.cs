using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Presence;
using QuikApp.Host.Authentication;
using QuikApp.Host.Authentication.Revocations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sessions;

// A token ends while its socket lives: the client is warned a minute before, may push a new one for the same subject,
// and is otherwise closed with 4401.
internal sealed partial class Session
{
    private static readonly TimeSpan Warning = TimeSpan.FromSeconds(60);

    // Read by whoever takes tokens back, on a thread of its own.
    private volatile AccessToken _token;
    private bool _warned;

    // Read by hubs on their own threads.
    private volatile Requester _requester;

    /// <summary>Who is connected, with the rights of the newest token.</summary>
    public Requester Requester => _requester;

    /// <inheritdoc/>
    AccessToken ILiveToken.Token => _token;

    /// <summary>When the newest token counts no more.</summary>
    public DateTimeOffset TokenEnd => _token.ExpiresAt + _services.Leeway;

    /// <inheritdoc/>
    void ILiveToken.End(int code, string reason) => _socket.Close(code, reason);

    /// <summary>Warns of the token's end, or closes the socket when it has come.</summary>
    /// <returns>How long until there is something to do again; null when there is nothing more.</returns>
    public TimeSpan? CheckExpiry()
    {
        var left = TokenEnd - _services.Time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            _socket.Close(CloseCode.Unauthorized, "token expired");
            return null;
        }

        if (left > Warning)
            return left - Warning;

        if (!_warned)
        {
            _warned = true;
            foreach (var topic in _topics.Values.Where(t => t.Hub is not null))
                WarnOfExpiry(topic);
        }

        return left;
    }

    private void WarnOfExpiry(JoinedTopic topic) =>
        Push(topic, EventNames.TokenExpiring, _token.ExpiresAt, static (json, at) => NoticePayload.WriteTokenExpiring(json, at));

    private Refusal? OnRefresh(JoinedTopic topic, in ClientFrame frame)
    {
        if (!RefreshToken.TryParse(frame.Payload.Span, out var m, out var refusal))
            return refusal;

        var correlation = Await(topic, frame.Ref);
        _services.Tokens.ValidateAsync(m.AccessToken).AsTask().PipeTo(Self, success: result => new TokenChecked(correlation, result));
        return null;
    }

    // Supabase's client gives its token with every join.
    private void CheckToken(string token, JoinedTopic topic) =>
        _services.Tokens.ValidateAsync(token).AsTask().PipeTo(Self, success: result => new JoinTokenChecked(topic, result));

    private void OnTokenChecked(TokenChecked m)
    {
        if (!_pending.Remove(m.Correlation, out var push))
            return;

        if (Adopt(m.Result))
            Reply(push.Topic.JoinRef, push.Ref, push.Topic.Name, PhoenixEvents.StatusOk, "{}"u8);
        else
            Refuse(push.Topic.JoinRef, push.Ref, push.Topic.Name, Refusal.Unauthorized);
        Answered(push.Topic);
    }

    private void OnJoinTokenChecked(JoinTokenChecked m)
    {
        if (!ReferenceEquals(m.Topic, _joining))
            return;
        if (Adopt(m.Result))
            Subscribe(m.Topic);
        else
            EndJoin(m.Topic, Refusal.Unauthorized);
    }

    // Another subject needs another socket: everything here was authorised for this one.
    private bool Adopt(TokenValidation result)
    {
        if (result.Token is not { } token || token.UserId != _token.UserId)
            return false;
        _token = token;
        _warned = false;
        var before = _requester;
        _requester = RequesterOf(token, before.Device, before.Session);
        if (!before.Workspaces.SetEquals(_requester.Workspaces))
            MovePresence(before);
        // Taken back since it was checked.
        _services.Revocations.Check(this);
        return true;
    }

    // Open first: where the user stays, nobody is to see them go and come.
    private void MovePresence(Requester before)
    {
        _services.Presence.Tell(new PresenceMessages.Opened(_requester, Device), Self);
        _services.Presence.Tell(new PresenceMessages.Closed(before, Device), Self);
        foreach (var topic in _topics.Values.Where(topic => topic.Topic.Kind is TopicKind.Presence))
            topic.Hub?.Tell(new PresenceMessages.AccessChanged(_requester.User, WorkspaceId.Parse(topic.Topic.Id)), Self);
    }

    private sealed record TokenChecked(long Correlation, TokenValidation Result) : INoSerializationVerificationNeeded;

    private sealed record JoinTokenChecked(JoinedTopic Topic, TokenValidation Result) : INoSerializationVerificationNeeded;
}
