namespace QuikApp.Protocol.Phoenix;

/// <summary>Whether a binary frame could be written. When not, nothing was written.</summary>
public enum BinaryEncodeResult
{
    /// <summary>It was written.</summary>
    Written,

    /// <summary>A ref, the topic, the event or the status has more than 255 bytes of UTF-8, the most that a binary frame holds.</summary>
    FieldTooLong,

    /// <summary>A ref is an array or an object, which a binary frame cannot hold.</summary>
    RefNotText,
}
