using System.Collections.Immutable;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Host.Sessions;

/// <summary>An event that clients push to a topic they have joined.</summary>
/// <param name="Event">Its name.</param>
/// <param name="Summary">What it asks for, in a sentence.</param>
/// <param name="Topics">Where it is taken; elsewhere it is <c>invalid_event</c>.</param>
/// <param name="Payload">What its parser takes.</param>
/// <param name="Reply">The response when it is granted.</param>
/// <param name="Handle">Handles it.</param>
internal sealed record ClientPush(
    string Event, string Summary, ImmutableArray<TopicKind> Topics, JsonShape Payload, JsonShape Reply, PushHandler Handle);
