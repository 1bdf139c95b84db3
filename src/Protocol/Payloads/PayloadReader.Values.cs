using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <content>The values that payloads share. Each takes the documented name of its member for the refusal.</content>
internal ref partial struct PayloadReader
{
    /// <summary>The words of <see cref="Mode"/>.</summary>
    public static readonly (string Word, ReplayMode Value)[] Modes = [("compact", ReplayMode.Compact), ("full", ReplayMode.Full)];

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    /// <summary>What <see cref="Mentions"/> reads, as a schema.</summary>
    public static JsonShape MentionsShape { get; } = JsonShapes.ListOf(JsonShapes.Id, PayloadLimits.Mentions);

    /// <summary>Any Unicode text without NUL.</summary>
    public string? Text(string? field = null)
    {
        if (_refusal is not null)
            return null;

        if (_json.TokenType != JsonTokenType.String)
        {
            Fail(PayloadFault.WrongType, field);
            return null;
        }

        string? text = null;
        try
        {
            text = _json.GetString();
        }
        catch (InvalidOperationException)
        {
            // Bytes that are not UTF-8, or an escaped lone surrogate: said below.
        }

        if (text is not null && !text.Contains('\0', StringComparison.Ordinal))
            return text;

        Fail(PayloadFault.BadText, field);
        return null;
    }

    /// <summary>A message's text.</summary>
    public string? Content(string field)
    {
        var text = Text(field);
        if (text is null || Encoding.UTF8.GetByteCount(text) <= PayloadLimits.ContentBytes)
            return text;

        Fail(Refusal.PayloadTooLarge(field));
        return null;
    }

    /// <summary>A text of one line: 1 to <paramref name="limit"/> UTF-16 code units, no control characters.</summary>
    public string? Line(string field, int limit)
    {
        var text = Text(field);
        if (text is null)
            return null;

        if (text.Length > limit)
            Fail(Refusal.PayloadTooLarge(field));
        else if (text.Length == 0)
            Fail(PayloadFault.Empty, field);
        else if (text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'))
            Fail(PayloadFault.BadFormat, field);
        return text;
    }

    /// <summary>A moment, RFC 3339 with any offset.</summary>
    public DateTimeOffset? Moment(string field)
    {
        var text = Text(field);
        if (text is null)
            return null;

        if (Rfc3339.TryParse(text, out var time))
            return time;

        Fail(PayloadFault.BadFormat, field);
        return null;
    }

    /// <summary>A name that is shown to people: not blank at its ends, free of control and direction characters.</summary>
    public string? Name(string field)
    {
        var text = Text(field);
        if (text is null || (text.Length is > 0 and <= PayloadLimits.NameLength && text.Trim().Length == text.Length && !text.Any(IsUnshowable)))
            return text;

        Fail(PayloadFault.BadFormat, field);
        return null;
    }

    /// <summary>An id of <see cref="Identifier"/>'s grammar.</summary>
    public string? Id(string? field = null)
    {
        var text = Text(field);
        if (text is null || Identifier.IsValid(text))
            return text;

        Fail(PayloadFault.BadFormat, field);
        return null;
    }

    /// <summary>A message's id.</summary>
    public MessageId Message(string field) => Id(field) is { } id ? MessageId.Parse(id) : default;

    /// <summary>A whole number, written with digits alone.</summary>
    public long Integer(string field, long min = 0, long max = PayloadLimits.MaxInteger)
    {
        if (_refusal is not null)
            return 0;

        if (_json.TokenType != JsonTokenType.Number)
        {
            Fail(PayloadFault.WrongType, field);
            return 0;
        }

        var text = _json.ValueSpan;
        var negative = text[0] == '-';
        if (text[(negative ? 1 : 0)..].ContainsAnyExcept(Digits))
            Fail(PayloadFault.WrongType, field);
        else if (negative || !_json.TryGetInt64(out var value) || value < min || value > max)
            Fail(PayloadFault.OutOfRange, field);
        else
            return value;

        return 0;
    }

    /// <summary>One of a few words.</summary>
    public T OneOf<T>(string field, scoped ReadOnlySpan<(string Word, T Value)> words)
        where T : struct
    {
        var text = Text(field);
        foreach (var (word, value) in words)
        {
            if (word == text)
                return value;
        }

        Fail(PayloadFault.BadFormat, field);
        return default;
    }

    /// <summary><c>compact</c> or <c>full</c>.</summary>
    public ReplayMode Mode(string field) => OneOf(field, Modes);

    /// <summary>A role.</summary>
    public Role Role(string field) => OneOf(
        field,
        [
            ("member", Identity.Role.Member), ("moderator", Identity.Role.Moderator),
            ("admin", Identity.Role.Admin), ("auditor", Identity.Role.Auditor),
        ]);

    /// <summary>An access token, not looked into.</summary>
    public string? Token(string field)
    {
        var text = Text(field);
        if (text is null)
            return null;

        if (text.Length > PayloadLimits.TokenLength)
            Fail(Refusal.PayloadTooLarge(field));
        else if (text.Length == 0)
            Fail(PayloadFault.Empty, field);
        return text;
    }

    /// <summary>Users, each once, in the order given.</summary>
    public ImmutableArray<UserId> Mentions(string field)
    {
        if (!List(field))
            return [];

        var users = ImmutableArray.CreateBuilder<UserId>();
        while (NextItem(PayloadLimits.Mentions))
        {
            if (Id() is { } id && UserId.Parse(id) is var user && !users.Contains(user))
                users.Add(user);
        }

        return users.ToImmutable();
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool Boolean(string field)
    {
        if (_refusal is null && _json.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            Fail(PayloadFault.WrongType, field);
        return _refusal is null && _json.TokenType == JsonTokenType.True;
    }

    /// <summary>Any value but null, as it was written.</summary>
    /// <param name="field">The documented name.</param>
    /// <param name="json">What the reader reads.</param>
    /// <param name="max">Bytes that the value may have.</param>
    public byte[] Raw(string field, ReadOnlySpan<byte> json, int max)
    {
        if (_refusal is not null)
            return [];

        if (_json.TokenType == JsonTokenType.Null)
        {
            Fail(PayloadFault.WrongType, field);
            return [];
        }

        var start = (int)_json.TokenStartIndex;
        try
        {
            _json.Skip();
        }
        catch (JsonException)
        {
            Fail(PayloadFault.NotJson);
            return [];
        }

        var raw = json[start..(int)_json.BytesConsumed];
        if (raw.Length <= max)
            return raw.ToArray();

        Fail(Refusal.PayloadTooLarge(field));
        return [];
    }

    /// <summary>Passes over an object whose content means nothing to us.</summary>
    public void IgnoredObject(string field)
    {
        if (_refusal is not null)
            return;

        if (_json.TokenType != JsonTokenType.StartObject)
        {
            Fail(PayloadFault.WrongType, field);
            return;
        }

        try
        {
            _json.Skip();
        }
        catch (JsonException)
        {
            Fail(PayloadFault.NotJson);
        }
    }

    private static bool IsUnshowable(char c) =>
        c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
