namespace QuikApp.Protocol.Payloads;

/// <summary>What is wrong with a payload: the closed list behind <see cref="Refusal.Detail"/>.</summary>
public enum PayloadFault
{
    /// <summary>Not one JSON value (RFC 8259), or nested deeper than <see cref="PayloadLimits.JsonDepth"/>.</summary>
    NotJson,

    /// <summary>JSON, and not an object.</summary>
    NotAnObject,

    /// <summary>A member that the event does not have. Its name is the client's own text and is not repeated.</summary>
    UnknownMember,

    /// <summary>A member that stands there twice.</summary>
    DuplicateMember,

    /// <summary>A required member is not there.</summary>
    Missing,

    /// <summary>Another JSON type than documented; <c>null</c> is a type of its own, and 1.0 is not an integer.</summary>
    WrongType,

    /// <summary>A number outside its range.</summary>
    OutOfRange,

    /// <summary>A string outside its grammar or its length.</summary>
    BadFormat,

    /// <summary>A string with a lone surrogate, a NUL, or bytes that are not UTF-8.</summary>
    BadText,

    /// <summary>More items than allowed.</summary>
    TooMany,

    /// <summary>Empty where something has to be said.</summary>
    Empty,

    /// <summary>Given together with a member that excludes it.</summary>
    Exclusive,
}
