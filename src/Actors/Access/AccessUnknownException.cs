namespace QuikApp.Actors.Access;

/// <summary>The source of access does not answer; the caller is told <c>unavailable</c>.</summary>
internal sealed class AccessUnknownException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the log has the cause: one that lasts must not fill it with everybody who asks.</summary>
    public bool IsReported { get; init; }
}
