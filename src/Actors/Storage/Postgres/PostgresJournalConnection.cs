using System.Diagnostics.CodeAnalysis;
using Npgsql;
using QuikApp.Actors.Storage.Journal;

namespace QuikApp.Actors.Storage.Postgres;

/// <summary>
/// Commits a batch in one round trip: the statements go out together and end with one Sync, which PostgreSQL takes as one
/// transaction. No client can hold such a transaction open, so a node that freezes or is cut off blocks nobody: what it sent
/// is committed or not, at once. Where a write is refused the halves of the batch are tried apart, down to the guilty one.
/// </summary>
internal sealed class PostgresJournalConnection(NpgsqlConnection connection, string writerId, TimeProvider time) : IJournalConnection
{
    /// <inheritdoc/>
    public IReadOnlyList<JournalWriteException?> Write(IReadOnlyList<JournalWrite> batch)
    {
        // One order on all nodes: two that write the same streams, of which one is mistaken, must not wait for each other.
        var order = Enumerable.Range(0, batch.Count).OrderBy(i => batch[i].PersistenceId, StringComparer.Ordinal).ToArray();
        var refused = new JournalWriteException?[batch.Count];
        Write(batch, order, refused);
        return refused;
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    [SuppressMessage("Design", "CA1031", Justification = "Half of the batch may be committed: each write gets its own outcome.")]
    private void Write(IReadOnlyList<JournalWrite> batch, ReadOnlySpan<int> part, JournalWriteException?[] refused)
    {
        try
        {
            Execute(batch, part);
            return;
        }
        catch (PostgresException e) when (PostgresErrors.IsOfOneWrite(e))
        {
            if (part.Length == 1)
            {
                var reason = PostgresErrors.IsConflict(e) ? JournalWriteFailure.Conflict : JournalWriteFailure.Database;
                refused[part[0]] = Failure(batch[part[0]], reason, e);
                return;
            }
        }
        catch (PostgresException e) when (PostgresErrors.IsFenced(e))
        {
            foreach (var i in part)
                refused[i] = Failure(batch[i], JournalWriteFailure.Fenced, e);
            return;
        }
        catch (Exception e) when (part.Length < batch.Count)
        {
            foreach (var i in part)
                refused[i] = Failure(batch[i], JournalWriteFailure.Database, e);
            return;
        }

        var half = part.Length / 2;
        Write(batch, part[..half], refused);
        Write(batch, part[half..], refused);
    }

    private void Execute(IReadOnlyList<JournalWrite> batch, ReadOnlySpan<int> part)
    {
        var rows = new PostgresJournalRows(time.GetUtcNow().Ticks);
        foreach (var i in part)
        {
            foreach (var item in batch[i].Events)
                rows.Add(item);
        }

        using var statements = new NpgsqlBatch(connection);
        rows.AddTo(statements, writerId);
        statements.ExecuteNonQuery();
    }

    private static JournalWriteException Failure(JournalWrite write, JournalWriteFailure reason, Exception error) =>
        new(reason, $"{write.PersistenceId} from {write.Events[0].SequenceNr}: {error.Message}", error);
}
