namespace QuikApp.Actors.Storage.Sqlite;

/// <summary>
/// The indexes over the journal, in its own database, so that one transaction holds an event and what finds it.
/// A released step is never changed; a new one is appended.
/// </summary>
internal static class SqliteIndexSchema
{
    /// <summary>One statement a version. The release before knows all of them.</summary>
    public static readonly ComponentSchema Schema = new(
        "conversation-index",
        [
            """
            CREATE TABLE message (
                stream VARCHAR(255) NOT NULL,
                seq BIGINT NOT NULL,
                message_id VARCHAR(64) NOT NULL,
                PRIMARY KEY (stream, seq)
            ) WITHOUT ROWID
            """,
            "CREATE UNIQUE INDEX message_by_id ON message (stream, message_id)",
            """
            CREATE TABLE message_change (
                stream VARCHAR(255) NOT NULL,
                seq BIGINT NOT NULL,
                message_seq BIGINT NOT NULL,
                PRIMARY KEY (stream, seq)
            ) WITHOUT ROWID
            """,
            "CREATE INDEX message_change_by_message ON message_change (stream, message_seq, seq)",
            """
            CREATE TABLE idempotency (
                stream VARCHAR(255) NOT NULL,
                idempotency_key BLOB NOT NULL,
                fingerprint BLOB NOT NULL,
                seq BIGINT NOT NULL,
                PRIMARY KEY (stream, idempotency_key)
            ) WITHOUT ROWID
            """,
            "ALTER TABLE message ADD COLUMN author VARCHAR(32)",
            "ALTER TABLE message ADD COLUMN deleted BOOLEAN NOT NULL DEFAULT FALSE",
            """
            CREATE TABLE relay (
                stream VARCHAR(255) NOT NULL,
                seq BIGINT NOT NULL,
                created BIGINT NOT NULL,
                PRIMARY KEY (stream, seq)
            ) WITHOUT ROWID
            """,
            "CREATE INDEX relay_by_age ON relay (created)",
            """
            CREATE TABLE read_mark (
                stream VARCHAR(255) NOT NULL,
                target VARCHAR(255) NOT NULL,
                seq BIGINT NOT NULL,
                PRIMARY KEY (stream, target)
            ) WITHOUT ROWID
            """,
            """
            CREATE TABLE mention (
                stream VARCHAR(255) NOT NULL,
                target VARCHAR(255) NOT NULL,
                seq BIGINT NOT NULL,
                PRIMARY KEY (stream, target, seq)
            ) WITHOUT ROWID
            """,
            "CREATE TABLE user_status (stream VARCHAR(255) NOT NULL PRIMARY KEY, seq BIGINT NOT NULL) WITHOUT ROWID",
        ],
        UsableFrom: 12);
}
