namespace QuikApp.Protocol.Phoenix;

/// <summary>
/// Why a message is not a frame. Whatever it is, the wire does not allow it and the connection is closed with 1007;
/// the value is for logs and metrics.
/// </summary>
public enum FrameError
{
    /// <summary>It is a frame.</summary>
    None,

    /// <summary>No bytes.</summary>
    Empty,

    /// <summary>Bytes that are not UTF-8 (RFC 3629).</summary>
    InvalidUtf8,

    /// <summary>Not one JSON value (RFC 8259): truncated, with a comment, a byte order mark or something after its end.</summary>
    NotJson,

    /// <summary>An escaped surrogate without its other half (RFC 8259 §8.2).</summary>
    LoneSurrogate,

    /// <summary>Deeper than <see cref="FrameDecoder.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>An object, anywhere in the message, that has a key twice (RFC 8259 §4).</summary>
    DuplicateKey,

    /// <summary>JSON of the wrong type for the version: an array in V1, anything but an array in V2.</summary>
    WrongType,

    /// <summary>Fewer than five elements in V2; no topic, event, payload or ref in V1.</summary>
    MissingField,

    /// <summary>A binary frame of a kind that clients do not send, or with lengths past its end.</summary>
    MalformedBinary,
}
