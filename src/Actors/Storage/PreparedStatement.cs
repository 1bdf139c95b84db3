using System.Data;
using System.Data.Common;
using System.Globalization;

namespace QuikApp.Actors.Storage;

/// <summary>A statement prepared once and executed many times, with positional parameters.</summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly PreparedConnection _owner;
    private readonly DbCommand _command;

    internal PreparedStatement(PreparedConnection owner, string sql, ReadOnlySpan<DbType> types)
    {
        _owner = owner;
        _command = owner.Connection.CreateCommand();
        // The one place where statement text becomes a command: it comes from constants, values only from parameters.
#pragma warning disable CA2100
        _command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < types.Length; i++)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = "@p" + i.ToString(CultureInfo.InvariantCulture);
            parameter.DbType = types[i];
            parameter.Value = DBNull.Value;
            _command.Parameters.Add(parameter);
        }
        _command.Transaction = owner.Transaction;
        _command.Prepare();
    }

    /// <summary>Gives parameter <paramref name="index"/> its value.</summary>
    public PreparedStatement Bind(int index, object value)
    {
        _command.Parameters[index].Value = value;
        return this;
    }

    /// <summary>Executes; the number of rows changed.</summary>
    public int Execute()
    {
        _command.Transaction = _owner.Transaction;
        return _command.ExecuteNonQuery();
    }

    /// <summary>Executes; the first column of the first row, null when there is none or it is NULL.</summary>
    public object? Scalar()
    {
        _command.Transaction = _owner.Transaction;
        return _command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>Executes and adds a row's value for each row to <paramref name="into"/>.</summary>
    public void Read<T>(ICollection<T> into, Func<DbDataReader, T> row)
    {
        _command.Transaction = _owner.Transaction;
        using var reader = _command.ExecuteReader();
        while (reader.Read())
            into.Add(row(reader));
    }

    /// <inheritdoc/>
    public void Dispose() => _command.Dispose();
}
