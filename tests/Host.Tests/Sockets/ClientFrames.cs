using System.Buffers.Binary;
using System.Text;

namespace QuikApp.Host.Tests.Sockets;

/// <summary>Masked frames as a client writes them.</summary>
internal static class ClientFrames
{
    private static readonly byte[] Key = [0x12, 0x34, 0x56, 0x78];

    public static byte[] Text(string text, bool fin = true) => Frame(1, Encoding.UTF8.GetBytes(text), fin);

    public static byte[] Binary(byte[] bytes) => Frame(2, bytes);

    public static byte[] Ping(string text) => Frame(9, Encoding.UTF8.GetBytes(text));

    public static byte[] Close() => Frame(8, []);

    public static byte[] Close(int code) => Frame(8, [(byte)(code >> 8), (byte)code]);

    public static byte[] Frame(int opcode, byte[] payload, bool fin = true)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)payload.Length);
        byte[] size = payload.Length switch
        {
            < 126 => [(byte)(0x80 | payload.Length)],
            <= ushort.MaxValue => [0xFE, .. length[6..]],
            _ => [0xFF, .. length],
        };
        var masked = payload.Select((value, i) => (byte)(value ^ Key[i % 4]));
        return [(byte)((fin ? 0x80 : 0) | opcode), .. size, .. Key, .. masked];
    }
}
