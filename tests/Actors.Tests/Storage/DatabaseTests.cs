namespace QuikApp.Actors.Tests.Storage;

/// <summary>Tests that hold on every kind of database: written once, run on each.</summary>
public abstract class DatabaseTests<T> : IAsyncLifetime
    where T : ITestDatabase, new()
{
    protected ITestDatabase Database { get; } = new T();

    public virtual Task InitializeAsync() => Database.PrepareAsync();

    public virtual async Task DisposeAsync() => await Database.DisposeAsync();
}
