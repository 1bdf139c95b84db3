using QuikApp.Protocol.Identity;

namespace QuikApp.Actors.Threads;

/// <summary>What a thread is: fixed by its first event.</summary>
/// <param name="Thread">The thread.</param>
/// <param name="Channel">The channel whose rights it has.</param>
/// <param name="Root">The channel's message that is replied to.</param>
/// <param name="RootAuthor">Who wrote that message.</param>
internal sealed record ThreadInfo(ThreadId Thread, ChannelId Channel, MessageId Root, UserId RootAuthor);
