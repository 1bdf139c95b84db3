using System.Text;
using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>A journal that was tampered with: its conversation serves nothing and says why, the others go on.</summary>
public sealed class ConversationDamageTests(SharedNode shared) : IClassFixture<SharedNode>
{
    // 1 channel.created, 2 member.added (Ada), 3 member.added (Bob), 4 to 8 messages.
    private const long MemberAdded = 3;
    private const long Message = 6;

    private static readonly Requester Ada = Given.Member("ada");
    private static readonly Requester Bob = Given.Member("bob");

    private ConversationNode Node => shared.Node;

    [Fact]
    public Task Recovery_WithAFlippedByteInAHeader_RefusesToServe() =>
        // The record is well formed still; the next one says that it is another.
        RefusesToServe("header-byte", Message + 1, room => Flip(room, Message, text => text.IndexOf("\"act\":\"u_", StringComparison.Ordinal) + 9));

    [Fact]
    public Task Recovery_WithAFlippedByteInTheHashOfTheRecordBefore_RefusesToServe() =>
        RefusesToServe("prev-byte", Message, room => Flip(room, Message, text => text.IndexOf("\"prev\":\"", StringComparison.Ordinal) + 9));

    [Fact]
    public Task Recovery_WithAFlippedByteInTheBodyOfAMembershipEvent_RefusesToServe() =>
        RefusesToServe("member-body", MemberAdded, room => Flip(room, MemberAdded, text => text.Length - 40));

    [Fact]
    public Task Recovery_WithAMissingRow_RefusesToServe() =>
        RefusesToServe("missing-row", Message, room => Node.Tamper(
            "DELETE FROM journal WHERE persistence_id = @p AND sequence_number = @s", ("@p", room.Stream.Value), ("@s", Message)));

    [Fact]
    public Task Recovery_WithSwappedRows_RefusesToServe() =>
        RefusesToServe("swapped", Message, room =>
        {
            var (one, other) = (Bytes(room, Message), Bytes(room, Message + 1));
            Write(room, Message, other);
            return Write(room, Message + 1, one);
        });

    [Fact]
    public async Task Recovery_WithARecordOfAnotherConversation_RefusesToServe()
    {
        // A record of the same number, type and author, from a conversation that is fine.
        var other = await Make("foreign-source");
        await RefusesToServe("foreign", Message, room => Write(room, Message, Bytes(other, Message)));
    }

    [Fact]
    public async Task Recovery_WithAFlippedByteInAMessagesBody_ServesAndRefusesWhatNeedsThatMessage()
    {
        var room = await Make("message-body");
        var id = (await room.VerifiedRecords())[(int)Message - 1].Header.Message!.Value;
        await room.Unload(Ada);
        Flip(room, Message, text => text.Length - 40);

        Assert.Equal(9, (await room.Send(Ada, "goes on")).Seq);
        Assert.Equal(Refusal.Unavailable, (await room.Do(new ConversationCommand.Edit(Bob, id, "changed", null))).Refusal);
        Assert.Equal(10, (await room.Send(Ada, "and on")).Seq);
    }

    private async Task RefusesToServe(string channel, long seq, Func<Room, int> damage)
    {
        var (room, other) = (await Make(channel), await Make($"{channel}-other"));
        await room.Unload(Ada);
        await other.Unload(Ada);
        var rows = await Node.Store.Head(room.Stream);

        Assert.Equal(1, damage(room));

        Assert.Equal(Refusal.Unavailable, (await room.Do(room.Message(Ada, "anyone?"))).Refusal);
        var hub = Probe.In(Node.System);
        Node.Region.Tell(new RequestAccess(room.Stream, Ada, 3, hub.Ref), hub.Ref);
        Assert.Equal(3, (await hub.Expect<AccessRefused>()).Correlation);
        var error = await Node.Errors.First(e => e.Contains($"{room.Stream} ", StringComparison.Ordinal));
        Assert.Contains($"seq {seq}", error, StringComparison.Ordinal);
        Assert.Equal(rows, await Node.Store.Head(room.Stream));

        Assert.Equal(9, (await other.Send(Ada, "unharmed")).Seq);
    }

    private async Task<Room> Make(string channel)
    {
        var room = Node.Room(channel);
        await room.Create(Ada, ChannelVisibility.Private);
        await room.Receipt(new ConversationCommand.AddMember(Ada, Bob.User));
        for (var i = 0; i < 5; i++)
            await room.Send(Bob, $"message {i}");
        return room;
    }

    private int Flip(Room room, long seq, Func<string, int> at)
    {
        var bytes = Bytes(room, seq);
        var index = at(Encoding.Latin1.GetString(bytes));
        // Another letter of the same alphabet, so that the form stays right.
        bytes[index] = bytes[index] == (byte)'A' ? (byte)'B' : (byte)'A';
        return Write(room, seq, bytes);
    }

    private byte[] Bytes(Room room, long seq) => Node.Query<byte[]>(
        "SELECT message FROM journal WHERE persistence_id = @p AND sequence_number = @s", ("@p", room.Stream.Value), ("@s", seq));

    private int Write(Room room, long seq, byte[] bytes) => Node.Tamper(
        "UPDATE journal SET message = @b WHERE persistence_id = @p AND sequence_number = @s", ("@p", room.Stream.Value), ("@s", seq), ("@b", bytes));
}
