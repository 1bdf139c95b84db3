using System.Collections.Immutable;
using System.Text.Json;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Shapes;

namespace QuikApp.Protocol.Payloads;

/// <content>The message as JSON.</content>
public sealed partial record MessageView
{
    private static readonly (string Name, JsonShape Shape)[] AlwaysThere =
    [
        ("id", JsonShapes.Id), ("userId", JsonShapes.Id), ("channelId", JsonShapes.Id), ("createdAt", JsonShapes.Time), ("seq", JsonShapes.Seq),
        ("thread?", ThreadSummary.Shape), ("threadId?", JsonShapes.Id), ("clientId?", JsonShapes.AnyText),
    ];

    private static readonly (string Name, JsonShape Shape)[] UntilDeleted =
    [
        ("content", JsonShapes.AnyText), ("attachments", AttachmentFormat.ListShape), ("mentions", JsonShapes.Users),
        ("editedAt?", JsonShapes.Time),
        ("reactions?", JsonShapes.MapOf(JsonShapes.Users).About("Emoji, or shortcode name, to users.")),
    ];

    /// <summary><see cref="WriteNew"/> as a schema.</summary>
    public static JsonShape NewShape { get; } = JsonShape.ObjectOf([.. AlwaysThere, .. UntilDeleted]);

    /// <summary><see cref="WriteItem"/> as a schema.</summary>
    public static JsonShape ItemShape { get; } = JsonShape.AnyOf(
        JsonShape.ObjectOf([.. AlwaysThere, .. UntilDeleted, ("lastSeq", JsonShapes.Seq)]),
        JsonShape.ObjectOf([.. AlwaysThere, ("deletedAt", JsonShapes.Time), ("lastSeq", JsonShapes.Seq)]));

    /// <summary>
    /// Writes the payload of <c>message:new</c>; with <c>editedAt</c>, <c>reactions</c> (emoji → users) and <c>thread</c> where there are any.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The channel; needed where the stream is not a channel's own.</param>
    /// <exception cref="ArgumentException">The channel is not known, or is another one than the stream's.</exception>
    public void WriteNew(Utf8JsonWriter writer, TopicContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Write(writer, TopicContext.ChannelOf(Stream, context), withLastSeq: false);
    }

    /// <summary>
    /// Writes the compact item of history: the members of <c>message:new</c>, <c>lastSeq</c>, and <c>editedAt</c>,
    /// <c>reactions</c> and <c>thread</c> where there are any; of a deleted message <c>deletedAt</c> in the place of all that it held.
    /// </summary>
    /// <inheritdoc cref="WriteNew"/>
    public void WriteItem(Utf8JsonWriter writer, TopicContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Write(writer, TopicContext.ChannelOf(Stream, context), withLastSeq: true);
    }

    internal static void WriteMentions(Utf8JsonWriter writer, ImmutableArray<UserId> mentions)
    {
        writer.WriteStartArray("mentions"u8);
        foreach (var user in mentions)
            writer.WriteStringValue(user.Value);
        writer.WriteEndArray();
    }

    private void Write(Utf8JsonWriter writer, ChannelId channel, bool withLastSeq)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id.Value);
        if (DeletedAt is null)
            writer.WriteString("content"u8, Content);
        writer.WriteString("userId"u8, User.Value);
        writer.WriteString("channelId"u8, channel.Value);
        Rfc3339.Write(writer, "createdAt"u8, CreatedAt);
        if (DeletedAt is { } deletedAt)
            Rfc3339.Write(writer, "deletedAt"u8, deletedAt);
        else
            WriteBody(writer);

        Replies?.Write(writer, "thread"u8);
        writer.WriteNumber("seq"u8, Seq);
        if (withLastSeq)
            writer.WriteNumber("lastSeq"u8, LastSeq);
        if (Thread is { } thread)
            writer.WriteString("threadId"u8, thread.Value);
        if (ClientId is not null)
            writer.WriteString("clientId"u8, ClientId);
        writer.WriteEndObject();
    }

    private void WriteBody(Utf8JsonWriter writer)
    {
        AttachmentFormat.WriteList(writer, Attachments);
        WriteMentions(writer, Mentions);
        if (EditedAt is { } editedAt)
            Rfc3339.Write(writer, "editedAt"u8, editedAt);
        if (Reactions.IsEmpty)
            return;

        writer.WriteStartObject("reactions"u8);
        foreach (var reaction in Reactions)
        {
            writer.WriteStartArray(reaction.Emoji);
            foreach (var user in reaction.Users)
                writer.WriteStringValue(user.Value);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
