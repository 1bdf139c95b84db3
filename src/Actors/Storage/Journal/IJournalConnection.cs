namespace QuikApp.Actors.Storage.Journal;

/// <summary>A connection that commits the writes of many streams together. Belongs to the writer's thread.</summary>
internal interface IJournalConnection : IDisposable
{
    /// <summary>
    /// Makes the writes durable, each whole or not at all. Returns for each why it was left out, null for one that is
    /// committed; an error of one does not harm the others.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">None is known to be durable, and the connection is not usable any more.</exception>
    IReadOnlyList<JournalWriteException?> Write(IReadOnlyList<JournalWrite> batch);
}
