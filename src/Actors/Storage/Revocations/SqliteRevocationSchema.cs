namespace QuikApp.Actors.Storage.Revocations;

/// <summary>The table of revocations, in the journal's database. A released step is never changed; a new one is appended.</summary>
internal static class SqliteRevocationSchema
{
    /// <summary>One statement a version. The release before knows all of them.</summary>
    public static readonly ComponentSchema Schema = new(
        "revocation",
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
        ],
        UsableFrom: 2);
}
