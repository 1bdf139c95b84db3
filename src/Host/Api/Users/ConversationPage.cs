namespace QuikApp.Host.Api.Users;

/// <summary>A page of a user's conversations.</summary>
/// <param name="Items">Those that can be seen.</param>
/// <param name="Last">The stream at which the page ends, where more follow.</param>
internal sealed record ConversationPage(IReadOnlyList<ConversationAnswer> Items, string? Last);
