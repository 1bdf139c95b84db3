using QuikApp.Protocol.Phoenix;

namespace QuikApp.Actors.LongPoll;

/// <summary>
/// What the node that has a client's request says to the node that has its session, and is answered: texts, numbers and bytes
/// alone, since the two need not be the same.
/// </summary>
internal static class LongPollMessages
{
    /// <summary>The name of the actor above a node's sessions, under <c>/user</c>. Other nodes address it, so it is fixed.</summary>
    public const string ActorName = "long-poll";

    /// <summary>Travels between nodes.</summary>
    internal interface IWireMessage;

    /// <summary>For one session.</summary>
    internal interface IForSession : IWireMessage
    {
        /// <summary>The session.</summary>
        string Session { get; }

        /// <summary>Whose it must be.</summary>
        string User { get; }

        /// <summary>The messages up to this number have reached the client.</summary>
        long Received { get; }
    }

    /// <summary>A GET: asks for what has come. Answered with <see cref="Polled"/> within a window.</summary>
    internal sealed record Poll(string Session, string User, long Received) : IForSession;

    /// <summary>A POST: messages of the client. Answered with <see cref="Pushed"/>.</summary>
    internal sealed record Push(string Session, string User, long Received, IReadOnlyList<PollFrame> Frames) : IForSession;

    /// <summary>The answer to a <see cref="Poll"/>.</summary>
    /// <param name="Status"><see cref="PollStatus.Ok"/>, <see cref="PollStatus.Nothing"/> or <see cref="PollStatus.Gone"/>.</param>
    /// <param name="Frames">The messages.</param>
    /// <param name="Through">The number of the last of them, or of the last that the client has.</param>
    /// <param name="Code">The close code of a session that was ended; 0 when it is not known.</param>
    /// <param name="Reason">Its reason.</param>
    internal sealed record Polled(PollStatus Status, IReadOnlyList<PollFrame> Frames, long Through, int Code, string Reason) : IWireMessage
    {
        /// <summary>Nobody knows the session.</summary>
        public static Polled Gone { get; } = new(PollStatus.Gone, [], 0, 0, "");
    }

    /// <summary>The answer to a <see cref="Push"/>.</summary>
    /// <param name="Status">How it went; unless it is <see cref="PollStatus.Ok"/>, nothing of the POST was handled, or the session has ended.</param>
    /// <param name="Message">The message at fault, counted from 1; 0 when it is none in particular.</param>
    internal sealed record Pushed(PollStatus Status, int Message = 0) : IWireMessage
    {
        /// <summary>Nobody knows the session.</summary>
        public static Pushed Gone { get; } = new(PollStatus.Gone);
    }
}
