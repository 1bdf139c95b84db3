namespace QuikApp.Cluster.Cells;

/// <summary>Cells have the machine for themselves: what else runs would be a fault of its own.</summary>
[CollectionDefinition(nameof(Cell), DisableParallelization = true)]
public sealed class CellCollection;
