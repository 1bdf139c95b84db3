using System.Collections.Immutable;
using QuikApp.Protocol.Conversations;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Actors.Conversations;

/// <summary>The outcome of a command: what to journal, or why nothing is.</summary>
internal abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>To be journaled, in this order, and then acknowledged.</summary>
    public sealed record Accepted(ImmutableArray<NumberedEvent> Events, Receipt Receipt) : Decision;

    /// <summary>It holds already; acknowledged, and nothing is journaled.</summary>
    public sealed record AlreadyDone(Receipt Receipt) : Decision;

    /// <summary>Nothing happened and nothing will.</summary>
    public sealed record Refused(Refusal Why) : Decision;
}
