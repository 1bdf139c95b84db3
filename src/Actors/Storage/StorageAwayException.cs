namespace QuikApp.Actors.Storage;

/// <summary>The database cannot be reached at start: trying again may help, changing the configuration need not.</summary>
internal sealed class StorageAwayException(string message, Exception inner) : Exception(message, inner);
