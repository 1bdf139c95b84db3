using QuikApp.Actors.Storage.Revocations;

namespace QuikApp.Host.Authentication.Revocations;

/// <summary>
/// The part of the table that counts, in memory: for each subject the moment before which tokens are void. Older entries
/// than any token can be are dropped.
/// </summary>
internal sealed class RevocationTable
{
    /// <summary>
    /// Ids are given before entries become visible, so a smaller one may come later: this many below the greatest are read
    /// again. Many times what could be written at one moment.
    /// </summary>
    private const int Overlap = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<Subject, long> _before = [];
    private readonly HashSet<long> _seen = [];
    private long _greatest;

    /// <summary>The id after which to read.</summary>
    public long ReadAfter
    {
        get
        {
            lock (_gate)
                return Math.Max(0, _greatest - Overlap);
        }
    }

    /// <summary>The moment, in microseconds since the epoch, before which a subject's tokens are void; 0 when there is none.</summary>
    public long Before(Subject subject)
    {
        lock (_gate)
            return _before.GetValueOrDefault(subject);
    }

    /// <summary>Takes entries in.</summary>
    /// <param name="entries">In any order; those that are in already are passed over.</param>
    /// <param name="oldest">Microseconds since the epoch: no token that still lives is older.</param>
    /// <returns>Those that are new.</returns>
    public IReadOnlyList<StoredRevocation> Add(IEnumerable<StoredRevocation> entries, long oldest)
    {
        lock (_gate)
        {
            var added = entries.Where(entry => _seen.Add(entry.Id)).ToList();
            if (added.Count == 0)
                return added;

            foreach (var entry in added)
            {
                _greatest = Math.Max(_greatest, entry.Id);
                var subject = new Subject(entry.Subject);
                if (entry.Kind == RevocationKind.Tokens)
                    _before[subject] = Math.Max(_before.GetValueOrDefault(subject), entry.Before);
            }

            _seen.RemoveWhere(id => id < _greatest - Overlap);
            foreach (var (subject, before) in _before)
            {
                if (before < oldest)
                    _before.Remove(subject);
            }

            return added;
        }
    }
}
