using System.Collections.Immutable;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Payloads;

/// <summary>
/// What a client that has everything up to <c>since</c> must be told so that it shows the final state, and no more.
/// </summary>
/// <remarks>
/// <para>The rule, for each message that an event after <c>since</c> concerns:</para>
/// <list type="number">
/// <item>deleted: its <c>message:delete</c>, also when it was created after <c>since</c>, and the last <c>thread:update</c>:
/// replies outlive what they reply to;</item>
/// <item>created after <c>since</c>: one <c>message:new</c> with the final content, <c>editedAt</c>, <c>reactions</c> and
/// <c>thread</c> where there are any, under the number of its creation;</item>
/// <item>otherwise the last <c>message:update</c>, if any, for each pair of user and emoji the last
/// <c>message:reaction</c>, and the last <c>thread:update</c>.</item>
/// </list>
/// <para>
/// Every other event (membership, the channel's creation) is kept. No event up to <c>since</c> is read.
/// </para>
/// <para>
/// Frames come by rising number, so a client that is cut off within may resume from the last number it saw: each event left
/// out was overtaken by one with a greater number, which the next resume sends. For the same reason a reaction that was taken
/// back and put there again is sent, though it may change nothing: whether it does depends on what the client shows, and
/// after such a cut that is not what the conversation was at <c>since</c>. Clients keep reactions as a set, where adding what
/// is there and removing what is not there change nothing.
/// </para>
/// </remarks>
public static class CompactResume
{
    /// <summary>The frames to send.</summary>
    /// <param name="since">The last number the client has; events up to it are passed over.</param>
    /// <param name="events">Events of one stream, by rising number.</param>
    public static ImmutableArray<CompactFrame> Frames(long since, IEnumerable<NumberedEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var frames = ImmutableArray.CreateBuilder<CompactFrame>();
        var messages = new Dictionary<MessageId, Changes>();
        foreach (var numbered in events.SkipWhile(numbered => numbered.Seq <= since))
        {
            if (numbered.Event.Message is not { } id)
                frames.Add(new CompactFrame(numbered));
            else if (messages.TryGetValue(id, out var changes))
                changes.Add(numbered);
            else
                messages.Add(id, new Changes(numbered));
        }

        foreach (var changes in messages.Values)
            frames.AddRange(changes.Frames());
        frames.Sort((one, other) => one.Seq.CompareTo(other.Seq));
        return frames.ToImmutable();
    }

    /// <summary>What happened to one message after <c>since</c>.</summary>
    private sealed class Changes
    {
        private readonly Dictionary<(UserId User, string Emoji), NumberedEvent> _reactions = [];
        private MessageView? _created;
        private NumberedEvent? _edited;
        private NumberedEvent? _deleted;
        private NumberedEvent? _thread;

        public Changes(NumberedEvent first) => Add(first);

        public void Add(NumberedEvent numbered)
        {
            _created = _created?.Apply(numbered);
            switch (numbered.Event)
            {
                case ConversationEvent.MessageCreated:
                    _created = MessageView.Create(numbered);
                    break;
                case ConversationEvent.MessageEdited:
                    _edited = numbered;
                    break;
                case ConversationEvent.MessageDeleted:
                    _deleted = numbered;
                    break;
                case ConversationEvent.ThreadOpened or ConversationEvent.ThreadUpdated:
                    _thread = numbered;
                    break;
                case ConversationEvent.ReactionAdded added:
                    _reactions[(numbered.By, added.Emoji)] = numbered;
                    break;
                case ConversationEvent.ReactionRemoved removed:
                    _reactions[(numbered.By, removed.Emoji)] = numbered;
                    break;
            }
        }

        public IEnumerable<CompactFrame> Frames()
        {
            if (_deleted is null && _created is not null)
                return [new CompactFrame(_created)];

            var last = _deleted is null ? _reactions.Values.Append(_edited) : [_deleted];
            return last.Append(_thread).OfType<NumberedEvent>().Select(numbered => new CompactFrame(numbered));
        }
    }
}
