using System.Text.Json;

namespace QuikApp.Protocol.Payloads;

/// <summary>
/// Reads one payload strictly, straight from its bytes. The first fault sticks: everything after it reads as empty, so a
/// caller reads its members in a straight line and asks <see cref="End"/> once. Never throws on input.
/// </summary>
internal ref partial struct PayloadReader
{
    private Utf8JsonReader _json;
    private Refusal? _refusal;
    private string? _list;
    private int _index;

    public PayloadReader(ReadOnlySpan<byte> json) =>
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = PayloadLimits.JsonDepth });

    /// <summary>Enters the payload's own object.</summary>
    public ObjectScope Begin(MemberSet members)
    {
        Advance();
        return Object(members);
    }

    /// <summary>Enters the object at hand.</summary>
    public ObjectScope Object(MemberSet members)
    {
        if (_refusal is null && _json.TokenType != JsonTokenType.StartObject)
            Fail(_list is null ? PayloadFault.NotAnObject : PayloadFault.WrongType);
        return new ObjectScope(members);
    }

    /// <summary>Goes to the value of the next member; false at the object's end and after a fault.</summary>
    public bool Next(ref ObjectScope scope)
    {
        if (!Advance())
            return false;

        if (_json.TokenType == JsonTokenType.EndObject)
        {
            var missing = scope.Members.Required & ~scope.Seen;
            if (missing != 0)
                Fail(PayloadFault.Missing, scope.Members.Names[System.Numerics.BitOperations.TrailingZeroCount(missing)]);
            return false;
        }

        var index = Find(scope.Members);
        if (index < 0)
            return Fail(PayloadFault.UnknownMember);

        scope.Name = scope.Members.Names[index];
        if ((scope.Seen & (1UL << index)) != 0)
            return Fail(PayloadFault.DuplicateMember, scope.Name);

        scope.Seen |= 1UL << index;
        return Advance();
    }

    /// <summary>Enters the array at hand; until its end, faults name the item.</summary>
    public bool List(string field)
    {
        if (_refusal is null && _json.TokenType != JsonTokenType.StartArray)
            return Fail(PayloadFault.WrongType, field);
        _list = field;
        _index = -1;
        return _refusal is null;
    }

    /// <summary>Goes to the next item; false at the array's end, after a fault, and beyond <paramref name="limit"/>.</summary>
    public bool NextItem(int limit)
    {
        if (!Advance())
            return false;

        var list = _list;
        if (_json.TokenType == JsonTokenType.EndArray || _index + 1 == limit)
        {
            _list = null;
            return _json.TokenType != JsonTokenType.EndArray && Fail(PayloadFault.TooMany, list);
        }

        _index++;
        return true;
    }

    /// <summary>The verdict, after the last member: null when all is well and nothing follows the object.</summary>
    public Refusal? End()
    {
        if (_refusal is not null)
            return _refusal;

        try
        {
            if (_json.Read())
                Fail(PayloadFault.NotJson);
        }
        catch (JsonException)
        {
            Fail(PayloadFault.NotJson);
        }

        return _refusal;
    }

    /// <summary>Notes a fault unless there is one already. Always false.</summary>
    public bool Fail(PayloadFault fault, string? field = null) => Fail(Refusal.InvalidPayload(fault, Path(field)));

    private bool Fail(Refusal refusal)
    {
        _refusal ??= refusal;
        return false;
    }

    private readonly string? Path(string? field) =>
        _list is null ? field
        : field is null ? $"{_list}[{_index}]"
        : $"{_list}[{_index}].{field}";

    private bool Advance()
    {
        if (_refusal is not null)
            return false;

        try
        {
            if (_json.Read())
                return true;
        }
        catch (JsonException)
        {
            // Malformed, or too deep: said below, without the library's text, which quotes the input.
        }

        return Fail(PayloadFault.NotJson);
    }

    private readonly int Find(MemberSet members)
    {
        try
        {
            for (var i = 0; i < members.Names.Length; i++)
            {
                if (_json.ValueTextEquals(members.Utf8(i)))
                    return i;
            }
        }
        catch (InvalidOperationException)
        {
            // A name with a lone surrogate cannot be one of ours.
        }

        return -1;
    }
}
