using Akka.Actor;
using QuikApp.Actors.Workspaces;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;
using static QuikApp.Actors.Conversations.ConversationMessages;

namespace QuikApp.Actors.Conversations;

// Whom the source of access admits and the workspace does not know yet is written down there: lists, mentions and calls
// go by that.
internal sealed partial class ConversationActor
{
    private static readonly TimeSpan EnrolAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EnrolAgainAtLatestAfter = TimeSpan.FromSeconds(10);

    private void EnrolmentCommands()
    {
        Command<Enrolment>(Enrol);
        Command<EnrolmentAnswered>(OnEnrolmentAnswered);
    }

    private void Enrol(Requester who, BatchFacts facts)
    {
        var roster = facts.Roster ?? _state as WorkspaceState;
        if (_services.Access.Enrols && facts.Access(who).Standing.IsMember && roster is { Exists: true } && !roster.Members.ContainsKey(who.User))
            Enrol(new Enrolment(who.User, roster.Stream, EnrolAgainAfter));
    }

    // Asked until there is an answer, for as long as this conversation is here; after that it is done at the next access.
    private void Enrol(Enrolment m) =>
        _services.Conversations
            .Ask<Executed>(
                self => new Execute(m.Workspace, new ConversationCommand.Enrol(Requester.OnBehalfOf(m.User), m.User), 0, self, Via: null),
                _services.Options.AnswerWithin,
                _stopping.Token)
            .PipeTo(Self, success: answer => new EnrolmentAnswered(m, answer.Refusal?.Reason != Reason.Unavailable), failure: _ => new EnrolmentAnswered(m, IsDecided: false));

    private void OnEnrolmentAnswered(EnrolmentAnswered m)
    {
        if (m.IsDecided)
            return;
        var next = TimeSpan.FromTicks(Math.Min(2 * m.Enrolment.AgainAfter.Ticks, EnrolAgainAtLatestAfter.Ticks));
        Timers.StartSingleTimer(m.Enrolment.User, m.Enrolment with { AgainAfter = next }, m.Enrolment.AgainAfter);
    }

    private sealed record Enrolment(UserId User, StreamId Workspace, TimeSpan AgainAfter) : INoSerializationVerificationNeeded;

    private sealed record EnrolmentAnswered(Enrolment Enrolment, bool IsDecided) : INoSerializationVerificationNeeded;
}
