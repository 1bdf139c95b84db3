namespace QuikApp.Actors.Storage.Postgres;

/// <summary>
/// The tables of the key store. They stand apart from the journal so that a key can be destroyed, and backed up, without it.
/// A released step is never changed; a new one is appended.
/// </summary>
internal static class PostgresKeySchema
{
    /// <summary>The schema of the database.</summary>
    public const string Name = "quikapp_keys";

    /// <summary>One statement a version. The release before knows all of them.</summary>
    public static readonly ComponentSchema Schema = new(
        "keys",
        [
            """
            CREATE TABLE content_key (
                kid TEXT COLLATE "C" NOT NULL PRIMARY KEY,
                author TEXT COLLATE "C" NOT NULL,
                stream TEXT COLLATE "C" NOT NULL,
                month TEXT COLLATE "C" NOT NULL,
                wrapped BYTEA NOT NULL,
                UNIQUE (author, stream, month)
            )
            """,
            """
            CREATE TABLE pseudonym (
                subject TEXT COLLATE "C" NOT NULL PRIMARY KEY,
                pseudonym TEXT COLLATE "C" NOT NULL UNIQUE
            )
            """,
            """
            CREATE TABLE purpose_key (
                purpose TEXT COLLATE "C" NOT NULL PRIMARY KEY,
                wrapped BYTEA NOT NULL
            )
            """,
        ],
        UsableFrom: 3);

    /// <summary>What the application's role may do; said again at every migration, so that a role may be made later.</summary>
    public const string Grants = """
        DO $$
        BEGIN
            IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'quikapp_app') THEN
                GRANT USAGE ON SCHEMA quikapp_keys TO quikapp_app;
                GRANT SELECT ON ALL TABLES IN SCHEMA quikapp_keys TO quikapp_app;
                GRANT INSERT ON content_key, pseudonym, purpose_key TO quikapp_app;
            END IF;
        END
        $$
        """;
}
