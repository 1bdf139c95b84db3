namespace QuikApp.Actors.Storage.Sqlite;

/// <summary>
/// The tables of the key store. They stand apart from the journal so that a key can be destroyed, and backed up, without it.
/// A released step is never changed; a new one is appended.
/// </summary>
internal static class SqliteKeySchema
{
    /// <summary>One statement a version. The release before knows all of them.</summary>
    public static readonly ComponentSchema Schema = new(
        "keys",
        [
            """
            CREATE TABLE content_key (
                kid VARCHAR(64) NOT NULL PRIMARY KEY,
                author VARCHAR(64) NOT NULL,
                stream VARCHAR(255) NOT NULL,
                month VARCHAR(7) NOT NULL,
                wrapped BLOB NOT NULL,
                UNIQUE (author, stream, month)
            ) WITHOUT ROWID
            """,
            """
            CREATE TABLE pseudonym (
                subject VARCHAR(64) NOT NULL PRIMARY KEY,
                pseudonym VARCHAR(64) NOT NULL UNIQUE
            ) WITHOUT ROWID
            """,
            """
            CREATE TABLE purpose_key (
                purpose VARCHAR(64) NOT NULL PRIMARY KEY,
                wrapped BLOB NOT NULL
            ) WITHOUT ROWID
            """,
        ],
        UsableFrom: 3);
}
