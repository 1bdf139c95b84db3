using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using QuikApp.Actors.Access;
using QuikApp.Actors.Telemetry;
using QuikApp.Host.Api.Requests;
using QuikApp.Host.Configuration;
using QuikApp.Protocol.Payloads;

namespace QuikApp.Host.Access;

/// <summary>
/// Asks the platform's own directory over HTTP, so many questions at a time, each in bounded time, and none while it fails.
/// What is not an answer as agreed is none: then nobody is let in.
/// </summary>
internal sealed partial class MembershipDirectory : IDisposable
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "membership-directory";

    private const int MaxAnswerBytes = 4 * 1024;

    /// <summary>Questions that may wait for their turn, for each that is asked.</summary>
    private const int WaitingForEach = 64;

    private const double BreakingRatio = 0.5;
    private const int LeastAnswersToBreak = 8;
    private static readonly TimeSpan BreakingWindow = TimeSpan.FromSeconds(10);

    private readonly IHttpClientFactory _clients;
    private readonly ILogger<MembershipDirectory> _logger;
    private readonly TimeProvider _time;
    private readonly Uri _address;
    private readonly AuthenticationHeaderValue _secret;
    private readonly TimeSpan _timeout;
    private readonly ConcurrencyLimiter _turns;
    private readonly ResiliencePipeline _pipeline;
    private int _isFailing;

    /// <summary>Asks at the address of the options, which are checked.</summary>
    public MembershipDirectory(IHttpClientFactory clients, IOptions<AccessOptions> options, TimeProvider time, ILogger<MembershipDirectory> logger)
    {
        var access = options.Value;
        (_clients, _logger, _time) = (clients, logger, time);
        _address = new Uri(access.CallbackUrl!);
        _secret = new AuthenticationHeaderValue("Bearer", Encoding.ASCII.GetString(CallbackSecret.Read(access).Bytes!));
        _timeout = access.CallbackTimeout;
        _turns = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = access.CallbackConcurrency,
            QueueLimit = access.CallbackConcurrency * WaitingForEach,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = BreakingRatio,
                MinimumThroughput = LeastAnswersToBreak,
                SamplingDuration = BreakingWindow,
                BreakDuration = access.CallbackBreak,
                ShouldHandle = new PredicateBuilder()
                    .Handle<HttpRequestException>().Handle<IOException>().Handle<DirectoryFaultException>().Handle<TimeoutRejectedException>(),
            })
            .AddTimeout(access.CallbackTimeout)
            .Build();
    }

    /// <summary>Asks.</summary>
    /// <exception cref="AccessUnknownException">There was no answer, or none as agreed.</exception>
    public async Task<MembershipAnswer> Ask(MembershipQuestion question)
    {
        using var lease = await TakeTurn();
        if (!lease.IsAcquired)
        {
            QuikAppMetrics.AccessAsked("not_asked");
            throw Unknown(null);
        }

        try
        {
            var answer = await _pipeline.ExecuteAsync(
                static (x, cancellation) => x.Self.Call(x.Question, cancellation), (Self: this, Question: question), CancellationToken.None);
            QuikAppMetrics.AccessAsked(answer.IsMember ? "yes" : "no");
            if (Interlocked.Exchange(ref _isFailing, 0) == 1)
                LogRecovered();
            return answer;
        }
        catch (BrokenCircuitException e)
        {
            QuikAppMetrics.AccessAsked("not_asked");
            throw Unknown(e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or DirectoryFaultException or TimeoutRejectedException)
        {
            QuikAppMetrics.AccessAsked("failed");
            if (Interlocked.Exchange(ref _isFailing, 1) == 0)
                LogFailing(Describe(e));
            throw Unknown(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private async ValueTask<RateLimitLease> TakeTurn()
    {
        using var late = new CancellationTokenSource(_timeout, _time);
        try
        {
            return await _turns.AcquireAsync(1, late.Token);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested)
        {
            QuikAppMetrics.AccessAsked("not_asked");
            throw Unknown(e);
        }
    }

    private async ValueTask<MembershipAnswer> Call(MembershipQuestion question, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address)
        {
            Content = new ReadOnlyMemoryContent(question.Write()) { Headers = { ContentType = new MediaTypeHeaderValue(RequestBody.MediaType) } },
        };
        request.Headers.Authorization = _secret;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(RequestBody.MediaType));
        using var client = _clients.CreateClient(ClientName);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new DirectoryFaultException($"answered with status {(int)response.StatusCode}");

        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[MaxAnswerBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        if (length > MaxAnswerBytes)
            throw new DirectoryFaultException($"answered with more than {MaxAnswerBytes} bytes");
        return MembershipAnswer.TryParse(buffer.AsSpan(0, length), out var answer, out _)
            ? answer
            : throw new DirectoryFaultException("answered with something other than {\"member\": true or false, \"role\"?: a role}");
    }

    // Texts of other libraries may name what they were given.
    private string Describe(Exception e) => e switch
    {
        DirectoryFaultException => e.Message,
        TimeoutRejectedException => $"did not answer within {_timeout.TotalMilliseconds:0} ms",
        _ => $"cannot be reached ({e.GetType().Name})",
    };

    private static AccessUnknownException Unknown(Exception? cause) =>
        new("the platform's directory does not say who belongs to a workspace", cause) { IsReported = true };

    [LoggerMessage(EventId = 2301, Level = LogLevel.Warning, Message = "Access:CallbackUrl {Problem}; while that lasts, nobody whose membership is not known already is let in")]
    private partial void LogFailing(string problem);

    [LoggerMessage(EventId = 2302, Level = LogLevel.Information, Message = "Access:CallbackUrl answers again")]
    private partial void LogRecovered();
}
