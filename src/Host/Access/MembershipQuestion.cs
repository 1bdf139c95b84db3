using System.Buffers;
using System.Text.Json;
using QuikApp.Host.Authentication;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.Access;

/// <summary>What the platform's directory is asked.</summary>
/// <param name="User">The user.</param>
/// <param name="Workspace">The workspace.</param>
/// <param name="Role">The role of the user's token.</param>
internal readonly record struct MembershipQuestion(UserId User, WorkspaceId Workspace, Role Role)
{
    /// <summary>The body of the request: <c>{user, workspace, role}</c>.</summary>
    public ReadOnlyMemory<byte> Write()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("user"u8, User.Value);
        json.WriteString("workspace"u8, Workspace.Value);
        json.WriteString("role"u8, RoleNames.NameOf(Role));
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
