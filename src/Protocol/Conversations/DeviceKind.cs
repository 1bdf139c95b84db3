namespace QuikApp.Protocol.Conversations;

/// <summary>What kind of device a socket belongs to.</summary>
public enum DeviceKind
{
    /// <summary>An installed program.</summary>
    Desktop,

    /// <summary>A telephone or tablet.</summary>
    Mobile,

    /// <summary>A page in a browser.</summary>
    Web,
}
