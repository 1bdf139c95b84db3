namespace QuikApp.Actors.Storage.Revocations;

/// <summary>The table of revocations, in the journal's database. A released step is never changed; a new one is appended.</summary>
internal static class SqliteRevocationSchema
{
    /// <summary>The component's name in the table of versions.</summary>
    public const string Component = "revocation";

    /// <summary>One statement a version.</summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        """
        CREATE TABLE revocation (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind SMALLINT NOT NULL,
            subject BLOB NOT NULL,
            revoked_before BIGINT NOT NULL,
            created BIGINT NOT NULL,
            request BLOB NULL UNIQUE
        )
        """,
        "CREATE INDEX revocation_by_subject ON revocation (subject, kind)",
    ];
}
