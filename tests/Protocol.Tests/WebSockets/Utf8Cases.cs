using System.Text;
using static QuikApp.Protocol.Tests.WebSockets.ClientFrames;

namespace QuikApp.Protocol.Tests.WebSockets;

/// <summary>Class 6 of <see cref="FrameCases"/>: text that is UTF-8 and text that is not, whole and in fragments.</summary>
internal static class Utf8Cases
{
    private static readonly string[] Valid =
    [
        "48656C6C6F2DC2B540C39FC3B6C3A4C3BCC3A0C3A12D5554462D382121", "CEBAE1BDB9CF83CEBCCEB5", "00", "7F", "C280", "DFBF",
        "E0A080", "EFBFBF", "F0908080", "F48FBFBF", "ED9FBF", "EE8080", "EFBFBD", "EFBFBE", "F09FBFBE", "F0BFBFBF",
        "F3BFBFBE", "EFBBBF41", "F09F98804142E282AC", "E0BFBF", "F0BFBFBF", "F1808080",
    ];

    private static readonly string[] Invalid =
    [
        "80", "BF", "8080", "80BF80BF80BF", "C020", "C1BF", "C080", "C0AF", "E08080", "E080AF", "E09FBF", "F0808080", "F08080AF",
        "F08FBFBF", "F888808080", "FC8480808080", "FE", "FF", "FEFEFFFF", "C3", "E282", "F09F98", "E0A0", "C328", "E28228",
        "F09F2880", "F0288080", "EDA080", "EDAD7F", "EDAFBF", "EDB080", "EDBFBF", "EDA080EDB080", "F4908080", "F5808080",
        "F7BFBFBF", "CEBAE1BDB9CF83CEBCCEB5EDA080656469746564", "41C3", "41424344E2", "C3C3A4", "F09F988041F09F98",
    ];

    public static IEnumerable<FrameCase> All()
    {
        foreach (var hex in Valid.Distinct())
        {
            var text = Convert.FromHexString(hex);
            yield return new($"6.v {hex}", Text(text), $"text {Show(text)}");
            yield return new($"6.v {hex} byte by byte", InFragments(text), $"text {Show(text)}");
        }

        foreach (var hex in Invalid)
        {
            var text = Convert.FromHexString(hex);
            yield return new($"6.i {hex}", Text(text), "fault 1007");
            yield return new($"6.i {hex} byte by byte", InFragments(text), "fault 1007");
        }

        yield return new("6.1 empty text", Text(""), "text");
        yield return new("6.3 fault in the first fragment is told before the last comes", Text([0x41, 0xED, 0xA0], fin: false), "fault 1007");
        yield return new("6.4.1 fail fast at the impossible byte", Text([.. Encoding.UTF8.GetBytes("κόσμε"), 0xF4, 0x90], fin: false), "fault 1007");
        yield return new("6.4.2 fail fast with the frame not complete", Join(Header(1, 100), [(byte)(0xFF ^ 0x37)]), "fault 1007");
        yield return new("6.5 a character over two fragments with a ping between", Join(Text([0xE2, 0x82], fin: false), Ping("p"), More([0xAC], fin: true)), "ping p", $"text {Show([0xE2, 0x82, 0xAC])}");
        yield return new("6.6 the second half of a character never comes", Join(Text([0xE2, 0x82], fin: false), More([], fin: true)), "fault 1007");
        yield return new("6.7 binary is not checked", Binary([0xFF, 0xFE, 0x80]), $"binary {Show([0xFF, 0xFE, 0x80])}");
        yield return new("6.8 a fault in one text does not taint the check of a next one", Join(Text("a", fin: false), More("b", fin: true), Text([0xC3, 0xA4])), "text ab", $"text {Show([0xC3, 0xA4])}");
    }

    private static byte[] InFragments(byte[] text) =>
        Join([Text([], fin: false), .. text.Select(value => More([value])), More([], fin: true)]);
}
