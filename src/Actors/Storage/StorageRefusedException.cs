namespace QuikApp.Actors.Storage;

/// <summary>
/// The database must not be used as it is: locked by another process, weaker than the durability promised, made by a newer
/// version, or wrapped under another key. The host stops with the message; nothing is retried.
/// </summary>
internal sealed class StorageRefusedException : Exception
{
    /// <summary>Names what is wrong and what to do about it.</summary>
    public StorageRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Names what is wrong and what caused it.</summary>
    public StorageRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
