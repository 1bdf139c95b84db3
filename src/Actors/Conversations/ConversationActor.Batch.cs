using System.Collections.Immutable;
using Akka.Actor;
using QuikApp.Actors.Storage.Journal;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Journal;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Conversations;

internal sealed partial class ConversationActor
{
    /// <summary>Commands that were decided together, from the decision to the commit.</summary>
    private sealed class Batch(int commands)
    {
        /// <summary>Bytes of records in one message to a hub: what is longer than a frame between nodes would be lost, and a long one holds up heartbeats.</summary>
        private const int PartSize = 128 * 1024;

        /// <summary>What is written, as one atomic write.</summary>
        public List<JournalEntry> Entries { get; } = new(commands);

        /// <summary>The events behind <see cref="Entries"/>, one for one.</summary>
        public List<NumberedEvent> Events { get; } = new(commands);

        /// <summary>What each command is told once the write is committed, and which of its events have consequences elsewhere.</summary>
        public List<(Execute Command, Executed Answer, ImmutableArray<long> Owed)> Answers { get; } = new(commands);

        /// <summary>Those of <see cref="Events"/> that have consequences elsewhere.</summary>
        public List<NumberedEvent> Owed { get; } = [];

        /// <summary>State and chain head once the write is committed.</summary>
        public (ConversationState State, ChainHead Head) Outcome { get; set; }

        /// <summary>Entries confirmed so far.</summary>
        public int Persisted { get; set; }

        /// <summary>The events in messages of bounded size; at least one, which may be empty.</summary>
        public List<ImmutableArray<NumberedEvent>> Parts()
        {
            var parts = new List<ImmutableArray<NumberedEvent>>();
            var part = ImmutableArray.CreateBuilder<NumberedEvent>(Events.Count);
            var size = 0;
            for (var i = 0; i < Events.Count; i++)
            {
                if (part.Count > 0 && size + Entries[i].Record.Length > PartSize)
                {
                    parts.Add(part.ToImmutable());
                    part.Clear();
                    size = 0;
                }

                part.Add(Events[i]);
                size += Entries[i].Record.Length;
            }

            parts.Add(part.ToImmutable());
            return parts;
        }

        public ImmutableArray<Answer> AnswersVia(IActorRef hub)
        {
            var answers = ImmutableArray.CreateBuilder<Answer>();
            foreach (var (m, answer, _) in Answers)
            {
                if (hub.Equals(m.Via))
                    answers.Add(new Answer(m.ReplyTo, answer));
            }

            return answers.DrainToImmutable();
        }
    }
}
