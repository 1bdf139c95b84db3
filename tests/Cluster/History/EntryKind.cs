namespace QuikApp.Cluster.History;

/// <summary>What a push makes, and what the journal holds.</summary>
internal enum EntryKind
{
    /// <summary>A message.</summary>
    Create,

    /// <summary>Another text of one.</summary>
    Edit,

    /// <summary>Its end.</summary>
    Delete,

    /// <summary>A reaction added or removed.</summary>
    Reaction,

    /// <summary>A step of a call.</summary>
    Call,

    /// <summary>Anything else that has a number: who came, who left.</summary>
    Other,
}
