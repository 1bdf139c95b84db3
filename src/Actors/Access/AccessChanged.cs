using Akka.Actor;
using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Access;

/// <summary>On the node's event stream: what a user may do has changed somewhere; whoever serves them asks again.</summary>
/// <param name="User">The user; null when it may be anybody.</param>
internal sealed record AccessChanged(UserId? User) : INoSerializationVerificationNeeded;
