using QuikApp.Actors.Channels;
using QuikApp.Actors.Conversations;

namespace QuikApp.Actors.Tests.Conversations;

/// <summary>The channel <c>general</c> in memory.</summary>
internal sealed class Conversation() : Simulation(Given.Stream)
{
    public new ChannelState State => (ChannelState)base.State;

    public static Conversation Of(params ConversationCommand[] commands)
    {
        var conversation = new Conversation();
        foreach (var command in commands)
            Assert.IsNotType<Decision.Refused>(conversation.Do(command));
        return conversation;
    }
}
