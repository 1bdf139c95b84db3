namespace QuikApp.Cluster.Workload;

/// <summary>The connection went, or there was none: what became of a push on it is not known.</summary>
internal sealed class ConnectionGoneException(string message, Exception? cause = null) : IOException(message, cause);
