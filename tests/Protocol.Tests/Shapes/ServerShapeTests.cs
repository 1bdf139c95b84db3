using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Presence;
using QuikApp.Protocol.Shapes;
using QuikApp.Protocol.Tests.Journal;
using QuikApp.Protocol.Tests.Payloads;
using Written = QuikApp.Protocol.Tests.Payloads.Json;

namespace QuikApp.Protocol.Tests.Shapes;

/// <summary>The shapes of what the server sends, against what the encoders write. Objects are closed, so nothing is written that is not described.</summary>
public sealed class ServerShapeTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 0, 0, 123, TimeSpan.Zero);

    private static readonly Attachment File = new("a.png", 3, "image/png", new string('a', 64), "https://files.example/a.png");

    [Fact]
    public void Events_OfTheCode_AreExactlyThoseDescribed()
    {
        var names = typeof(EventNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(names.Order(StringComparer.Ordinal), ServerEvents.All.Select(e => e.Name).Distinct().Order(StringComparer.Ordinal));

        // A topic hears of a name in one form.
        var heard = ServerEvents.All.SelectMany(e => e.Topics, (e, topic) => (e.Name, topic)).ToList();
        Assert.Equal(heard.Count, heard.Distinct().Count());
    }

    [Fact]
    public void Journaled_EventsOfEveryKind_AreWrittenAsDescribed()
    {
        var kinds = typeof(ConversationEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(ConversationEvent))).ToHashSet();
        var described = ServerEvents.All.Where(e => e.IsNumbered)
            .SelectMany(e => e.Topics, (e, topic) => (Key: (e.Name, topic), Seen: new SeenMembers(e.Payload)))
            .ToDictionary(pair => pair.Key, pair => pair.Seen);
        var written = new HashSet<Type>();
        Gen.Select(RandomEvents.Event, RandomEvents.Numbered).Sample(
            (happened, frame) =>
            {
                var name = EventPayload.EventName(happened);
                foreach (var (key, seen) in described.Where(pair => pair.Key.Name == name))
                {
                    var numbered = new NumberedEvent(StreamOf(key.topic), frame.Event.Seq, frame.Event.At, frame.Event.By, Readable(happened));
                    seen.Check(Written.Of(writer => EventPayload.Write(writer, numbered, ContextOf(key.topic))));
                    written.Add(happened.GetType());
                }
            },
            iter: 2_000,
            threads: 1);

        Assert.Equal(kinds.Select(type => type.Name).Order(StringComparer.Ordinal), written.Select(type => type.Name).Order(StringComparer.Ordinal));
        // Edits, reactions and threads come into message:new in a compact replay, below.
        Assert.All(described.Where(pair => pair.Key.Name != EventNames.MessageNew), pair => pair.Value.AssertAll(pair.Key.ToString()));
    }

    [Fact]
    public void Messages_InTheirFinalState_AreWrittenAsDescribed()
    {
        var whole = new SeenMembers(MessageView.NewShape);
        var item = new SeenMembers(MessageView.ItemShape);
        var history = new StrictSchema(HistoryItem.Shape);
        RandomConversation.Gen.Sample(
            journal =>
            {
                var thread = ThreadId.Parse("t1");
                var views = new Dictionary<MessageId, MessageView>();
                foreach (var e in journal.Where(e => e.Event.Message is not null))
                {
                    var id = e.Event.Message!.Value;
                    views[id] = views.TryGetValue(id, out var view) ? view.Apply(e) : MessageView.Create(e);
                    Assert.True(history.Accepts(Written.Of(writer => HistoryItem.WriteFull(writer, e))));
                }

                foreach (var view in views.Values)
                {
                    var replied = view.Apply(Build.Event(view.LastSeq + 1, "bob", new ConversationEvent.ThreadUpdated(
                        view.Id, thread, 1, Build.Message("r1"), Build.User("bob"), Build.Start)));
                    foreach (var form in new[] { view, replied, replied with { ClientId = "c", Thread = thread, Attachments = view.DeletedAt is null ? [File] : [] } })
                    {
                        if (form.DeletedAt is null)
                            whole.Check(Written.Of(writer => form.WriteNew(writer)));
                        var json = Written.Of(writer => HistoryItem.WriteCompact(writer, form));
                        item.Check(json);
                        Assert.True(history.Accepts(json), json);
                    }
                }
            },
            iter: 100,
            threads: 1);
        whole.AssertAll("message:new");
        Assert.False(history.Accepts("""{"event":"message:new","payload":{}}"""));
    }

    [Fact]
    public void Presence_InEveryForm_IsWrittenAsDescribed()
    {
        var workspace = WorkspaceId.Parse("demo");
        var plain = new UserPresence(Build.User("bob"), PresenceStatus.Online, null, Devices.Of(Device.Web), At);
        var busy = plain with { Status = PresenceStatus.DoNotDisturb, StatusText = "Lunch", Devices = plain.Devices.Union(Devices.Of(Device.Mobile)) };
        var (item, update) = (new SeenMembers(PresencePayload.ItemShape), new SeenMembers(PresencePayload.UpdateShape));
        var (joined, state, diff) = (new SeenMembers(PresencePayload.JoinedShape), new SeenMembers(PhoenixPresence.StateShape), new SeenMembers(PhoenixPresence.DiffShape));
        foreach (var (one, other) in new[] { (plain, busy), (busy, plain) })
        {
            item.Check(Written.Of(writer => PresencePayload.WriteItem(writer, one)));
            update.Check(Written.Of(writer => PresencePayload.WriteUpdate(writer, one, other)));
            state.Check(Written.Of(writer => PhoenixPresence.WriteState(writer, workspace, [one])));
            diff.Check(Written.Of(writer => PhoenixPresence.WriteDiff(writer, workspace, [(one, other)])));
            joined.Check(Written.Of(writer => PresencePayload.WriteSnapshot(writer, [one, other], tracked: one == busy)));
        }

        joined.Check(Written.Of(writer => PresencePayload.WriteJoined(writer, tracked: true)));
        new SeenMembers(PresencePayload.LeaveShape).Check(Written.Of(writer => PresencePayload.WriteLeave(writer, plain.User, At)));
        foreach (var seen in new[] { item, update, joined, state, diff })
            seen.AssertAll("presence");
    }

    [Fact]
    public void Notices_AndReplies_AreWrittenAsDescribed()
    {
        var (user, channel, thread, call) = (Build.User("bob"), ChannelId.Parse("general"), ThreadId.Parse("t1"), CallId.Parse("c1"));
        Check(NoticePayload.TypingShape, writer => NoticePayload.WriteTyping(writer, user, channel), writer => NoticePayload.WriteTyping(writer, user, channel, thread));
        Check(NoticePayload.ReplayDoneShape, writer => NoticePayload.WriteReplayDone(writer, 0));
        Check(NoticePayload.ReplayGapShape, writer => NoticePayload.WriteReplayGap(writer, 5, 7));
        Check(NoticePayload.TokenExpiringShape, writer => NoticePayload.WriteTokenExpiring(writer, At));
        Check(ReplyPayload.SentShape, writer => ReplyPayload.WriteSent(writer, Build.Message("m1"), 1, At));
        Check(ReplyPayload.SeqShape, writer => ReplyPayload.WriteSeq(writer, 1));
        Check(ReplyPayload.ThreadShape, writer => ReplyPayload.WriteThread(writer, thread, 1));
        Check(ReplyPayload.CallShape, writer => ReplyPayload.WriteCall(writer, call, 1));
        Check(ReplyPayload.ReadShape, writer => ReplyPayload.WriteRead(writer, 0, 3, 1));
        var signal = new CallSignal(call, "offer", "{\"sdp\":\"v=0\"}"u8.ToArray(), null);
        Check(CallSignal.RelayedShape, writer => signal.Write(writer, call, user), writer => (signal with { To = user }).Write(writer, call, user));
    }

    [Fact]
    public void Refusals_OfEveryReason_AreWrittenAsDescribed()
    {
        var seen = new SeenMembers(Refusal.Shape);
        var fixedOnes = typeof(Refusal).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => property.GetValue(null)).OfType<Refusal>();
        Refusal[] refusals =
        [
            .. fixedOnes, .. Enum.GetValues<PayloadFault>().Select(fault => Refusal.InvalidPayload(fault, "attachments[2].size")),
            Refusal.PayloadTooLarge("content"), Refusal.RateLimited(TimeSpan.FromMilliseconds(500)),
        ];
        Assert.Equal(Reasons.All.Order(), refusals.Select(refusal => refusal.Reason).Distinct().Order());
        Assert.All(refusals, refusal => seen.Check(Written.Of(refusal.Write)));
        seen.AssertAll("refusal");
    }

    private static void Check(JsonShape shape, params Action<Utf8JsonWriter>[] writes)
    {
        var seen = new SeenMembers(shape);
        foreach (var write in writes)
            seen.Check(Written.Of(write));
        seen.AssertAll(shape.ToSchema().ToJsonString());
    }

    // What is journaled has passed its parser.
    private static ConversationEvent Readable(ConversationEvent happened) =>
        happened is ConversationEvent.MessageCreated { Attachments.IsEmpty: false } created ? created with { Attachments = [File] } : happened;

    private static StreamId StreamOf(TopicKind topic) => StreamId.Parse($"{Words<TopicKind>.Of(topic)}-x1");

    private static TopicContext? ContextOf(TopicKind topic) => topic is TopicKind.Thread ? new TopicContext(ChannelId.Parse("general")) : null;

    /// <summary>A schema, and which of its members were there, and were not.</summary>
    private sealed class SeenMembers(JsonShape shape)
    {
        private readonly StrictSchema _schema = new(shape);
        private readonly HashSet<string> _there = [];
        private readonly HashSet<string> _missing = [];
        private int _checked;

        public void Check(string json)
        {
            Assert.True(_schema.Accepts(json), json);
            var members = JsonNode.Parse(json)!.AsObject().Select(pair => pair.Key).ToHashSet();
            _there.UnionWith(members);
            _missing.UnionWith(Declared.Where(name => !members.Contains(name)));
            _checked++;
        }

        /// <summary>Nothing is described that is never written, nor called optional that always is.</summary>
        public void AssertAll(string what)
        {
            Assert.True(_checked > 0, $"{what} was never written");
            Assert.All(Declared, name => Assert.True(_there.Contains(name), $"{what}: {name} was never written"));
            var required = (shape.ToSchema()["required"] as JsonArray)?.Select(name => name!.ToString()).ToHashSet() ?? [];
            Assert.All(Declared, name => Assert.True(_checked == 1 || required.Contains(name) != _missing.Contains(name), $"{what}: {name} is always written"));
        }

        private IEnumerable<string> Declared => (shape.ToSchema()["properties"] as JsonObject)?.Select(pair => pair.Key) ?? [];
    }
}
