using System.Buffers;
using System.Text.Json;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Delivery;
using QuikApp.Actors.Tests.Conversations;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Phoenix;
using QuikApp.Protocol.WebSockets;
using static QuikApp.Actors.Delivery.HubMessages;

namespace QuikApp.Actors.Tests.Presence;

/// <summary>
/// A socket that keeps the list of who is online from its reply and its events, in either format, and notes whatever does
/// not fit what it has: a join of somebody who is there, a change of somebody who is not.
/// </summary>
internal sealed class ListKeeper(Requester requester, PresenceFormat format) : ISubscriber
{
    private readonly Lock _gate = new();

    // User, then what they have: in Phoenix's format metas by reference, in ours one thing.
    private readonly Dictionary<string, Dictionary<string, string>> _list = [];

    public Requester Requester => requester;

    public PhoenixVersion Version => PhoenixVersion.V2;

    public PresenceFormat Format => format;

    public Recording<ToSession> Told { get; } = new();

    /// <summary>What did not fit.</summary>
    public Recording<string> Misfits { get; } = new();

    /// <summary>Each user with their status.</summary>
    public IReadOnlyList<string> List
    {
        get
        {
            lock (_gate)
                return [.. _list.Select(pair => $"{pair.Key} {pair.Value.Values.Distinct().Single()}").Order(StringComparer.Ordinal)];
        }
    }

    public async Task<ToSession.Joined> Joined()
    {
        var joined = (ToSession.Joined)await Told.First(m => m is ToSession.Joined);
        var reply = Json(joined.Reply!);
        if (format is PresenceFormat.Events)
        {
            foreach (var item in reply.GetProperty("presences").EnumerateArray())
                Put("list", item, isThere: false);
        }

        return joined;
    }

    public void Deliver(WireFrame frame)
    {
        var json = JsonDocument.Parse(frame.Payload.ToArray()).RootElement;
        Take(json[3].GetString()!, json[4]);
    }

    public void Push(string @event, Action<Utf8JsonWriter> payload) => Take(@event, Json(payload));

    public void Tell(ToSession message) => Told.Add(message);

    private void Take(string @event, JsonElement payload)
    {
        switch (@event)
        {
            case EventNames.PresenceJoin:
                Put(@event, payload, isThere: false);
                break;
            case EventNames.PresenceUpdate:
                Put(@event, payload, isThere: true);
                break;
            case EventNames.PresenceLeave:
                Remove(@event, payload.GetProperty("userId").GetString()!);
                break;
            case EventNames.PresenceState:
                TakeMetas(@event, payload, isJoin: true);
                break;
            case EventNames.PresenceDiff:
                TakeMetas(@event, payload.GetProperty("joins"), isJoin: true);
                TakeMetas(@event, payload.GetProperty("leaves"), isJoin: false);
                break;
            default:
                Misfits.Add(@event);
                break;
        }
    }

    private void Put(string @event, JsonElement item, bool isThere) =>
        Put(@event, item.GetProperty("userId").GetString()!, item.GetProperty("status").GetString()!, isThere, item.GetProperty("devices").GetRawText());

    private void Put(string @event, string user, string status, bool isThere, string detail)
    {
        lock (_gate)
        {
            var said = new Dictionary<string, string> { [detail] = status };
            if (_list.TryGetValue(user, out var there) != isThere || (isThere && there!.SequenceEqual(said)))
                Misfits.Add($"{@event} {user} {status}");
            _list[user] = said;
        }
    }

    // As the Presence class does: by reference; a user without metas is gone.
    private void TakeMetas(string @event, JsonElement users, bool isJoin)
    {
        lock (_gate)
        {
            foreach (var (user, meta) in users.EnumerateObject().SelectMany(user => user.Value.GetProperty("metas").EnumerateArray().Select(meta => (user.Name, meta))))
            {
                if (!_list.TryGetValue(user, out var metas))
                    _list.Add(user, metas = []);
                var reference = meta.GetProperty("phx_ref").GetString()!;
                if (isJoin ? !metas.TryAdd(reference, meta.GetProperty("status").GetString()!) : !metas.Remove(reference))
                    Misfits.Add($"{@event} {user} {reference}");
                if (metas.Count == 0)
                    _list.Remove(user);
            }
        }
    }

    private void Remove(string @event, string user)
    {
        lock (_gate)
        {
            if (!_list.Remove(user))
                Misfits.Add($"{@event} {user}");
        }
    }

    private static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return JsonDocument.Parse(buffer.WrittenMemory.ToArray()).RootElement;
    }
}
