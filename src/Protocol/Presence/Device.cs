namespace QuikApp.Protocol.Presence;

/// <summary>What kind of device a socket says it is, in the connect parameter <c>device</c>.</summary>
public enum Device
{
    /// <summary><c>desktop</c>.</summary>
    Desktop,

    /// <summary><c>mobile</c>.</summary>
    Mobile,

    /// <summary><c>web</c>, also where a socket says nothing.</summary>
    Web,
}
