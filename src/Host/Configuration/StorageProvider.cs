namespace QuikApp.Host.Configuration;

/// <summary>The databases a journal can live in.</summary>
internal enum StorageProvider
{
    /// <summary>One file of this machine, for one node.</summary>
    Sqlite,

    /// <summary>A server that several nodes share.</summary>
    Postgresql,
}
