namespace QuikApp.Actors.Storage;

/// <summary>A bounded queue in front of the database is full: the call failed at once, nothing was written. Callers back off and retry.</summary>
internal sealed class StorageBusyException(string message) : Exception(message);
