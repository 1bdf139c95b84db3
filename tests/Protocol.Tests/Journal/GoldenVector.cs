using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

/// <summary>
/// One frozen record: <c>NN-type.record</c> holds its bytes, <c>NN-type.json</c> what others must find in them.
/// Vectors are added, never changed: a journal written by any release must stay readable and its hashes must stay the same.
/// </summary>
/// <param name="Number">Position in the list; the chain of a stream follows it.</param>
/// <param name="Event">What is written.</param>
/// <param name="Actor">Pseudonym of its author.</param>
/// <param name="Key">The author's key for the stream.</param>
internal sealed partial record GoldenVector(int Number, NumberedEvent Event, string Actor, ContentKey Key)
{
    public const string Carol = "u_0V5T8A2JGK7XQ4RZ6MSE9NWC1P";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly StreamId Channel = StreamId.Of(ChannelId.Parse("01M323YVJ3QH8T6ZC4N0W2RXKD"));
    private static readonly ThreadId Thread = ThreadId.Parse("01M324A7C9FYB1R3D5E7G9J1K3");
    private static readonly MessageId First = MessageId.Parse("m_01M323Z8V0E5K7N2P4R6T8W0Y2");
    private static readonly MessageId Second = MessageId.Parse("m_01M3240D2F4H6J8M0P2R4T6V8X");
    private static readonly UserId AliceId = UserId.Parse("alice");
    private static readonly UserId BobId = UserId.Parse("bob");
    private static readonly UserId CarolId = UserId.Parse("carol");

    private static readonly ContentKey AliceKey = Writing.Key(0x00, "k_01M323YVJ4A2C4E6G8J0M2P4R6");
    private static readonly ContentKey BobKey = Writing.Key(0x20, "k_01M323YZZ5B3D5F7H9K1N3Q5S7");
    private static readonly ContentKey CarolKey = Writing.Key(0x40, "k_01M324A7C96C4E6G8J0M2P4R6T");

    public static ImmutableArray<GoldenVector> All { get; } = [.. Build(), .. BuildPlaces(), .. BuildUsers(), .. BuildCalls()];

    public string Name => $"{Number:00}-{EventTypes.Of(Event.Event)}";

    /// <summary>The head before this record, and the record.</summary>
    public (ChainHead Before, JournalRecord Record) Write()
    {
        var head = ChainHead.Genesis(Event.Stream);
        foreach (var earlier in All.Where(other => other.Event.Stream == Event.Stream && other.Number < Number))
            head = ChainHead.After(earlier.Write(head));
        return (head, Write(head));
    }

    /// <summary>The record's bytes as committed.</summary>
    public static byte[] ReadBytes(string name) => File.ReadAllBytes(PathOf(name + ".record"));

    /// <summary>The description as committed.</summary>
    public static string ReadDescription(string name) => File.ReadAllText(PathOf(name + ".json"));

    public static string PathOf(string file) => SourceTree.PathOf("tests", "Protocol.Tests", "Journal", "vectors", file);

    /// <summary>What stands in the <c>.json</c> file of a record.</summary>
    public string Describe(JournalRecord record)
    {
        var plaintext = new byte[BodyCipher.GetPlaintextLength(record.Body(0).Span)];
        Assert.True(BodyCipher.TryDecrypt(Key, record.Body(0).Span, plaintext));
        var disclosure = System.Text.Encoding.ASCII.GetString(plaintext);
        var opened = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(disclosure))!.AsArray();
        return new JsonObject
        {
            ["record"] = Name + ".record",
            ["kid"] = Key.Kid,
            ["key"] = System.Buffers.Text.Base64Url.EncodeToString(Key.Key.Span),
            ["sid"] = record.Header.Stream.Value,
            ["seq"] = record.Header.Seq,
            ["prev"] = record.Header.Previous.ToString(),
            ["leaf"] = record.Leaf.ToString(),
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(record.Bytes.Span)),
            ["disclosure"] = disclosure,
            ["salt"] = opened[0]!.GetValue<string>(),
            ["body"] = opened[2]!.DeepClone(),
        }.ToJsonString(Indented) + "\n";
    }

    private JournalRecord Write(ChainHead head)
    {
        var who = Event.Event.Member is null ? null : Writing.Bob;
        return RecordWriter.Write(Event, head, Actor, who, Key, new FixedRandom($"quikapp journal vector {Number}"));
    }

    private static IEnumerable<GoldenVector> Build()
    {
        const long Start = 1790000000123456;
        var diagram = new Attachment(
            "diagram \"v2\".png",
            182_044,
            "image/png",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "https://files.example/d/9f86d081");
        var notes = new Attachment("Notizen – März.txt", 0, "text/plain", new string('0', 64), "https://files.example/n");

        yield return Alice(1, Start, new ConversationEvent.ChannelCreated(ChannelId.Parse(Channel.Value["channel-".Length..]), WorkspaceId.Parse("demo"), "Général", ChannelVisibility.Private));
        yield return Alice(2, Start + 1, new ConversationEvent.MemberAdded(BobId));
        yield return Bob(3, Start + 2_500_000, new ConversationEvent.MessageCreated(First, "Hello @alice, here is the plan.", [], [AliceId], null, "3f0c1f9e-7d5e-4c53-9a0b-6b1f1a3f2f10"));
        yield return Bob(4, Start + 9_000_000, new ConversationEvent.MessageEdited(First, "Hello @alice and @carol, here is the plan.", [AliceId, CarolId]));
        yield return Alice(5, Start + 10_000_000, new ConversationEvent.ReactionAdded(First, "\U0001F44D\U0001F3FD"));
        yield return Alice(6, Start + 11_000_000, new ConversationEvent.ReactionRemoved(First, "\U0001F44D\U0001F3FD"));
        yield return Alice(7, Start + 12_000_000, new ConversationEvent.MessageDeleted(First));
        yield return Alice(8, Start + 13_000_000, new ConversationEvent.MemberRemoved(BobId));
        yield return Alice(9, Start + 14_000_000, new ConversationEvent.MessageCreated(Second, "", [diagram, notes], [], null, null));

        // Everything that two JSON writers may disagree on: short and long escapes, DEL, line separators, both sides of the surrogates, non-characters.
        const string Awkward = "\0\u0001\b\t\n\u000b\f\r\u001b\u001f \"\\/<>&'+`\u007f\u0080\u00a0é\u200b\u2028\u2029\ud7ff\ue000\ufeff\ufffd\uffff\U00010000\U0001F468\u200D\U0001F469\u200D\U0001F467\U0010FFFF";
        var thread = StreamId.Of(Thread);
        yield return new(10, new(thread, 1, Start + 20_000_000, CarolId, new ConversationEvent.MessageCreated(Second, Awkward, [], [], Thread, "k\u20ac\U0001F511")), Carol, CarolKey);
        yield return new(11, new(thread, 2, Start + 20_000_001, CarolId, new ConversationEvent.ReactionAdded(Second, "thumbsup")), Carol, CarolKey);

        static GoldenVector Alice(int number, long at, ConversationEvent e) => new(number, new(Channel, number, at, AliceId, e), Writing.Alice, AliceKey);
        static GoldenVector Bob(int number, long at, ConversationEvent e) => new(number, new(Channel, number, at, BobId, e), Writing.Bob, BobKey);
    }
}
