namespace QuikApp.Protocol.Payloads;

/// <summary>How much of each thing a payload may hold.</summary>
public static class PayloadLimits
{
    /// <summary>Nesting of a payload's JSON, the payload's own object being 1.</summary>
    public const int JsonDepth = 16;

    /// <summary>A message's text, in bytes of UTF-8: 16 KiB.</summary>
    public const int ContentBytes = 16 * 1024;

    /// <summary>Attachments of one message.</summary>
    public const int Attachments = 10;

    /// <summary>Entries of <c>mentions</c>, counted before duplicates are dropped.</summary>
    public const int Mentions = 50;

    /// <summary>A <c>clientId</c>, in characters.</summary>
    public const int ClientIdLength = 64;

    /// <summary>An attachment's name, in UTF-16 code units (what JavaScript calls length).</summary>
    public const int AttachmentNameLength = 255;

    /// <summary>An attachment's media type, in characters.</summary>
    public const int MediaTypeLength = 255;

    /// <summary>An attachment's address, in characters.</summary>
    public const int UrlLength = 2048;

    /// <summary>The name of a channel, in UTF-16 code units.</summary>
    public const int NameLength = 80;

    /// <summary>An access token, in characters: 8 KiB.</summary>
    public const int TokenLength = 8 * 1024;

    /// <summary>Items of one page of history.</summary>
    public const int HistoryItems = 100;

    /// <summary>Items of one page of history when the client does not say.</summary>
    public const int DefaultHistoryItems = 50;

    /// <summary>The largest whole number that every JSON reader keeps exact (RFC 8259 §6): 2^53 - 1.</summary>
    public const long MaxInteger = (1L << 53) - 1;
}
