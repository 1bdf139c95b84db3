namespace QuikApp.Protocol.Payloads;

/// <summary>The <c>action</c> of <c>message:reaction</c>.</summary>
public enum ReactionAction
{
    /// <summary><c>add</c>.</summary>
    Add,

    /// <summary><c>remove</c>.</summary>
    Remove,
}
