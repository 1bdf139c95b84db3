using Akka.Actor;

namespace QuikApp.Actors.Storage.Journal;

/// <summary>
/// What a conversation persists: the bytes of one record. Its stream and number are those Akka.Persistence gives it
/// (persistence id and sequence number), said once so that they cannot disagree.
/// </summary>
/// <param name="Record">The record, stored and replayed byte for byte.</param>
/// <param name="Index">What the read model finds it by; null after a replay, which does not need it.</param>
/// <remarks>A persistence id holds nothing but entries: the journal's two ways of writing name different writers, and a replay filters by writer.</remarks>
internal sealed record JournalEntry(ReadOnlyMemory<byte> Record, IndexFacts? Index = null) : INoSerializationVerificationNeeded;
