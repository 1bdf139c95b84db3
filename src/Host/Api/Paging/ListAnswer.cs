using System.ComponentModel;

namespace QuikApp.Host.Api.Paging;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">An item.</typeparam>
[Description("A page of a list, in the order of the bytes of the items' ids.")]
internal sealed record ListAnswer<T>(
    [property: Description("The items; there may be none on a page that more follow.")] T[] Items,
    [property: Description("Whether more follow.")] bool More,
    [property: Description("The cursor of the next page, where more follow.")] string? Next);
