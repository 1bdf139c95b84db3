namespace QuikApp.Actors.Storage.Journal;

/// <summary>Keeps a writer of the journal from writing: one whose node was put out of the cluster may not know it.</summary>
internal interface IWriterFence
{
    /// <summary>When this ends, what the writer had committed is there to be read, and it commits nothing any more.</summary>
    /// <param name="writerId">Whose rows carry it.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="System.Data.Common.DbException">It may go on writing; try again.</exception>
    Task Fence(string writerId, CancellationToken cancel);
}
