using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Presence;

namespace QuikApp.Actors.Calls;

/// <summary>A user who takes part in a call, with one device.</summary>
/// <param name="User">The user.</param>
/// <param name="Device">The kind of device.</param>
/// <param name="Session">The socket: signals go to it and to no other of the user's.</param>
internal sealed record Participant(UserId User, Device Device, string Session);
