namespace QuikApp.Host.Api.Description;

/// <summary>Patterns that the document repeats.</summary>
internal static class ApiShapes
{
    /// <summary>The grammar of every id: <see cref="Protocol.Identity.Identifier"/>.</summary>
    public const string Id = "^[A-Za-z0-9_-]{1,64}$";
}
