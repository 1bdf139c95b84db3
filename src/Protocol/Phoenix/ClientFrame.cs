namespace QuikApp.Protocol.Phoenix;

/// <summary>One frame from a client, of any wire version.</summary>
/// <remarks>
/// <see cref="Payload"/> is a slice of the message that was decoded and lives as long as its buffer; everything else is
/// owned by the frame.
/// </remarks>
public readonly struct ClientFrame
{
    /// <summary>The ref of the join that the client believes in; null when it names none.</summary>
    public Ref JoinRef { get; init; }

    /// <summary>Names this frame in the reply.</summary>
    public Ref Ref { get; init; }

    /// <summary>The topic.</summary>
    public FrameName Topic { get; init; }

    /// <summary>The event.</summary>
    public FrameName Event { get; init; }

    /// <summary>
    /// One JSON value in UTF-8, of any type, without duplicate keys; or, when <see cref="IsBinary"/>, data (may be empty).
    /// </summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Whether <see cref="Payload"/> is data and not JSON.</summary>
    public bool IsBinary { get; init; }
}
