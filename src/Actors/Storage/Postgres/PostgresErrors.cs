using Npgsql;

namespace QuikApp.Actors.Storage.Postgres;

/// <summary>What errors of the driver mean.</summary>
internal static class PostgresErrors
{
    /// <summary>Somebody else has the number, the message id or the idempotency key.</summary>
    public static bool IsConflict(Exception error) => error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>The writer is fenced (<c>require_writer</c>).</summary>
    public static bool IsFenced(PostgresException error) => error.SqlState == "QF001";

    /// <summary>The values of a write are what the database refuses (classes 22 and 23), so others in its transaction may pass without it.</summary>
    public static bool IsOfOneWrite(Exception error) =>
        error is PostgresException { SqlState: { } state } && (state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal));

    /// <summary>Runs what happens at start, and says of an error whether trying again may help.</summary>
    /// <exception cref="StorageRefusedException">The database refuses: a password, a name or a right must be put in order first.</exception>
    /// <exception cref="StorageAwayException">It cannot be reached.</exception>
    public static void Translate(Action act)
    {
        try
        {
            act();
        }
        catch (PostgresException e) when (IsRefusal(e.SqlState))
        {
            throw new StorageRefusedException($"PostgreSQL refuses: {e.MessageText} (SQLSTATE {e.SqlState})", e);
        }
        catch (NpgsqlException e)
        {
            throw new StorageAwayException($"PostgreSQL cannot be used now: {e.Message}", e);
        }
        catch (TimeoutException e)
        {
            throw new StorageAwayException("PostgreSQL does not answer", e);
        }
    }

    // Rights and passwords (28, 42), names (3D, 3F), and what the server does not offer (0A).
    private static bool IsRefusal(string state) => state[..2] is "28" or "42" or "3D" or "3F" or "0A";
}
