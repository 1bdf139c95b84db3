using System.Text;
using static QuikApp.Protocol.Tests.WebSockets.ClientFrames;

namespace QuikApp.Protocol.Tests.WebSockets;

/// <summary>
/// The ideas of the Autobahn suite's classes 1 to 7 (framing, pings, reserved bits, opcodes, fragmentation, UTF-8, closing),
/// written anew as data, and a class L for our own limits. Limits of the reader: 65,536 bytes, 64 fragments.
/// </summary>
internal static class FrameCases
{
    public const int MaxMessageBytes = 65_536;
    public const int MaxFragments = 64;

    public static readonly IReadOnlyDictionary<string, FrameCase> All =
        Framing().Concat(Pings()).Concat(ReservedBits()).Concat(Opcodes()).Concat(Fragmentation())
            .Concat(Utf8Cases.All()).Concat(Closing()).Concat(Limits())
            .ToDictionary(one => one.Name);

    private static IEnumerable<FrameCase> Framing()
    {
        foreach (var size in new[] { 0, 1, 125, 126, 127, 128, 65_535, 65_536 })
        {
            var text = Enumerable.Repeat((byte)'*', size).ToArray();
            var bytes = Enumerable.Repeat((byte)0xFE, size).ToArray();
            yield return new($"1.1 text of {size} bytes", Text(text), $"text {Show(text)}".TrimEnd());
            yield return new($"1.2 binary of {size} bytes", Binary(bytes), $"binary {Show(bytes)}".TrimEnd());
        }
    }

    private static IEnumerable<FrameCase> Pings()
    {
        var longest = new string('p', 125);
        yield return new("2.1 ping without payload", Ping(), "ping");
        yield return new("2.2 ping with text", Ping("Hello, world!"), "ping Hello, world!");
        yield return new("2.3 ping with bytes that are no text", Frame(9, [0, 255, 254, 253, 252, 251, 0, 255]), $"ping {Show([0, 255, 254, 253, 252, 251, 0, 255])}");
        yield return new("2.4 ping of 125 bytes", Ping(longest), $"ping {Show(Encoding.ASCII.GetBytes(longest))}");
        yield return new("2.5 ping of 126 bytes", Ping(longest + "p"), "fault 1002");
        yield return new("2.6 pong that nobody asked for", Pong(), "pong");
        yield return new("2.7 pong with payload, unasked", Pong("unasked"), "pong unasked");
        yield return new("2.8 pong unasked, then ping", Join(Pong("a"), Ping("b")), "pong a", "ping b");
        yield return new("2.9 ten pings", Join([.. Enumerable.Range(0, 10).Select(i => Ping($"{i}"))]), [.. Enumerable.Range(0, 10).Select(i => $"ping {i}")]);
        yield return new("2.10 pong of 126 bytes", Pong(longest + "p"), "fault 1002");
    }

    private static IEnumerable<FrameCase> ReservedBits()
    {
        for (var rsv = 1; rsv <= 7; rsv++)
        {
            yield return new($"3.{rsv} RSV={rsv} on text", Text("Hello", rsv: rsv), "fault 1002");
            yield return new($"3.{rsv}b RSV={rsv} after a good message", Join(Text("Hello"), Text("Hello", rsv: rsv), Ping()), "text Hello", "fault 1002");
        }

        yield return new("3.8 RSV1 on ping", Frame(9, [], rsv: 4), "fault 1002");
        yield return new("3.9 RSV1 on close", Frame(8, [], rsv: 4), "fault 1002");
        yield return new("3.10 RSV1 on a continuation", Join(Text("a", fin: false), Frame(0, [], rsv: 4)), "fault 1002");
    }

    private static IEnumerable<FrameCase> Opcodes()
    {
        foreach (var opcode in new[] { 3, 4, 5, 6, 7, 11, 12, 13, 14, 15 })
        {
            yield return new($"4.{opcode} opcode {opcode}", Frame(opcode, []), "fault 1002");
            yield return new($"4.{opcode}b opcode {opcode} with payload after a message", Join(Text("Hello"), Frame(opcode, "x"u8.ToArray())), "text Hello", "fault 1002");
        }
    }

