using System.Data.Common;

namespace QuikApp.Actors.Tests.Storage;

/// <summary>A store and what it stands on.</summary>
internal sealed class OpenStore<T>(T store, DbDataSource source, Func<T> another, IDisposable database) : IDisposable
    where T : IDisposable
{
    public T Store { get; } = store;

    public DbDataSource Source { get; } = source;

    /// <summary>Another one over the same database, as another node has it.</summary>
    public T Another() => another();

    public void Dispose()
    {
        Store.Dispose();
        database.Dispose();
    }
}
