using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using QuikApp.Protocol.Presence;

namespace QuikApp.Protocol.Tests.Presence;

/// <summary>A client that follows diffs as phoenix.js does has at every time what a fresh state would give it.</summary>
public sealed class PhoenixPresenceProperties
{
    private static readonly WorkspaceId Workspace = WorkspaceId.Parse("w");
    private static readonly UserId[] Users = [UserId.Parse("u0"), UserId.Parse("u1"), UserId.Parse("u2")];

    // Each user of a list as one letter of what there is to say; 0 is not there.
    private static readonly Gen<UserPresence?[]> List = Gen.Select(Gen.Byte[0, 7], Gen.Int[0, 2], Gen.Int[0, 2])
        .Array[Users.Length]
        .Select(all => all.Select((p, i) => p.Item1 == 0
            ? null
            : new UserPresence(Users[i], (PresenceStatus)p.Item2, p.Item3 == 0 ? null : $"t{p.Item3}", new Devices(p.Item1), default)).ToArray());

    [Fact]
    public void Diffs_AppliedAsTheClientDoes_GiveTheState() => List.Array[1, 8].Sample(lists =>
    {
        var mirror = State(lists[0]);
        foreach (var (before, after) in lists.Zip(lists.Skip(1)))
        {
            Sync(mirror, [.. before.Zip(after)]);
            Assert.Equal(Text(State(after)), Text(mirror));
        }
    });

    [Fact]
    public void Diff_OfAMetaThatStays_LeavesItOut()
    {
        var (web, both) = (Person(Devices.Of(Device.Web)), Person(Devices.Of(Device.Web).Union(Devices.Of(Device.Mobile))));
        var diff = Json(json => PhoenixPresence.WriteDiff(json, Workspace, [(web, both)]));

        var meta = Assert.Single(diff.GetProperty("joins").GetProperty("u0").GetProperty("metas").EnumerateArray());
        Assert.Equal("mobile", meta.GetProperty("device").GetString());
        Assert.False(meta.TryGetProperty("phx_ref_prev", out _));
        Assert.Equal("{}", diff.GetProperty("leaves").GetRawText());
    }

    [Fact]
    public void Refs_OfDifferentMetas_AreDifferent()
    {
        var refs = new List<string>();
        foreach (var user in Users)
        {
            foreach (var status in Enum.GetValues<PresenceStatus>())
            {
                foreach (var text in new[] { null, "a", "b", "online" })
                {
                    var person = new UserPresence(user, status, text, new Devices(7), default);
                    refs.AddRange(State([person]).Values.SelectMany(metas => metas.Keys));
                    refs.AddRange(State([person], WorkspaceId.Parse("v")).Values.SelectMany(metas => metas.Keys));
                }
            }
        }

        Assert.Equal(refs.Count, refs.Distinct().Count());
        Assert.All(refs, r => Assert.Matches("^[A-Za-z0-9_-]{16}$", r));
    }

    // syncDiff of phoenix.js: joins first, each before what the user has; then leaves, by ref; a user without metas goes.
    private static void Sync(Dictionary<string, Dictionary<string, string>> state, (UserPresence? Before, UserPresence? After)[] changes)
    {
        var diff = Json(json => PhoenixPresence.WriteDiff(json, Workspace, changes));
        foreach (var (user, metas) in Metas(diff.GetProperty("joins")))
        {
            if (!state.TryGetValue(user, out var there))
                state.Add(user, there = []);
            foreach (var (reference, meta) in metas)
                there[reference] = meta;
        }

        foreach (var (user, metas) in Metas(diff.GetProperty("leaves")))
        {
            foreach (var reference in metas.Keys)
                Assert.True(state[user].Remove(reference), "a leave of what is not there");
            if (state[user].Count == 0)
                state.Remove(user);
        }
    }

    private static Dictionary<string, Dictionary<string, string>> State(UserPresence?[] list, WorkspaceId? workspace = null) =>
        Metas(Json(json => PhoenixPresence.WriteState(json, workspace ?? Workspace, list.OfType<UserPresence>())));

    private static Dictionary<string, Dictionary<string, string>> Metas(JsonElement users) => users.EnumerateObject().ToDictionary(
        user => user.Name,
        user => user.Value.GetProperty("metas").EnumerateArray().ToDictionary(
            meta => meta.GetProperty("phx_ref").GetString()!,
            meta => $"{meta.GetProperty("device")} {meta.GetProperty("status")} {(meta.TryGetProperty("statusText", out var text) ? text : null)}"));

    private static string Text(Dictionary<string, Dictionary<string, string>> state) =>
        string.Join('\n', state.SelectMany(user => user.Value.Select(meta => $"{user.Key} {meta.Key} {meta.Value}")).Order(StringComparer.Ordinal));

    private static UserPresence Person(Devices devices) => new(Users[0], PresenceStatus.Online, null, devices, default);

    private static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return JsonDocument.Parse(Encoding.UTF8.GetString(buffer.WrittenSpan)).RootElement;
    }
}
