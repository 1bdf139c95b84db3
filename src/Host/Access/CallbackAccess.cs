using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using QuikApp.Actors.Access;
using QuikApp.Actors.Conversations;
using QuikApp.Actors.Storage.Keys;
using QuikApp.Actors.Workspaces;
using QuikApp.Host.Configuration;
using QuikApp.Protocol.Identity;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Access;

/// <summary>
/// By the word of the platform's own directory. An answer is believed for some time; the same question at the same time is
/// asked once. The workspace's journal overrules: whom it has as removed is not asked about.
/// </summary>
internal sealed class CallbackAccess : IAccessSource
{
    private readonly MembershipDirectory _directory;
    private readonly TimeProvider _time;
    private readonly AccessOptions _options;
    private readonly BoundedCache<MembershipQuestion, Known> _known;
    private readonly ConcurrentDictionary<MembershipQuestion, Lazy<Task<MembershipAnswer>>> _asking = new();

    public CallbackAccess(MembershipDirectory directory, IOptions<AccessOptions> options, TimeProvider time)
    {
        (_directory, _time, _options) = (directory, time, options.Value);
        _known = new BoundedCache<MembershipQuestion, Known>(_options.CallbackCacheEntries);
    }

    /// <inheritdoc/>
    public bool Enrols => true;

    /// <inheritdoc/>
    public TimeSpan? RechecksEvery => _options.CallbackCacheYes;

    /// <inheritdoc/>
    public ValueTask<Standing> StandingOf(Requester who, WorkspaceId workspace, WorkspaceState roster, CancellationToken cancellation)
    {
        // Ids that somebody made up, and workspaces that the token does not open, are no questions.
        var isOpen = roster.Exists && !roster.Removed.Contains(who.User) && AccessRules.Opens(who, workspace);
        if (who.IsServer || !isOpen)
            return new ValueTask<Standing>(AccessRules.ByDirectory(who, roster, isMember: false, role: null));

        var question = new MembershipQuestion(who.User, workspace, who.Role);
        return _known.TryGet(question, out var known) && _time.GetTimestamp() < known.Until
            ? new ValueTask<Standing>(Of(who, roster, known.Answer))
            : new ValueTask<Standing>(Ask(who, roster, question, cancellation));
    }

    private async Task<Standing> Ask(Requester who, WorkspaceState roster, MembershipQuestion question, CancellationToken cancellation)
    {
        var asked = _asking.GetOrAdd(question, static (q, self) => new Lazy<Task<MembershipAnswer>>(() => self.Learn(q)), this);
        // Whoever asks may go; the answer is for the others too.
        return Of(who, roster, await asked.Value.WaitAsync(cancellation));
    }

    private async Task<MembershipAnswer> Learn(MembershipQuestion question)
    {
        try
        {
            var answer = await _directory.Ask(question);
            var life = answer.IsMember ? _options.CallbackCacheYes : _options.CallbackCacheNo;
            _known.Set(question, new Known(answer, _time.GetTimestamp() + (long)(life.TotalSeconds * _time.TimestampFrequency)));
            return answer;
        }
        finally
        {
            _asking.TryRemove(question, out _);
        }
    }

    private static Standing Of(Requester who, WorkspaceState roster, MembershipAnswer answer) =>
        AccessRules.ByDirectory(who, roster, answer.IsMember, answer.Role);

    /// <summary>An answer and the timestamp until which it is believed.</summary>
    private readonly record struct Known(MembershipAnswer Answer, long Until);
}
