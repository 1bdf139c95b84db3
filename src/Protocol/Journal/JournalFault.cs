namespace QuikApp.Protocol.Journal;

/// <summary>What is wrong with a record: the closed list that audit reports and alarms are written in.</summary>
public enum JournalFault
{
    /// <summary>The bytes are not a record: line structure, or header bytes other than the canonical ones.</summary>
    Format,

    /// <summary>The event type is not known to this version.</summary>
    Type,

    /// <summary>The record belongs to another stream.</summary>
    Stream,

    /// <summary>The number is not the one after its predecessor's.</summary>
    Sequence,

    /// <summary><c>prev</c> is not the leaf hash of the predecessor: something before was changed, removed, inserted or moved.</summary>
    Previous,

    /// <summary>The time does not rise.</summary>
    Time,

    /// <summary>A body is encrypted, or was to be read, under a key other than the header's.</summary>
    Key,

    /// <summary>A body does not decrypt: it was altered, or the key bytes are wrong.</summary>
    Ciphertext,

    /// <summary>A body decrypts but is not the one that the header commits to: it was swapped or replaced.</summary>
    Digest,

    /// <summary>A body is the one committed to, and is not what its event type says.</summary>
    Body,
}
