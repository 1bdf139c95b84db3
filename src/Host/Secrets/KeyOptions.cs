namespace QuikApp.Host.Secrets;

/// <summary>The key that protects keys and cursors at rest. Give one of the two in Production.</summary>
internal sealed class KeyOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string SectionName = "Keys";

    /// <summary>The key in base64, 32 bytes. Prefer <see cref="EncryptionKeyPath"/>: environments end up in crash reports.</summary>
    /// <value>None.</value>
    public string? EncryptionKey { get; set; }

    /// <summary>A file that holds the key in base64, with a mode not wider than 0640.</summary>
    /// <value>None; in Development a key is made at <c>kek.key</c> of the data directory.</value>
    public string? EncryptionKeyPath { get; set; }
}
