namespace QuikApp.Protocol.Phoenix;

/// <summary>The first byte of a binary frame.</summary>
internal enum BinaryKind : byte
{
    /// <summary>From the client with a ref, from the server without.</summary>
    Push = 0,

    /// <summary>From the server only.</summary>
    Reply = 1,

    /// <summary>From the server only.</summary>
    Broadcast = 2,
}
