using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Presence;

/// <summary>Reads the status that a user last set out of their stream, without waking them.</summary>
/// <param name="services">Reads the journal.</param>
internal sealed class StatusReader(ConversationServices services) : IStatusSource
{
    public async ValueTask<UserStatus?> Of(UserId user)
    {
        var stream = StreamId.Of(user);
        if (await services.Store.StatusSeq(stream) is not { } seq)
            return null;
        var events = await services.Reader.Read(stream, seq, seq, CancellationToken.None);
        return From(events[0]);
    }

    /// <summary>The status that an event sets; null for any other event.</summary>
    public static UserStatus? From(NumberedEvent e) => e.Event is ConversationEvent.StatusSet set
        ? new UserStatus(set.Status, set.Text, set.ExpiresAt is { } end ? DateTimeOffset.UnixEpoch.AddMicroseconds(end) : null, e.Seq)
        : null;
}
