using System.Globalization;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Storage.Keys;

/// <summary>Whose bodies a content key encrypts. Erasing one person, one stream or one month touches no other key.</summary>
/// <param name="Author">Who wrote the content.</param>
/// <param name="Stream">Where.</param>
/// <param name="Month">When: the UTC month as <c>yyyy-MM</c>.</param>
internal readonly record struct ContentKeyOwner(UserId Author, StreamId Stream, string Month)
{
    /// <summary>The owner of what is written at <paramref name="at"/>.</summary>
    public static ContentKeyOwner At(UserId author, StreamId stream, DateTimeOffset at) =>
        new(author, stream, at.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture));
}
