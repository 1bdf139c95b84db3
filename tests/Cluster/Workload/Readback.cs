using QuikApp.Cluster.History;
using QuikApp.Cluster.Topology;

namespace QuikApp.Cluster.Workload;

/// <summary>Reads rooms back from their first number on, as a new client with <c>since: 0</c> gets them.</summary>
internal static class Readback
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private const string Reader = "reader";

    /// <summary>All events of the rooms.</summary>
    /// <param name="deployment">Whose tokens.</param>
    /// <param name="node">Which node is asked.</param>
    /// <param name="rooms">The rooms.</param>
    /// <param name="members">Whoever may read a room that is not open to all.</param>
    public static async Task<IReadOnlyList<JournalEntry>> OfAsync(
        IDeployment deployment, ServerNode node, IEnumerable<string> rooms, IReadOnlyDictionary<string, IReadOnlySet<string>> members)
    {
        var all = new List<JournalEntry>();
        foreach (var reader in rooms.GroupBy(room => members.TryGetValue(room, out var who) ? who.First() : Reader))
        {
            var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using var socket = await PhoenixSocket.ConnectAsync(node.Url, deployment.Tokens.For(reader.Key), frame =>
            {
                if (frame.Event == "replay:done")
                    done.TrySetResult(true);
                else if (frame.Event == "phx_error")
                    done.TrySetException(new InvalidOperationException($"{frame.Topic} cannot be read back: {frame.Payload}"));
                else if (RoomEvent.Read(frame.Topic, frame.Event, frame.Payload) is { } entry)
                    all.Add(entry);
            });
            socket.Listen();
            foreach (var room in reader)
            {
                done = new(TaskCreationOptions.RunContinuationsAsynchronously);
                var reply = await socket.PushAsync(room, "phx_join", new { since = 0 }, Limit);
                if (!reply.IsOk)
                    throw new InvalidOperationException($"{room} cannot be joined for reading it back: {reply.Reason}");
                await done.Task.WaitAsync(Limit);
                // Live events of a room that is still written to are not what the run left behind.
                await socket.PushAsync(room, "phx_leave", new { }, Limit);
            }
        }

        return all;
    }
}
