namespace QuikApp.Clients.Running;

/// <summary>Ties <see cref="SharedStage"/> to its name.</summary>
[CollectionDefinition(SharedStage.Name)]
public sealed class SharedStageCollection : ICollectionFixture<SharedStage>;
