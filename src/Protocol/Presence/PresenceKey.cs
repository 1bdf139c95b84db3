using System.Collections.Frozen;
using QuikApp.Protocol.Identity;

namespace QuikApp.Protocol.Presence;

/// <summary>Which users can stand in a list of who is online.</summary>
/// <remarks>
/// Clients keep such a list in a JavaScript object with the user's id as key. A key that <c>Object.prototype</c> has already
/// finds something there before anything was put in: it broke old Phoenix clients (CVE-2026-56812).
/// </remarks>
public static class PresenceKey
{
    // ECMA-262, properties of the Object prototype object, annex B included.
    private static readonly FrozenSet<string> Inherited = FrozenSet.Create(
        StringComparer.Ordinal,
        "__proto__", "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString",
        "valueOf", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__");

    /// <summary>Whether the user's presence is tracked.</summary>
    public static bool IsTracked(UserId user) => !Inherited.Contains(user.Value);
}
