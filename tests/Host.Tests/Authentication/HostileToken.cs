using QuikApp.Host.Authentication;

namespace QuikApp.Host.Tests.Authentication;

/// <summary>A token that must not open the door.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Cause">What the audit log says.</param>
/// <param name="Text">The token.</param>
/// <param name="Keys">Which server it is shown to.</param>
internal sealed record HostileToken(string Name, TokenRefusal Cause, string Text, HostileKeys Keys = HostileKeys.Asymmetric);
