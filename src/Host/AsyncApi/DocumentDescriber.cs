using System.Text.Json.Nodes;
using QuikApp.Protocol.Identity;

namespace QuikApp.Host.AsyncApi;

/// <summary>Describes the document as a whole. Send and receive are said from the server's side, as AsyncAPI 3 has it.</summary>
internal static class DocumentDescriber
{
    private const string Description = """
        The realtime side of the server: Phoenix Channels over one WebSocket, or over long poll. A topic is joined with phx_join and left with phx_leave;
        on a joined topic the server answers each push with one phx_reply, whose ref is the push's, and sends events.
        Both wires are described: V2, an array, is spoken with vsn 2.0.0; V1, an object, with vsn 1.0.0 or none.
        Clients ignore events and members that they do not know: more may be added. The server refuses members it does not know.
        """;

    /// <summary>Makes the document.</summary>
    /// <param name="allowQueryToken">Whether a token may come in the address.</param>
    public static JsonObject Describe(bool allowQueryToken)
    {
        var parts = new DocumentParts();
        ConnectionDescriber.Describe(parts);
        foreach (var kind in Enum.GetValues<TopicKind>())
            TopicDescriber.Describe(parts, kind);

        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "QuikApp Realtime", ["version"] = "v1", ["description"] = Description.ReplaceLineEndings(" ") },
            ["defaultContentType"] = "application/json",
            ["servers"] = SocketDescriber.Servers(allowQueryToken),
            ["channels"] = parts.Channels,
            ["operations"] = parts.Operations,
            ["components"] = new JsonObject
            {
                ["schemas"] = parts.Schemas,
                ["securitySchemes"] = SocketDescriber.SecuritySchemes(allowQueryToken),
                ["correlationIds"] = new JsonObject
                {
                    ["ref"] = new JsonObject { ["location"] = "$message.payload#/1", ["description"] = "The ref of a frame; in V1 it is the member ref." },
                },
                ["channelBindings"] = new JsonObject { ["socket"] = SocketDescriber.Binding(allowQueryToken) },
            },
        };
    }
}
