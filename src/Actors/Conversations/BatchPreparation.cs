using QuikApp.Actors.Access;
using QuikApp.Actors.Channels;
using QuikApp.Actors.Users;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Conversations;

/// <summary>Looks up what a batch of commands depends on: in one go, and without I/O where everything is cached.</summary>
internal static class BatchPreparation
{
    /// <summary>Completes at once when nothing must be read.</summary>
    /// <param name="state">The conversation.</param>
    /// <param name="batch">The commands.</param>
    /// <param name="recent">Messages at hand.</param>
    /// <param name="attached">The sockets that are there, for calls.</param>
    /// <param name="services">What conversations share.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async ValueTask<BatchFacts> Prepare(
        ConversationState state,
        IReadOnlyList<ConversationMessages.Execute> batch,
        RecentMessages recent,
        IReadOnlySet<string> attached,
        ConversationServices services,
        CancellationToken cancellation)
    {
        var facts = new BatchFacts(services.NowMicros()) { Attached = attached };
        await Access(state, batch, facts, services, cancellation);

        HashSet<MessageId>? missing = null;
        List<(ConversationCommand Command, CommandIdentity Identity)>? keyed = null;
        HashSet<UserId> authors = [];
        HashSet<UserId>? members = null;
        foreach (var (_, command, _, _, _) in batch)
        {
            // A stranger is about to be refused: nothing is read, and no key is made, on their behalf.
            if (!ConversationRules.MayAct(state, facts, command) && members?.Contains(command.By.User) != true)
                continue;

            authors.Add(command.By.User);
            if (command.Concerns is { } id)
                Find(id);
            if (command is ConversationCommand.Record { Event.Message: { } concerned })
                Find(concerned);
            if (CommandIdentity.Of(command, services.Keys.IndexKey.Span) is { } identity)
            {
                facts.Know(command, identity);
                (keyed ??= []).Add((command, identity));
            }

            if (MemberOf(command) is { } member)
                (members ??= []).Add(member);
            if (command is ConversationCommand.MarkRead mark)
                facts.Know(mark, await Unread(state.Stream, mark, services, cancellation));
        }

        if (missing is not null)
        {
            foreach (var view in await services.Reader.Messages(state.Stream, missing, cancellation))
                facts.Know(view);
        }

        if (keyed is not null)
            await Earlier(state.Stream, facts, keyed, services, cancellation);
        members?.ExceptWith(authors);
        await Keys(state.Stream, facts, authors, members, services, cancellation);
        return facts;

        void Find(MessageId id)
        {
            if (recent.Find(id) is { } view)
                facts.Know(view);
            else
                (missing ??= []).Add(id);
        }
    }

    /// <summary>Looks up what decides on one requester's access.</summary>
    public static async ValueTask<BatchFacts> Access(
        ConversationState state, Requester who, ConversationServices services, CancellationToken cancellation)
    {
        var facts = new BatchFacts(services.NowMicros());
        var (workspace, roster) = await Places(state, state.Workspace, facts, services, cancellation);
        if (!who.IsServer && workspace is { } id)
            facts.Know(who, await services.Access.StandingOf(who, id, roster!, cancellation));
        return facts;
    }

    private static async ValueTask Access(
        ConversationState state,
        IReadOnlyList<ConversationMessages.Execute> batch,
        BatchFacts facts,
        ConversationServices services,
        CancellationToken cancellation)
    {
        var own = state.Workspace ?? batch.Select(m => (m.Command as ConversationCommand.Create)?.Workspace).FirstOrDefault(w => w is not null);
        var (workspace, roster) = await Places(state, own, facts, services, cancellation);
        if (workspace is not { } id)
            return;

        // Asked together, so that a directory that is slow is waited for once; and one whose answer fails keeps nobody else.
        List<(Requester Who, Task<Standing> Asked)>? asking = null;
        foreach (var who in batch.Select(m => m.Command.By).Where(who => !who.IsServer))
        {
            var standing = services.Access.StandingOf(who, id, roster!, cancellation);
            if (standing.IsCompletedSuccessfully)
                facts.Know(who, standing.Result);
            else
                (asking ??= []).Add((who, standing.AsTask()));
        }

        foreach (var (who, asked) in asking ?? [])
        {
            try
            {
                facts.Know(who, await asked);
            }
            catch (AccessUnknownException)
            {
                facts.KnowNothing(who);
            }
        }
    }

    private static async ValueTask<(WorkspaceId? Workspace, WorkspaceState? Roster)> Places(
        ConversationState state, WorkspaceId? own, BatchFacts facts, ConversationServices services, CancellationToken cancellation)
    {
        var parent = state.Parent is { } channel ? (ChannelState)await services.Replicas.Get(StreamId.Of(channel), cancellation) : null;
        var workspace = own ?? parent?.Workspace;
        var roster = state as WorkspaceState
            ?? (workspace is { } id ? (WorkspaceState)await services.Replicas.Get(StreamId.Of(id), cancellation) : null);
        facts.Know(state is WorkspaceState ? null : roster, parent);
        return (workspace, roster);
    }

    private static UserId? MemberOf(ConversationCommand command) => command switch
    {
        ConversationCommand.AddMember add => add.User,
        ConversationCommand.RemoveMember remove => remove.User,
        ConversationCommand.Enrol enrol => enrol.User,
        ConversationCommand.Create create => create.With,
        _ => null,
    };

    private static async ValueTask<ReadFacts> Unread(
        StreamId user, ConversationCommand.MarkRead mark, ConversationServices services, CancellationToken cancellation)
    {
        var pseudonym = await services.Keys.Pseudonym(mark.By.User, cancellation);
        return await services.Store.Unread(user, mark.Target, mark.UpTo, pseudonym, cancellation);
    }

    private static async ValueTask Keys(
        StreamId stream,
        BatchFacts facts,
        HashSet<UserId> authors,
        HashSet<UserId>? members,
        ConversationServices services,
        CancellationToken cancellation)
    {
        var month = DateTimeOffset.UnixEpoch.AddMicroseconds(facts.NowMicros);
        foreach (var author in authors)
        {
            var pseudonym = await services.Keys.Pseudonym(author, cancellation);
            facts.Know(author, pseudonym, await services.Keys.GetOrCreate(author, stream, month, cancellation));
        }

        foreach (var member in members ?? [])
            facts.Know(member, await services.Keys.Pseudonym(member, cancellation), key: null);
    }

    // Ids and times of first replies are in the record's header: nothing is decrypted to repeat a reply.
    private static async ValueTask Earlier(
        StreamId stream,
        BatchFacts facts,
        List<(ConversationCommand Command, CommandIdentity Identity)> keyed,
        ConversationServices services,
        CancellationToken cancellation)
    {
        var found = await services.Store.FindIdempotent(stream, [.. keyed.Select(k => k.Identity.Key)], cancellation);
        if (found.Count == 0)
            return;

        var headers = new Dictionary<long, RecordHeader>();
        foreach (var row in await services.Store.ReadRecords(stream, [.. found.Values.Select(f => f.Seq)], cancellation))
        {
            var header = JournalRecord.Parse(row.Bytes).Header;
            headers[header.Seq] = header;
        }

        foreach (var (_, identity) in keyed)
        {
            if (!found.TryGetValue(identity.Key, out var earlier))
                continue;
            var header = headers[earlier.Seq];
            facts.Know(identity, new Receipt(header.Seq, header.IssuedAt, header.Message), earlier.Fingerprint);
        }
    }
}
