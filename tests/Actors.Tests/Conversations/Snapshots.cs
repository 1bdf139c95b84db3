using Google.Protobuf;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Conversations.Proto;
using QuikApp.Protocol.Journal;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>States through the bytes of a snapshot.</summary>
internal static class Snapshots
{
    /// <summary>The state as a snapshot gives it back.</summary>
    public static ConversationState Reread(ConversationState state)
    {
        var head = new ChainHead(state.Seq, Sha256Digest.Of([1]), state.At);
        var bytes = SnapshotProto.Write(new ConversationSnapshot(state, head)).ToByteArray();
        var read = SnapshotProto.Read(ConversationSnapshotV1.Parser.ParseFrom(bytes));
        Assert.Equal(head, read.Head);
        return read.State;
    }
}
