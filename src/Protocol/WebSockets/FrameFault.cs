namespace QuikApp.Protocol.WebSockets;

/// <summary>A broken rule of the framing: the code to close with and the text of the close reason.</summary>
internal sealed record FrameFault(int CloseCode, string Text)
{
    public static readonly FrameFault ReservedBits = Protocol("reserved bits are set");
    public static readonly FrameFault ReservedOpcode = Protocol("reserved opcode");
    public static readonly FrameFault FragmentedControl = Protocol("fragmented control frame");
    public static readonly FrameFault LongControl = Protocol("control frame longer than 125 bytes");
    public static readonly FrameFault ExpectedContinuation = Protocol("new message inside a fragmented one");
    public static readonly FrameFault UnexpectedContinuation = Protocol("continuation of nothing");
    public static readonly FrameFault Unmasked = Protocol("unmasked frame");
    public static readonly FrameFault LongLengthForm = Protocol("length not in its shortest form");
    public static readonly FrameFault NegativeLength = Protocol("length with its top bit set");
    public static readonly FrameFault BadCloseCode = Protocol("close code that may not be sent");
    public static readonly FrameFault InvalidUtf8 = new(WebSockets.CloseCode.InvalidPayload, "not UTF-8");
    public static readonly FrameFault TooManyFragments = new(WebSockets.CloseCode.PolicyViolation, "too many fragments");
    public static readonly FrameFault TooBig = new(WebSockets.CloseCode.MessageTooBig, "message too big");

    private static FrameFault Protocol(string text) => new(WebSockets.CloseCode.ProtocolError, text);
}
