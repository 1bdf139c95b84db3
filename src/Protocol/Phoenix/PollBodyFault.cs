namespace QuikApp.Protocol.Phoenix;

/// <summary>Why the body of a long poll's POST cannot be taken.</summary>
public enum PollBodyFault
{
    /// <summary>It can.</summary>
    None,

    /// <summary>It holds no message.</summary>
    Empty,

    /// <summary>It holds more messages than a POST may.</summary>
    TooManyLines,

    /// <summary>A message is longer than one may be.</summary>
    MessageTooLong,

    /// <summary>A line is neither JSON nor base64.</summary>
    NeitherJsonNorBase64,
}