    private static IEnumerable<FrameCase> Fragmentation()
    {
        yield return new("5.1 ping in two fragments", Join(Frame(9, "a"u8.ToArray(), fin: false), More("b", fin: true)), "fault 1002");
        yield return new("5.2 pong in two fragments", Join(Frame(10, "a"u8.ToArray(), fin: false), More("b", fin: true)), "fault 1002");
        yield return new("5.2b close in two fragments", Frame(8, [], fin: false), "fault 1002");
        yield return new("5.3 text in two fragments", Join(Text("one", fin: false), More("two", fin: true)), "text onetwo");
        yield return new("5.6 ping between the fragments", Join(Text("one", fin: false), Ping("p"), More("two", fin: true)), "ping p", "text onetwo");
        yield return new("5.6b pong and ping between", Join(Binary([49], fin: false), Pong("q"), Ping("p"), More("2", fin: true)), "pong q", "ping p", "binary 12");
        yield return new("5.9 continuation of nothing, final", More("x", fin: true), "fault 1002");
        yield return new("5.10 continuation of nothing, final, then text", Join(More("x", fin: true), Text("y")), "fault 1002");
        yield return new("5.12 continuation of nothing, not final", Join(More("x"), Text("y")), "fault 1002");
        yield return new("5.15 continuation after a whole message", Join(Text("a", fin: false), More("b", fin: true), More("c"), Text("d")), "text ab", "fault 1002");
        yield return new("5.18 text inside a fragmented text", Join(Text("a", fin: false), Text("b")), "fault 1002");
        yield return new("5.18b binary inside a fragmented text", Join(Text("a", fin: false), Binary([1])), "fault 1002");
        yield return new("5.18c new fragmented text inside a fragmented one", Join(Text("a", fin: false), Text("b", fin: false)), "fault 1002");
        yield return new("5.19 pings among five fragments", Join(Text("1", fin: false), More("2"), Ping("x"), More("3"), More("4"), Ping("y"), More("5", fin: true)), "ping x", "ping y", "text 12345");
        yield return new("5.20 close between the fragments", Join(Text("1", fin: false), Close(1000), More("2", fin: true)), "close 1000");
        yield return new("5.21 empty fragments", Join(Text("", fin: false), More(""), More("", fin: true)), "text");
        yield return new("5.22 first and last fragment empty", Join(Text("", fin: false), More("middle"), More("", fin: true)), "text middle");
        yield return new("5.23 two fragmented messages", Join(Text("a", fin: false), More("b", fin: true), Binary([99], fin: false), More("d", fin: true)), "text ab", "binary cd");
        yield return new("5.24 fragment left open", Text("a", fin: false));
        yield return new("5.25 unmasked text", Frame(1, "a"u8.ToArray(), mask: false), "fault 1002");
        yield return new("5.26 unmasked continuation", Join(Text("a", fin: false), Frame(0, [], mask: false)), "fault 1002");
        yield return new("5.27 unmasked ping", Frame(9, [], mask: false), "fault 1002");
        yield return new("5.28 unmasked close", Frame(8, [], mask: false), "fault 1002");
        yield return new("5.29 nothing is read after a fault", Join(Frame(3, []), Text("a"), Ping(), Close(1000)), "fault 1002");
    }

