namespace QuikApp.Actors.Storage;

/// <summary>The tables of one component, as this program knows them.</summary>
/// <param name="Component">Its name in the table of versions.</param>
/// <param name="Steps">One statement a version.</param>
/// <param name="UsableFrom">
/// How many steps a program must know to use the tables: that of the release before, so that it can go on, and be gone back
/// to, after a migration.
/// </param>
internal sealed record ComponentSchema(string Component, IReadOnlyList<string> Steps, int UsableFrom);
