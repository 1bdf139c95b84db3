using Microsoft.Extensions.Primitives;

namespace QuikApp.Host.Sessions;

/// <summary>Where a handshake says who it is, beside the <c>Authorization</c> header that all of them share.</summary>
/// <param name="Header">What the transport's own header held, decoded; null when it held none.</param>
/// <param name="Query">The access tokens of the query.</param>
/// <param name="IsBroken">The transport's own header cannot be read: refused like a token that does not count.</param>
internal readonly record struct PresentedToken(string? Header, StringValues Query, bool IsBroken = false);
