using Akka.Actor;
using QuikApp.Actors.Conversations;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Host.Sessions;

// A token ends while its socket lives: the client is warned a minute before, may push a new one for the same subject,
// and is otherwise closed with 4401.
internal sealed partial class Session
{
    private static readonly TimeSpan Warning = TimeSpan.FromSeconds(60);

    private AccessToken _token;
    private bool _warned;

    // Read by hubs on their own threads.
    private volatile Requester _requester;

    /// <summary>Who is connected, with the rights of the newest token.</summary>
    public Requester Requester => _requester;

    /// <summary>How long until <see cref="CheckExpiry"/> has something to do.</summary>
    public TimeSpan UntilExpiryCheck()
    {
        var left = _token.ExpiresAt + _services.Leeway - _services.Time.GetUtcNow();
        var wait = _warned ? left : left - Warning;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>Warns of the token's end, or closes the socket when it has come.</summary>
    public void CheckExpiry()
    {
        var left = _token.ExpiresAt + _services.Leeway - _services.Time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            _socket.Close(CloseCode.Unauthorized, "token expired");
            return;
        }

        if (_warned || left > Warning)
            return;
        _warned = true;
        foreach (var topic in _topics.Values.Where(t => t.Hub is not null))
            Push(topic, EventNames.TokenExpiring, _token.ExpiresAt, static (json, at) => NoticePayload.WriteTokenExpiring(json, at));
    }

    private Refusal? OnRefresh(JoinedTopic topic, in ClientFrame frame)
    {
        if (!RefreshToken.TryParse(frame.Payload.Span, out var m, out var refusal))
            return refusal;

        var @ref = frame.Ref;
        topic.Pending++;
        _services.Tokens.ValidateAsync(m.AccessToken).AsTask().PipeTo(Self, success: result => new TokenChecked(topic, @ref, result));
        return null;
    }

    private void OnTokenChecked(TokenChecked m)
    {
        // Another subject needs another socket: everything here was authorised for this one.
        if (m.Result.Token is { } token && token.UserId == _token.UserId)
        {
            _token = token;
            _warned = false;
            _requester = RequesterOf(token);
            Reply(m.Topic.JoinRef, m.Ref, m.Topic.Name, PhoenixEvents.StatusOk, "{}"u8);
        }
        else
        {
            Refuse(m.Topic.JoinRef, m.Ref, m.Topic.Name, Refusal.Unauthorized);
        }

        Answered(m.Topic);
    }

    private sealed record TokenChecked(JoinedTopic Topic, Ref Ref, TokenValidation Result) : INoSerializationVerificationNeeded;
}
