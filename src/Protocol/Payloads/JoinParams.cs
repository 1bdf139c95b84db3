using System.Diagnostics.CodeAnalysis;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <summary>
/// The payload of <c>phx_join</c>: <c>{since?, mode?, access_token?, config?, version?}</c>, of a presence topic
/// <c>{format?, access_token?, config?, version?}</c>: presence has no past that could be asked for.
/// </summary>
/// <remarks>
/// <c>access_token</c>, <c>config</c> and <c>version</c> are what realtime-js adds; <c>config</c> is an object and <c>version</c>
/// a text, and neither is looked into.
/// </remarks>
/// <param name="Since">The last number the client has, 0 to 2^53 - 1; null: nothing is to be replayed.</param>
/// <param name="Mode">How the past is told.</param>
/// <param name="AccessToken">A token to use from here on, where one was given.</param>
/// <param name="Format">How a presence topic is to speak.</param>
public sealed record JoinParams(long? Since, ReplayMode Mode, string? AccessToken, PresenceFormat Format = PresenceFormat.Events)
{
    private static readonly (string Word, PresenceFormat Value)[] Formats = [("events", PresenceFormat.Events), ("phoenix", PresenceFormat.Phoenix)];

    private static readonly MemberSet Members = new(
        ("since?", JsonShapes.Number),
        ("mode?", JsonShapes.OneOf(PayloadReader.Modes)),
        ("access_token?", JsonShapes.Token),
        ("config?", JsonShapes.AnyObject),
        ("version?", JsonShapes.Text));

    private static readonly MemberSet PresenceMembers = new(
        ("format?", JsonShapes.OneOf(Formats)), ("access_token?", JsonShapes.Token), ("config?", JsonShapes.AnyObject), ("version?", JsonShapes.Text));

    /// <summary>The payload as a schema.</summary>
    /// <param name="kind">What is joined.</param>
    public static JsonShape ShapeOf(TopicKind kind) => MembersOf(kind).Shape;

    /// <summary>Reads the payload; never throws.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="kind">What is joined.</param>
    /// <param name="value">What was read.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> json, TopicKind kind, [NotNullWhen(true)] out JoinParams? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        var reader = new PayloadReader(json);
        var members = reader.Begin(MembersOf(kind));
        long? since = null;
        var mode = ReplayMode.Full;
        string? token = null;
        var format = PresenceFormat.Events;

        while (reader.Next(ref members))
        {
            switch (members.Name)
            {
                case "since":
                    since = reader.Integer("since");
                    break;
                case "mode":
                    mode = reader.Mode("mode");
                    break;
                case "format":
                    format = reader.OneOf("format", Formats);
                    break;
                case "access_token":
                    token = reader.Token("access_token");
                    break;
                case "config":
                    reader.IgnoredObject("config");
                    break;
                case "version":
                    reader.Text("version");
                    break;
            }
        }

        refusal = reader.End();
        value = refusal is null ? new JoinParams(since, mode, token, format) : null;
        return value is not null;
    }

    /// <summary>All but the token, which must not reach a log.</summary>
    public override string ToString() => $"JoinParams {{ Since = {Since}, Mode = {Mode}, Format = {Format} }}";

    private static MemberSet MembersOf(TopicKind kind) => kind is TopicKind.Presence ? PresenceMembers : Members;
}
