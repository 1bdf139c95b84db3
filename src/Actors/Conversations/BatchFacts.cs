using QuikApp.Actors.Access;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Relays;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Actors.Users;
using QuikApp.Actors.Workspaces;
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
    private readonly Dictionary<string, (Receipt Receipt, byte[] Fingerprint)> _done = [];
    private readonly Dictionary<ConversationCommand, CommandIdentity> _identities = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<UserId, (string Pseudonym, ContentKey? Key)> _authors = [];
    private readonly Dictionary<Requester, Standing> _standings = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ConversationCommand, ReadFacts> _reads = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<StreamId, ReadFacts> _marked = [];
    private readonly HashSet<Requester> _unknown = new(ReferenceEqualityComparer.Instance);

    public long NowMicros { get; } = nowMicros;

    /// <inheritdoc/>
    public WorkspaceState? Roster { get; private set; }

    /// <summary>The channel whose rights count, for threads and calls.</summary>
    public ChannelState? Parent { get; private set; }

    /// <summary>The sockets that are there, for calls.</summary>
    public IReadOnlySet<string> Attached { get; init; } = new HashSet<string>();

    /// <inheritdoc/>
    public MessageView? Message(MessageId id) => _messages.GetValueOrDefault(id);

    /// <inheritdoc/>
    public EarlierSend? Earlier(ConversationCommand command)
    {
        if (!_identities.TryGetValue(command, out var identity) || !_done.TryGetValue(identity.KeyText, out var earlier))
            return null;
        return new EarlierSend(earlier.Receipt, earlier.Fingerprint.AsSpan().SequenceEqual(identity.Fingerprint));
    }

    /// <inheritdoc/>
    public AccessFacts Access(Requester who) =>
        new(who.IsServer ? Standing.Server : _standings.GetValueOrDefault(who, Standing.Stranger), Parent);

    /// <summary>Whether the source of access did not answer for the requester: their commands can be neither taken nor refused.</summary>
    public bool IsUnknown(Requester who) => _unknown.Contains(who);

    /// <inheritdoc/>
    public ReadFacts Unread(ConversationCommand.MarkRead command) =>
        _marked.TryGetValue(command.Target, out var marked) && marked.Marked >= command.UpTo ? marked : _reads[command];

    /// <inheritdoc/>
    public bool IsAttached(string session) => Attached.Contains(session);

    /// <summary>What the read model is to know of an event of this batch.</summary>
    /// <param name="state">The conversation behind the event.</param>
    /// <param name="e">The event.</param>
    /// <param name="command">What asked for it.</param>
    /// <param name="isFirst">Whether it is the command's first event: that one carries the key.</param>
    public IndexFacts? IndexOf(ConversationState state, NumberedEvent e, ConversationCommand command, bool isFirst)
    {
        var identity = isFirst ? _identities.GetValueOrDefault(command) : null;
        var owes = Consequences.Has(state, e, e.Event.Message is { } about ? Message(about) : null);
        var facts = ReadIndex.Of(e);
        if (e.Event.Message is { } id)
        {
            var created = e.Event is ConversationEvent.MessageCreated;
            facts = new IndexFacts(id.Value, created ? e.Seq : _messages[id].Seq)
            {
                Author = created ? PseudonymOf(e.By) : null,
                Deletes = e.Event is ConversationEvent.MessageDeleted,
            };
        }

        if (facts is null && identity is null && !owes)
            return null;
        return (facts ?? new IndexFacts()) with { IdempotencyKey = identity?.Key, Fingerprint = identity?.Fingerprint, OwesRelay = owes };
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
        if (_identities.TryGetValue(command, out var identity))
            _done[identity.KeyText] = (receipt, identity.Fingerprint);
        if (command is ConversationCommand.MarkRead mark)
            _marked[mark.Target] = _reads[mark] with { Marked = mark.UpTo };
    }

    internal void Know(MessageView view) => _messages[view.Id] = view;

    internal void Know(ConversationCommand command, CommandIdentity identity) => _identities[command] = identity;

    internal void Know(CommandIdentity identity, Receipt receipt, byte[] fingerprint) => _done[identity.KeyText] = (receipt, fingerprint);

    internal void Know(UserId user, string pseudonym, ContentKey? key) => _authors[user] = (pseudonym, key);

    internal void Know(Requester who, Standing standing) => _standings[who] = standing;

    internal void Know(ConversationCommand.MarkRead mark, ReadFacts facts) => _reads[mark] = facts;

    internal void KnowNothing(Requester who) => _unknown.Add(who);

    internal void Know(WorkspaceState? roster, ChannelState? parent) => (Roster, Parent) = (roster, parent);
}
