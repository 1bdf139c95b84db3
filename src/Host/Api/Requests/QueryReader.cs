using System.Globalization;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Requests;

/// <summary>
/// Reads query parameters with the rules of the payload parsers. The first fault sticks; ask for <see cref="Refusal"/> when
/// everything is read. Names that are not documented are refused before, by <see cref="StrictRequestFilter"/>.
/// </summary>
internal sealed class QueryReader(IQueryCollection query)
{
    /// <summary>The first fault; null when there was none.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>A text; null when the parameter is not there.</summary>
    public string? Text(string name)
    {
        if (!query.TryGetValue(name, out var values))
            return null;
        if (values is [{ Length: > 0 } text])
            return text;
        Fail(values.Count > 1 ? PayloadFault.DuplicateMember : PayloadFault.Empty, name);
        return null;
    }

    /// <summary>A whole number, written with digits alone.</summary>
    public long? Integer(string name, long min = 0, long max = PayloadLimits.MaxInteger)
    {
        if (Text(name) is not { } text)
            return null;
        if (!text.All(char.IsAsciiDigit))
            Fail(PayloadFault.WrongType, name);
        else if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < min || value > max)
            Fail(PayloadFault.OutOfRange, name);
        else
            return value;
        return null;
    }

    /// <summary>One of a few words.</summary>
    public T? OneOf<T>(string name, params ReadOnlySpan<(string Word, T Value)> words)
        where T : struct
    {
        if (Text(name) is not { } text)
            return null;
        foreach (var (word, value) in words)
        {
            if (word == text)
                return value;
        }

        Fail(PayloadFault.BadFormat, name);
        return null;
    }

    /// <summary>Notes that parameters exclude each other where more than one is there.</summary>
    public void Exclusive(params ReadOnlySpan<string> names)
    {
        var seen = false;
        foreach (var name in names)
        {
            if (!query.ContainsKey(name))
                continue;
            if (seen)
                Fail(PayloadFault.Exclusive, name);
            seen = true;
        }
    }

    /// <summary>Notes a fault unless there is one already.</summary>
    public void Fail(PayloadFault fault, string name) => Refusal ??= Protocol.Payloads.Refusal.InvalidPayload(fault, name);
}
