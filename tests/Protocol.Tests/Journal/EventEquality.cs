using QuikApp.Protocol.Conversations;

namespace QuikApp.Protocol.Tests.Journal;

/// <summary>Compares events by content; their arrays would compare by reference.</summary>
internal static class EventEquality
{
    public static void AssertSame(NumberedEvent expected, NumberedEvent actual)
    {
        Assert.Equal(expected with { Event = WithoutLists(expected.Event) }, actual with { Event = WithoutLists(actual.Event) });
        Assert.Equal(Lists(expected.Event), Lists(actual.Event));
    }

    private static ConversationEvent WithoutLists(ConversationEvent e) => e switch
    {
        ConversationEvent.MessageCreated created => created with { Attachments = [], Mentions = [] },
        ConversationEvent.MessageEdited edited => edited with { Mentions = [] },
        ConversationEvent.CallStarted started => started with { Invited = [] },
        ConversationEvent.CallUnanswered unanswered => unanswered with { Missed = [] },
        _ => e,
    };

    private static object[] Lists(ConversationEvent e) => e switch
    {
        ConversationEvent.MessageCreated created => [.. created.Attachments, "then", .. created.Mentions],
        ConversationEvent.MessageEdited edited => [.. edited.Mentions],
        ConversationEvent.CallStarted started => [.. started.Invited],
        ConversationEvent.CallUnanswered unanswered => [.. unanswered.Missed],
        _ => [],
    };
}
