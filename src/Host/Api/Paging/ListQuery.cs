using System.Text;
using QuikApp.Host.Api.Description;
using QuikApp.Host.Api.Problems;
using QuikApp.Host.Api.Requests;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Api.Paging;

/// <summary>Which page is asked for of a list that is ordered by the bytes of its items' names.</summary>
/// <param name="User">Who asks.</param>
/// <param name="List">The list as a path, its filters included; no line feed.</param>
/// <param name="Limit">Items at most.</param>
/// <param name="After">The name of the last item before the page; null for the first page.</param>
internal sealed record ListQuery(UserId User, string List, int Limit, string? After)
{
    /// <summary>The parameter <c>limit</c>.</summary>
    public static ApiParameter LimitParameter { get; } =
        ApiParameter.Integer("limit", "How many at most; there may be fewer, and more behind them.", 1, PayloadLimits.HistoryItems, PayloadLimits.DefaultHistoryItems);

    /// <summary>The parameter <c>cursor</c>.</summary>
    public static ApiParameter CursorParameter { get; } =
        ApiParameter.Text("cursor", "The next of the page before, with the same filters.", PageCursors.MaxLength);

    /// <summary>Reads both, behind the filters of the list.</summary>
    /// <param name="reader">The parameters; the filters are read.</param>
    /// <param name="user">Who asks.</param>
    /// <param name="list">The list as a path, its filters included.</param>
    /// <param name="cursors">Opens cursors.</param>
    /// <param name="query">What was read.</param>
    /// <returns>Why not; null when all is well.</returns>
    public static Problem? Read(QueryReader reader, UserId user, string list, PageCursors cursors, out ListQuery query)
    {
        var limit = (int)(reader.Integer("limit", 1, PayloadLimits.HistoryItems) ?? PayloadLimits.DefaultHistoryItems);
        var cursor = reader.Text("cursor");
        query = new ListQuery(user, list, limit, null);
        if (reader.Refusal is { } refusal)
            return Problem.Of(refusal);
        if (cursor is null)
            return null;
        if (!cursors.TryOpen(user, list, cursor, out var position))
            return Problem.Of(ProblemReason.InvalidCursor);
        query = query with { After = Encoding.ASCII.GetString(position.Span) };
        return null;
    }

    /// <summary>The items of the page, and the name of its last one where more follow.</summary>
    public (IReadOnlyList<T> Page, string? Last) Cut<T>(IEnumerable<T> all, Func<T, string> name)
    {
        var page = all
            .Where(item => string.CompareOrdinal(name(item), After) > 0)
            .OrderBy(name, StringComparer.Ordinal)
            .Take(Limit + 1)
            .ToList();
        if (page.Count <= Limit)
            return (page, null);
        page.RemoveAt(Limit);
        return (page, name(page[^1]));
    }

    /// <summary>The cursor of the page behind the one that ends with a name; null where none follows.</summary>
    public string? Next(string? last, PageCursors cursors) => last is null ? null : cursors.Seal(User, List, Encoding.ASCII.GetBytes(last));

    /// <summary>The answer with these items.</summary>
    public IResult Answer<T>(IEnumerable<T> items, string? last, PageCursors cursors) =>
        TypedResults.Ok(new ListAnswer<T>([.. items], last is not null, Next(last, cursors)));
}
