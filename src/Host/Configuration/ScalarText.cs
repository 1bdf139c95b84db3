using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;

namespace QuikApp.Host.Configuration;

/// <summary>Says whether a text is a value of a type, more strictly than the binder that converts it later.</summary>
/// <remarks>
/// The binder reads <c>10</c> as ten days, <c>24:00:00</c> as twenty-four days, <c>0x1F</c> as 31 and <c>7</c> as an enum's
/// name. Each of these is far more likely a slip than a wish.
/// </remarks>
internal static partial class ScalarText
{
    /// <summary>Whether values of <paramref name="type"/> are written as one text.</summary>
    public static bool IsScalar(Type type) =>
        type == typeof(string)
        || (type != typeof(object) && TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)));

    /// <summary>What a value of <paramref name="type"/> looks like, or null when <paramref name="text"/> is one.</summary>
    public static string? Mismatch(Type type, string text)
    {
        if (type == typeof(string))
            return null;

        if (type == typeof(bool))
            return bool.TryParse(text, out _) && !HasOuterSpace(text) ? null : "true or false";

        if (type.IsEnum)
        {
            return Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase)
                ? null
                : $"one of {string.Join(", ", Enum.GetNames(type).Select(EnumText))}";
        }

        if (type == typeof(TimeSpan))
            return DurationPattern().IsMatch(text) ? null : "a duration such as 00:00:10 (hours:minutes:seconds, days in front as 1.00:00:00)";

        if (IsWholeNumber(type))
            return WholeNumberPattern().IsMatch(text) && Converts(type, text) ? null : $"a whole number{Bounds(type)}";

        if (type == typeof(double) || type == typeof(float) || type == typeof(decimal))
            return NumberPattern().IsMatch(text) && Converts(type, text) ? null : "a number such as 2.5";

        return Converts(type, text) ? null : $"a value of the kind {type.Name}";
    }

    /// <summary>A value as configuration writes it.</summary>
    public static string Format(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        Enum name => EnumText(name.ToString()),
        TimeSpan duration => duration.ToString("c", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string EnumText(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static bool HasOuterSpace(string text) => text.Length != text.Trim().Length;

    private static bool IsWholeNumber(Type type) => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64;

    private static string Bounds(Type type) =>
        type == typeof(int) || type == typeof(long) ? "" : $" from {Limit(type, "MinValue")} to {Limit(type, "MaxValue")}";

    private static string Limit(Type type, string name) =>
        Convert.ToString(type.GetField(name)!.GetValue(null), CultureInfo.InvariantCulture)!;

    private static bool Converts(Type type, string text)
    {
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
#pragma warning disable CA1031 // Converters wrap what they throw in bare exceptions; any of them means that the text does not fit.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    [GeneratedRegex(@"^(\d{1,7}\.)?([01]?\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,7})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"^[+-]?[0-9]{1,20}\z", RegexOptions.CultureInvariant)]
    private static partial Regex WholeNumberPattern();

    [GeneratedRegex(@"^[+-]?[0-9]+(\.[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();
}
