using Npgsql;

namespace QuikApp.Actors.Storage.Postgres;

/// <summary>What the server must promise, so that what was acknowledged outlives a power cut.</summary>
internal static class PostgresSettings
{
    private static readonly Version Oldest = new(15, 0);

    /// <summary>Refuses a server that is too old.</summary>
    /// <exception cref="StorageRefusedException">It is.</exception>
    public static void RequireVersion(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion < Oldest)
            throw new StorageRefusedException($"PostgreSQL {connection.PostgreSqlVersion} is too old: {Oldest.Major} or later is needed");
    }

    /// <summary>Refuses settings under which a commit that returned can be lost. They belong to role, database and session, so each connection that writes asks.</summary>
    /// <exception cref="StorageRefusedException">One of them is such.</exception>
    public static void RequireDurability(NpgsqlConnection connection)
    {
        Require(connection, "fsync", "on");
        Require(connection, "full_page_writes", "on");
        Require(connection, "synchronous_commit", "on", "remote_write", "remote_apply");
    }

    /// <summary>Whether damage on the disk would be noticed when it is read.</summary>
    public static bool HasChecksums(NpgsqlConnection connection) => Show(connection, "data_checksums") == "on";

    private static void Require(NpgsqlConnection connection, string setting, params ReadOnlySpan<string> allowed)
    {
        var found = Show(connection, setting);
        if (!allowed.Contains(found))
            throw new StorageRefusedException($"PostgreSQL has {setting} = {found} where {string.Join(" or ", allowed.ToArray())} is needed: events could be lost after they were acknowledged");
    }

    private static string? Show(NpgsqlConnection connection, string setting)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT current_setting(@setting)";
        command.Parameters.AddWithValue("setting", setting);
        return command.ExecuteScalar() as string;
    }
}
