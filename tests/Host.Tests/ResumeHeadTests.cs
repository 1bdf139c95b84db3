using QuikApp.Host.Sessions;

namespace QuikApp.Host.Tests;

/// <summary>What a client has is its own past if the journal has it, whatever a conversation that moved away says.</summary>
public sealed class ResumeHeadTests
{
    [Theory]
    [InlineData(2, 3, 5, 3)]
    [InlineData(2, 3, 3, 3)]
    [InlineData(2, 9, 3, 3)]
    [InlineData(4, 9, 4, 4)]
    public void HeadOf_ClientIsAhead_GoesByTheJournal(long head, long since, long journaled, long expected) =>
        Assert.Equal(expected, Resume.HeadOf(head, since, journaled));
}
