using System.Data;
using System.Data.Common;

namespace QuikApp.Actors.Storage;

/// <summary>
/// One open connection with the statements prepared on it. Belongs to one thread at a time.
/// </summary>
internal sealed class PreparedConnection(DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, PreparedStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>The connection itself.</summary>
    public DbConnection Connection => connection;

    /// <summary>The transaction that every statement joins, if one is open.</summary>
    public DbTransaction? Transaction { get; private set; }

    /// <summary>The statement of <paramref name="sql"/>, prepared at its first use; its parameters are @p0, @p1 … in the order of <paramref name="types"/>.</summary>
    public PreparedStatement Prepare(string sql, params ReadOnlySpan<DbType> types)
    {
        if (_statements.TryGetValue(sql, out var known))
            return known;
        var made = new PreparedStatement(this, sql, types);
        _statements.Add(sql, made);
        return made;
    }

    /// <summary>Opens a transaction; on SQLite it takes the write lock at once, so it cannot fail halfway for want of it.</summary>
    public void Begin() => Transaction = connection.BeginTransaction();

    /// <summary>Makes the transaction durable.</summary>
    public void Commit()
    {
        Transaction!.Commit();
        Transaction.Dispose();
        Transaction = null;
    }

    /// <summary>Undoes the open transaction, if there is one.</summary>
    public void Rollback()
    {
        Transaction?.Dispose();
        Transaction = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        Transaction?.Dispose();
        connection.Dispose();
    }
}
