namespace QuikApp.Protocol.Tests.Payloads;

/// <summary>Texts that break programs. As a message each must come back as it went in.</summary>
internal static class NaughtyText
{
    public static IReadOnlyList<string> All { get; } =
    [
        // words that mean something to some program
        "null", "undefined", "NaN", "true", "0", "-0", "1e309", "None", "nil", "{}", "[]", "\"\"", "phx_reply", "__proto__", "constructor",
        // quoting
        "\"", "'", "\\", "\\\\", "\\u0000", "\\\"", "`", "</script>", "<!--", "]]>", "&lt;", "%00", "%s%n%x", "${7*7}", "{{7*7}}", "#{7*7}",
        "$(id)", "`id`", "; DROP TABLE journal; --", "' OR 1=1 --", "../../etc/passwd", "=cmd|'/c calc'!A1", "${jndi:ldap://x}",
        // blanks and controls, NUL excepted
        " ", "\t", "\n", "\r\n", "\u0001\u001F\u007F", "\u0085", "\u00A0", "\u2028\u2029", "\u3000", "\u200B\u200C\u200D\u2060", "\uFEFF", "\u001B[2J",
        // direction
        "\u202Eabc\u202C", "\u2066\u2069", "\u200F\u200E", "שלום abc", "مرحبا",
        // composition: three spellings that look alike stay three
        "\u00E9", "e\u0301", "\uFB01", "Z\u0351\u036B\u0343\u032A\u0302", "\u1112\u1161\u11AB", "\uD55C", "\u212B", "I\u0307ı",
        // outside the basic plane, noncharacters, private use
        "\U0001F600", "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466", "\U0001F1E9\U0001F1EA", "\U00010000", "\U0010FFFF", "\uFFFE\uFFFF", "\uE000",
        "\uFFFD", "\U000E0041", "𠜎𠜱", "\uFE0F", "﷽", "표준어", "Ｆｕｌｌ",
    ];
}
