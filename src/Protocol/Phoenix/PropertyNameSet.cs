using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace QuikApp.Protocol.Phoenix;

/// <summary>
/// The property names of all objects of one message, to find the one that an object has twice.
/// </summary>
/// <remarks>
/// One open-addressing table for the whole message, keyed by the number of the object and the name: no list per object,
/// no quadratic search in an object of thousands of keys. The hash is the runtime's keyed string hash (Marvin), so
/// a client cannot choose names that collide. Names compare unescaped: <c>{"a":1,"\u0061":2}</c> has <c>a</c> twice.
/// </remarks>
internal ref struct PropertyNameSet
{
    private readonly ReadOnlySpan<byte> _message;
    private Span<Entry> _table;
    private Entry[]? _rentedTable;
    private byte[]? _unescaped;
    private int _unescapedLength;
    private int _count;

    /// <param name="message">The message that the names are slices of.</param>
    /// <param name="table">Where to begin; zeroed, its length a power of two.</param>
    public PropertyNameSet(ReadOnlySpan<byte> message, Span<Entry> table)
    {
        _message = message;
        _table = table;
    }

    /// <summary>Adds the property name that <paramref name="reader"/> stands on; false when that object has it already.</summary>
    /// <param name="reader">A reader of the message, on a property name whose surrogates are paired.</param>
    /// <param name="objectNumber">The object, counted from 1.</param>
    public bool TryAdd(ref Utf8JsonReader reader, int objectNumber)
    {
        if (_count * 2 >= _table.Length)
            Grow();

        var entry = new Entry { ObjectNumber = objectNumber };
        if (reader.ValueIsEscaped)
        {
            // The unescaped names together are shorter than the message.
            _unescaped ??= ArrayPool<byte>.Shared.Rent(_message.Length);
            entry.Length = reader.CopyString(_unescaped.AsSpan(_unescapedLength));
            entry.Start = ~_unescapedLength;
            _unescapedLength += entry.Length;
        }
        else
        {
            entry.Start = (int)reader.TokenStartIndex + 1;
            entry.Length = reader.ValueSpan.Length;
        }

        var name = NameOf(entry);
        entry.Hash = Hash(objectNumber, name);
        var slot = entry.Hash & (_table.Length - 1);
        for (; _table[slot].ObjectNumber != 0; slot = (slot + 1) & (_table.Length - 1))
        {
            ref var other = ref _table[slot];
            if (other.Hash == entry.Hash && other.ObjectNumber == objectNumber && NameOf(other).SequenceEqual(name))
                return false;
        }

        _table[slot] = entry;
        _count++;
        return true;
    }

    /// <summary>Gives rented buffers back.</summary>
    public void Dispose()
    {
        if (_rentedTable is { } table)
            ArrayPool<Entry>.Shared.Return(table);
        if (_unescaped is { } unescaped)
            ArrayPool<byte>.Shared.Return(unescaped);
        this = default;
    }

    private readonly ReadOnlySpan<byte> NameOf(in Entry entry) =>
        entry.Start < 0 ? _unescaped.AsSpan(~entry.Start, entry.Length) : _message.Slice(entry.Start, entry.Length);

    private static int Hash(int objectNumber, ReadOnlySpan<byte> name)
    {
        // The keyed hash works on pairs of bytes. An odd last one and the object go through it too: mixed in by plain
        // arithmetic, a client could place names of many objects side by side in the table without knowing the key.
        var pairs = string.GetHashCode(MemoryMarshal.Cast<byte, char>(name));
        var last = (name.Length & 1) == 0 ? '\0' : (char)(name[^1] + 1);
        return string.GetHashCode([(char)pairs, (char)(pairs >> 16), (char)objectNumber, (char)(objectNumber >> 16), last]);
    }

    private void Grow()
    {
        var length = _table.Length * 4;
        var rented = ArrayPool<Entry>.Shared.Rent(length);
        var table = rented.AsSpan(0, length);
        table.Clear();
        foreach (ref readonly var entry in _table)
        {
            if (entry.ObjectNumber == 0)
                continue;

            var slot = entry.Hash & (length - 1);
            while (table[slot].ObjectNumber != 0)
                slot = (slot + 1) & (length - 1);
            table[slot] = entry;
        }

        if (_rentedTable is { } old)
            ArrayPool<Entry>.Shared.Return(old);
        _rentedTable = rented;
        _table = table;
    }

    /// <summary>One name of one object; all zero where the table is free.</summary>
    internal struct Entry
    {
        /// <summary>The object, counted from 1.</summary>
        public int ObjectNumber;

        /// <summary>Of object and name.</summary>
        public int Hash;

        /// <summary>Where the name begins in the message; or, complemented, among the unescaped names.</summary>
        public int Start;

        /// <summary>Its length in bytes.</summary>
        public int Length;
    }
}
