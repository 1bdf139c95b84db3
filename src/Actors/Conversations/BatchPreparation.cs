using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Conversations;

/// <summary>Looks up what a batch of commands depends on: in one go, and without I/O where everything is cached.</summary>
internal static class BatchPreparation
{
    public static ValueTask<BatchFacts> Prepare(
        ConversationState state,
        IReadOnlyList<ConversationMessages.Execute> batch,
        RecentMessages recent,
        ConversationServices services,
        CancellationToken cancellation)
    {
        var stream = state.Stream;
        var facts = new BatchFacts(services.NowMicros());
        HashSet<MessageId>? missing = null;
        List<SendIdentity>? keyed = null;
        HashSet<UserId> authors = [];
        HashSet<UserId>? members = null;

        foreach (var (_, command, _, _, _) in batch)
        {
            // A stranger is about to be refused: nothing is read, and no key is made, on their behalf.
            if (!ConversationRules.MayAct(state, command) && members?.Contains(command.By.User) != true)
                continue;

            authors.Add(command.By.User);
            if (command.Concerns is { } id)
            {
                if (recent.Find(id) is { } view)
                    facts.Know(view);
                else
                    (missing ??= []).Add(id);
            }

            switch (command)
            {
                case ConversationCommand.Send send when SendIdentity.Of(send, services.Keys.IndexKey.Span) is { } identity:
                    facts.Know(send, identity);
                    (keyed ??= []).Add(identity);
                    break;
                case ConversationCommand.AddMember add:
                    (members ??= []).Add(add.User);
                    break;
                case ConversationCommand.RemoveMember remove:
                    (members ??= []).Add(remove.User);
                    break;
            }
        }

        members?.ExceptWith(authors);
        return missing is null && keyed is null
            ? Keys(stream, facts, authors, members, services, cancellation)
            : Lookups(stream, facts, authors, members, missing, keyed, services, cancellation);
    }

    private static async ValueTask<BatchFacts> Keys(
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
        return facts;
    }

    private static async ValueTask<BatchFacts> Lookups(
        StreamId stream,
        BatchFacts facts,
        HashSet<UserId> authors,
        HashSet<UserId>? members,
        HashSet<MessageId>? missing,
        List<SendIdentity>? keyed,
        ConversationServices services,
        CancellationToken cancellation)
    {
        if (missing is not null)
        {
            foreach (var view in await services.Reader.Messages(stream, missing, cancellation))
                facts.Know(view);
        }

        if (keyed is not null)
            await EarlierSends(stream, facts, keyed, services, cancellation);
        return await Keys(stream, facts, authors, members, services, cancellation);
    }

    // Ids and times of first replies are in the record's header: nothing is decrypted to repeat a reply.
    private static async Task EarlierSends(
        StreamId stream, BatchFacts facts, List<SendIdentity> keyed, ConversationServices services, CancellationToken cancellation)
    {
        var found = await services.Store.FindIdempotent(stream, [.. keyed.Select(k => k.Key)], cancellation);
        if (found.Count == 0)
            return;

        var headers = new Dictionary<long, RecordHeader>();
        foreach (var row in await services.Store.ReadRecords(stream, [.. found.Values.Select(f => f.Seq)], cancellation))
        {
            var header = JournalRecord.Parse(row.Bytes).Header;
            headers[header.Seq] = header;
        }

        foreach (var identity in keyed)
        {
            if (!found.TryGetValue(identity.Key, out var earlier))
                continue;
            var header = headers[earlier.Seq];
            facts.Know(identity, new Receipt(header.Seq, header.IssuedAt, header.Message), earlier.Fingerprint);
        }
    }
}
