namespace QuikApp.Actors.Storage.Journal;

/// <summary>How much may wait for the writer, and how much it commits at once.</summary>
/// <param name="QueueLength">Writes that may wait.</param>
/// <param name="QueueBytes">Record bytes that may wait.</param>
/// <param name="BatchRows">Events after which a transaction closes.</param>
internal sealed record JournalWriterLimits(int QueueLength, long QueueBytes, int BatchRows);
