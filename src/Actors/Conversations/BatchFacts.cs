using QuikApp.Actors.Storage.Journal;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Conversations;

/// <summary>
/// Everything one batch of commands depends on, looked up beforehand, with the batch's own decisions laid over it: the
/// second command of a batch sees what the first one did.
/// </summary>
/// <param name="nowMicros">The batch's clock: one reading for all its decisions.</param>
internal sealed class BatchFacts(long nowMicros) : IConversationFacts
{
    private readonly Dictionary<MessageId, MessageView> _messages = [];
    private readonly Dictionary<string, (Receipt Receipt, byte[] Fingerprint)> _sends = [];
    private readonly Dictionary<ConversationCommand.Send, SendIdentity> _identities = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<UserId, (string Pseudonym, ContentKey? Key)> _authors = [];

    public long NowMicros { get; } = nowMicros;

    public MessageView? Message(MessageId id) => _messages.GetValueOrDefault(id);

    public EarlierSend? Earlier(ConversationCommand.Send send)
    {
        if (!_identities.TryGetValue(send, out var identity) || !_sends.TryGetValue(identity.KeyText, out var earlier))
            return null;
        return new EarlierSend(earlier.Receipt, earlier.Fingerprint.AsSpan().SequenceEqual(identity.Fingerprint));
    }

    /// <summary>What the read model is to know of an event of this batch.</summary>
    public IndexFacts? IndexOf(NumberedEvent e, ConversationCommand command)
    {
        if (e.Event.Message is not { } id)
            return null;
        var identity = command is ConversationCommand.Send send ? _identities.GetValueOrDefault(send) : null;
        var messageSeq = e.Event is ConversationEvent.MessageCreated ? e.Seq : _messages[id].Seq;
        return new IndexFacts(id.Value, messageSeq, identity?.Key, identity?.Fingerprint);
    }

    public string PseudonymOf(UserId user) => _authors[user].Pseudonym;

    public ContentKey KeyOf(UserId author) =>
        _authors[author].Key ?? throw new InvalidOperationException("no content key was prepared for this author");

    /// <summary>Lays a decision over the facts.</summary>
    public void Apply(NumberedEvent e, ConversationCommand command, Receipt receipt)
    {
        if (e.Event is ConversationEvent.MessageCreated created)
            _messages[created.Id] = MessageView.Create(e);
        else if (e.Event.Message is { } id)
            _messages[id] = _messages[id].Apply(e);
        if (command is ConversationCommand.Send send && _identities.TryGetValue(send, out var identity))
            _sends[identity.KeyText] = (receipt, identity.Fingerprint);
    }

    internal void Know(MessageView view) => _messages[view.Id] = view;

    internal void Know(ConversationCommand.Send send, SendIdentity identity) => _identities[send] = identity;

    internal void Know(SendIdentity identity, Receipt receipt, byte[] fingerprint) => _sends[identity.KeyText] = (receipt, fingerprint);

    internal void Know(UserId user, string pseudonym, ContentKey? key) => _authors[user] = (pseudonym, key);
}
