using QuikApp.Actors.Conversations;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Simulation.Cluster;

/// <summary>Whoever asks a conversation something.</summary>
internal interface IAsker
{
    Node Node { get; }

    void On(Answer answer);
}

/// <summary>A command on its way.</summary>
internal sealed record Exec(ConversationCommand Command, long Correlation, IAsker? ReplyTo, Hub? Via);

/// <summary>What a command came to.</summary>
internal sealed record Answer(long Correlation, Receipt? Receipt, Refusal? Refusal);
