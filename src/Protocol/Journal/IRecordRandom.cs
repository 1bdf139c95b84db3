namespace QuikApp.Protocol.Journal;

/// <summary>Where salts, initialisation vectors and random ids come from; a seam so that golden vectors can be reproduced.</summary>
public interface IRecordRandom
{
    /// <summary>Fills <paramref name="destination"/> with bytes nobody can foresee. Safe to call from several threads.</summary>
    void Fill(Span<byte> destination);
}
