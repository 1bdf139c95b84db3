using System.Buffers.Binary;
using System.Text;
using QuikApp.Protocol.WebSockets;

namespace QuikApp.Protocol.Tests.WebSockets;

/// <summary>Frames as a client writes them, right or deliberately wrong.</summary>
internal static class ClientFrames
{
    private static readonly byte[] Key = [0x37, 0xFA, 0x21, 0x3D];

    public static byte[] Text(string text, bool fin = true, int rsv = 0) => Frame(1, Encoding.UTF8.GetBytes(text), fin, rsv);

    public static byte[] Text(byte[] bytes, bool fin = true) => Frame(1, bytes, fin);

    public static byte[] Binary(byte[] bytes, bool fin = true) => Frame(2, bytes, fin);

    public static byte[] More(string text, bool fin = false) => Frame(0, Encoding.UTF8.GetBytes(text), fin);

    public static byte[] More(byte[] bytes, bool fin = false) => Frame(0, bytes, fin);

    public static byte[] Ping(string text = "") => Frame(9, Encoding.UTF8.GetBytes(text));

    public static byte[] Pong(string text = "") => Frame(10, Encoding.UTF8.GetBytes(text));

    public static byte[] Close() => Frame(8, []);

    public static byte[] Close(int code, string reason = "") => Close(code, Encoding.UTF8.GetBytes(reason));

    public static byte[] Close(int code, byte[] reason) => Frame(8, [(byte)(code >> 8), (byte)code, .. reason]);

    /// <summary>One frame. <paramref name="lengthForm"/> forces 7, 16 or 64 bits of length; 0 takes the shortest.</summary>
    public static byte[] Frame(int opcode, byte[] payload, bool fin = true, int rsv = 0, bool mask = true, int lengthForm = 0)
    {
        var masked = payload.ToArray();
        for (var i = 0; i < masked.Length && mask; i++)
            masked[i] ^= Key[i % 4];
        return [.. Header(opcode, (ulong)payload.Length, fin, rsv, mask, lengthForm), .. masked];
    }

    /// <summary>A header alone, with any length.</summary>
    public static byte[] Header(int opcode, ulong length, bool fin = true, int rsv = 0, bool mask = true, int lengthForm = 0)
    {
        if (lengthForm == 0)
            lengthForm = length < 126 ? 7 : length <= ushort.MaxValue ? 16 : 64;

        var maskBit = mask ? 0x80 : 0;
        var bytes = new List<byte> { (byte)((fin ? 0x80 : 0) | (rsv << 4) | opcode) };
        var wide = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(wide, length);
        switch (lengthForm)
        {
            case 7: bytes.Add((byte)(maskBit | (int)length)); break;
            case 16: bytes.Add((byte)(maskBit | 126)); bytes.AddRange(wide[6..]); break;
            default: bytes.Add((byte)(maskBit | 127)); bytes.AddRange(wide); break;
        }

        if (mask)
            bytes.AddRange(Key);
        return [.. bytes];
    }

    public static byte[] Join(params byte[][] frames) => [.. frames.SelectMany(frame => frame)];

    /// <summary>What a reader says of <paramref name="bytes"/>, given in pieces of the sizes in <paramref name="cuts"/>.</summary>
    public static List<string> Transcript(MessageReader reader, byte[] bytes, IEnumerable<int> cuts)
    {
        var said = new List<string>();
        var rest = bytes.AsMemory();
        foreach (var cut in cuts.Append(int.MaxValue))
        {
            var input = rest[..Math.Min(cut, rest.Length)].ToArray().AsMemory();
            rest = rest[input.Length..];
            while (reader.Read(ref input) is { Kind: not ReadEventKind.NeedMore } found)
                said.Add(Describe(found));
            Assert.True(input.IsEmpty);
        }

        return said;
    }

    private static string Describe(ReadEvent found) => found.Kind switch
    {
        ReadEventKind.Violation => $"fault {found.Code}",
        ReadEventKind.Close => $"close {found.Code} {Show(found.Payload.Span)}".TrimEnd(),
        _ => $"{found.Kind.ToString().ToLowerInvariant()} {Show(found.Payload.Span)}".TrimEnd(),
    };

    /// <summary>A payload in a transcript: as text when it is short and plain, otherwise its length and a hash.</summary>
    public static string Show(ReadOnlySpan<byte> payload)
    {
        if (payload.Length <= 24 && !payload.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E))
            return Encoding.ASCII.GetString(payload);

        var hash = System.Security.Cryptography.SHA256.HashData(payload);
        return $"[{payload.Length}:{Convert.ToHexString(hash.AsSpan(0, 4))}]";
    }
}