    private static IEnumerable<FrameCase> Closing()
    {
        yield return new("7.1.1 close after text", Join(Text("Hello"), Close(1000)), "text Hello", "close 1000");
        yield return new("7.1.2 two closes", Join(Close(1000), Close(1001)), "close 1000");
        yield return new("7.1.3 ping after close", Join(Close(1000), Ping("x")), "close 1000");
        yield return new("7.1.4 text after close", Join(Close(1000), Text("x")), "close 1000");
        yield return new("7.1.5 a fault after close is not seen", Join(Close(1000), Frame(3, [])), "close 1000");
        yield return new("7.3.1 close without payload", Close(), "close 1005");
        yield return new("7.3.2 close of one byte", Frame(8, [3]), "fault 1002");
        yield return new("7.3.3 close of two bytes", Close(1000), "close 1000");
        yield return new("7.3.4 close with reason", Close(1000, "Hello"), "close 1000 Hello");
        var longest = new string('r', 123);
        yield return new("7.3.5 close with the longest reason", Close(1000, longest), $"close 1000 {Show(Encoding.ASCII.GetBytes(longest))}");
        yield return new("7.3.6 close with a reason of 124 bytes", Close(1000, longest + "r"), "fault 1002");
        yield return new("7.5.1 reason that is not UTF-8", Close(1000, [0xCE, 0xBA, 0xE1, 0xED, 0xA0, 0x80]), "fault 1007");
        yield return new("7.5.2 reason cut inside a character", Close(1000, [0xE2, 0x82]), "fault 1007");
        foreach (var code in new[] { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4410, 4999 })
            yield return new($"7.7 code {code}", Close(code), $"close {code}");
        foreach (var code in new[] { 0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535 })
            yield return new($"7.9 code {code}", Close(code), "fault 1002");
    }

    private static IEnumerable<FrameCase> Limits()
    {
        var half = new byte[MaxMessageBytes / 2];
        var full = new byte[MaxMessageBytes];
        byte[][] fragments = [.. Enumerable.Repeat(More("x"), MaxFragments - 2)];
        yield return new("L.1 one byte too many in one frame", Binary([.. full, 1]), "fault 1009");
        yield return new("L.2 the most bytes in two fragments", Join(Binary(half, fin: false), More(half, fin: true)), $"binary {Show(full)}");
        yield return new("L.3 one byte too many in the last fragment", Join(Binary(half, fin: false), More([.. half, 1], fin: true)), "fault 1009");
        yield return new("L.4 1 TiB announced", Header(2, 1UL << 40), "fault 1009");
        yield return new("L.5 the largest length there is", Header(2, long.MaxValue), "fault 1009");
        yield return new("L.6 length with its top bit set", Header(2, 1UL << 63), "fault 1002");
        yield return new("L.7 all bits of the length set", Header(2, ulong.MaxValue), "fault 1002");
        yield return new("L.8 125 in 16 bits", Frame(2, new byte[125], lengthForm: 16), "fault 1002");
        yield return new("L.9 0 in 16 bits", Frame(1, [], lengthForm: 16), "fault 1002");
        yield return new("L.10 126 in 64 bits", Frame(2, new byte[126], lengthForm: 64), "fault 1002");
        yield return new("L.11 65,535 in 64 bits", Header(2, 65_535, lengthForm: 64), "fault 1002");
        yield return new("L.12 ping with a 16-bit length", Frame(9, [1], lengthForm: 16), "fault 1002");
        yield return new("L.13 the most fragments", Join([Text("x", fin: false), .. fragments, More("x", fin: true)]), $"text {Show(Encoding.ASCII.GetBytes(new string('x', MaxFragments)))}");
        yield return new("L.14 one fragment too many", Join([Text("x", fin: false), .. fragments, More("x"), More("x", fin: true)]), "fault 1008");
        yield return new("L.15 the most fragments, empty, and one more", Join([Text("", fin: false), .. Enumerable.Repeat(More(""), MaxFragments)]), "fault 1008");
        yield return new("L.16 pings are no fragments", Join([Text("a", fin: false), .. Enumerable.Repeat(Ping(), 100), More("b", fin: true)]), [.. Enumerable.Repeat("ping", 100), "text ab"]);
        yield return new("L.17 the count begins anew with each message", Join([.. Enumerable.Repeat(Join(Text("a", fin: false), More("b", fin: true)), 40)]), [.. Enumerable.Repeat("text ab", 40)]);
    }
}
