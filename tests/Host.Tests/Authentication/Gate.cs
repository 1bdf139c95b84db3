using System.Diagnostics.Tracing;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using QuikApp.Host.Authentication;

namespace QuikApp.Host.Tests.Authentication;

/// <summary>The way in as the host builds it, on a clock that stands still, with every log line kept.</summary>
internal sealed class Gate : IDisposable
{
    public const string Issuer = "https://login.example.com";
    public const string Audience = "quikapp-chat";
    public static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly RecordingLoggerProvider _logs = new();
    private readonly LibraryEvents _events;
    private readonly LoggerFactory _factory;
    private readonly RequestAuthenticator _authenticator;

    public Gate(IVerificationKeys keys, Action<AuthOptions>? change = null)
    {
        var options = new AuthOptions { Issuer = Issuer, Audience = Audience };
        change?.Invoke(options);
        _events = new LibraryEvents(_logs);
        _factory = new LoggerFactory([_logs]);
        Time = new FakeTimeProvider(Now);
        Validator = new TokenValidator(Options.Create(options), keys, NoRevocations.Instance, Time, _factory.CreateLogger<TokenValidator>());
        _authenticator = new RequestAuthenticator(Validator, new AuthenticationAudit(_factory.CreateLogger<AuthenticationAudit>()));
    }

    public FakeTimeProvider Time { get; }

    public TokenValidator Validator { get; }

    public IReadOnlyCollection<string> Lines => _logs.Lines;

    /// <summary>Keys "rsa" (RS256), "pss" (PS256) and "ec" (ES256).</summary>
    public static Gate Asymmetric(Action<AuthOptions>? change = null) => new(
        Keys(
            new SigningKeyOptions { Kid = "rsa", Algorithm = "RS256", PublicKeyPem = TestKeys.RsaPublicPem },
            new SigningKeyOptions { Kid = "pss", Algorithm = "PS256", PublicKeyPem = TestKeys.RsaPublicPem },
            new SigningKeyOptions { Kid = "ec", Algorithm = "ES256", PublicKeyPem = TestKeys.CurvePublicPem }),
        change);

    /// <summary>One HMAC key, named as given.</summary>
    public static Gate Symmetric(string? kid, Action<AuthOptions>? change = null) => new(
        Keys(new SigningKeyOptions { Kid = kid, Algorithm = "HS256", Key = Convert.ToBase64String(TestKeys.Hmac) }), change);

    public static ConfiguredKeys Keys(params SigningKeyOptions[] keys) =>
        new([.. keys.Select(key => SigningKeyReader.Read(key, "Auth:SigningKeys:0").Key!)]);

    public async Task<TokenValidation> EnterAsync(string token)
    {
        var request = new DefaultHttpContext();
        request.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");
        return await _authenticator.AuthenticateAsync(request.Request, token, allowQuery: false, "websocket");
    }

    public void Dispose()
    {
        _events.Dispose();
        _factory.Dispose();
    }

    /// <summary>What the JWT library itself writes.</summary>
    private sealed class LibraryEvents(RecordingLoggerProvider logs) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name.Contains("IdentityModel", StringComparison.Ordinal))
                EnableEvents(eventSource, EventLevel.Verbose);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            logs?.Lines.Enqueue($"library {eventData.Message} {string.Join(' ', eventData.Payload ?? new([]))}");
    }
}
