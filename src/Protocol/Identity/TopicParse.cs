namespace QuikApp.Protocol.Identity;

/// <summary>The outcome of <see cref="Topic.TryParse"/>.</summary>
public enum TopicParse
{
    /// <summary>A topic of the API.</summary>
    Ok,

    /// <summary>No pattern of the API begins like that.</summary>
    Unmatched,

    /// <summary>The pattern fits, the id breaks the grammar.</summary>
    BadId,
}
