namespace QuikApp.Actors.Storage.Revocations;

/// <summary>What an entry ends. The numbers stand in the table and never change.</summary>
internal enum RevocationKind
{
    /// <summary>Every token made before a moment, and what lives by one.</summary>
    Tokens = 1,

    /// <summary>The connections that are open; the tokens go on.</summary>
    Connections = 2,
}
