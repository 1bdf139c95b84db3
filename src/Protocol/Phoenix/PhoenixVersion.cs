namespace QuikApp.Protocol.Phoenix;

/// <summary>The two wire versions of Phoenix Channels, chosen once per connection by the parameter <c>vsn</c>.</summary>
public enum PhoenixVersion
{
    /// <summary>Frames are JSON objects; no binary frames.</summary>
    V1,

    /// <summary>Frames are JSON arrays of five; binary frames for binary payloads.</summary>
    V2,
}
