namespace QuikApp.Host.Configuration;

/// <summary>The ways a value is written in configuration.</summary>
internal enum KeyShapeKind
{
    /// <summary>One text.</summary>
    Scalar,

    /// <summary>Keys <c>0</c>, <c>1</c>, … in order.</summary>
    List,

    /// <summary>Keys that the operator chooses.</summary>
    Map,

    /// <summary>Keys that a type names.</summary>
    Section,
}
