using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Conversations;

/// <summary>The last messages of a conversation, decoded: a bounded cache in front of the journal.</summary>
/// <param name="capacity">Messages kept.</param>
internal sealed class RecentMessages(int capacity)
{
    private readonly Dictionary<MessageId, MessageView> _views = [];
    private readonly Queue<MessageId> _order = new();

    public MessageView? Find(MessageId id) => _views.GetValueOrDefault(id);

    /// <summary>Folds a committed event in. Events of messages that are not cached are left to the journal.</summary>
    public void Apply(NumberedEvent e)
    {
        if (e.Event is ConversationEvent.MessageCreated created && capacity > 0)
        {
            _views[created.Id] = MessageView.Create(e);
            _order.Enqueue(created.Id);
            if (_order.Count > capacity)
                _views.Remove(_order.Dequeue());
        }
        else if (e.Event.Message is { } id && _views.TryGetValue(id, out var view))
        {
            _views[id] = view.Apply(e);
        }
    }
}
