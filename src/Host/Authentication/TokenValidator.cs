using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using QuikApp.Host.Authentication.Revocations;

namespace QuikApp.Host.Authentication;

/// <summary>
/// Says whom a token speaks for. The order is: size and shape, header, key by its exact name, then signature, issuer and
/// audience by the library, then the claims of the proven bytes, then whether it was taken back. Never throws; what goes wrong is a refusal.
/// </summary>
internal sealed partial class TokenValidator
{
    private readonly AuthOptions _options;
    private readonly IVerificationKeys _keys;
    private readonly IRevocations _revocations;
    private readonly TimeProvider _time;
    private readonly ILogger<TokenValidator> _logger;
    private readonly TokenTypes _types;
    private readonly JsonWebTokenHandler _handler;

    /// <summary>Checks by <paramref name="options"/> with <paramref name="keys"/>.</summary>
    public TokenValidator(
        IOptions<AuthOptions> options, IVerificationKeys keys, IRevocations revocations, TimeProvider time, ILogger<TokenValidator> logger)
    {
        _options = options.Value;
        _keys = keys;
        _revocations = revocations;
        _time = time;
        _logger = logger;
        _types = new TokenTypes(_options.TokenTypes);
        _handler = new JsonWebTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = _options.MaxTokenBytes };
    }

    /// <summary>Validates a token of any content and length.</summary>
    public async ValueTask<TokenValidation> ValidateAsync(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return TokenValidation.Refused(TokenRefusal.Missing);

        var header = TokenHeader.TryRead(token, _options.MaxTokenBytes, _types, out var cause);
        if (header is null)
            return TokenValidation.Refused(cause);

        try
        {
            return await ValidateAsync(token, header);
        }
        catch (Exception e)
        {
            // The last wall: whatever fails while a token is checked, the token is not accepted. The message may quote it: only the type is told.
            LogFault(e.GetType().Name);
            return TokenValidation.Refused(TokenRefusal.Fault);
        }
    }

    private async ValueTask<TokenValidation> ValidateAsync(string token, TokenHeader header)
    {
        if (await _keys.FindAsync(header.Kid) is not { } key)
            return TokenValidation.Refused(TokenRefusal.UnknownKey);

        if (key.Algorithm != header.Algorithm)
            return TokenValidation.Refused(TokenRefusal.Algorithm);

        var result = await _handler.ValidateTokenAsync(token, ParametersFor(key));
        if (!result.IsValid)
            return TokenValidation.Refused(CauseOf(result.Exception));

        var claims = token.AsSpan(token.IndexOf('.', StringComparison.Ordinal) + 1);
        var read = TokenClaims.Read(claims[..claims.IndexOf('.')], _options, _time.GetUtcNow());
        if (!read.IsAccepted)
            return read;
        if (!_revocations.IsCurrent)
            return TokenValidation.Refused(TokenRefusal.RevocationsUnknown);
        return await _revocations.IsRevoked(read.Token) ? TokenValidation.Refused(TokenRefusal.Revoked) : read;
    }

    private TokenValidationParameters ParametersFor(VerificationKey key) => new()
    {
        // The key is chosen already; the resolver keeps the library from choosing by x5t or by trying.
        IssuerSigningKeyResolver = (_, _, _, _) => [key.Key],
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = [key.Algorithm.Name],
        ValidateIssuerSigningKey = true,
        RequireSignedTokens = true,
        ValidIssuer = _options.Issuer,
        ValidAudience = _options.Audience,
        IgnoreTrailingSlashWhenValidatingAudience = false,

        // The library asks the system's clock and allows fractions and text for times; TokenClaims holds the time rules.
        ValidateLifetime = false,
        TypeValidator = (type, _, _) => _types.Accepts(type) ? type : throw new SecurityTokenInvalidTypeException(),
        IncludeTokenOnFailedValidation = false,
        LogTokenId = false,
        LogValidationExceptions = false,
    };

    private static TokenRefusal CauseOf(Exception? failure) => failure switch
    {
        SecurityTokenInvalidAlgorithmException => TokenRefusal.Algorithm,
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException => TokenRefusal.Signature,
        SecurityTokenInvalidTypeException => TokenRefusal.Type,
        SecurityTokenInvalidIssuerException => TokenRefusal.Issuer,
        SecurityTokenInvalidAudienceException => TokenRefusal.Audience,
        SecurityTokenMalformedException or ArgumentException => TokenRefusal.Malformed,
        _ => TokenRefusal.Fault,
    };

    [LoggerMessage(EventId = 2101, Level = LogLevel.Error, Message = "Checking a token failed with {ExceptionType}; the token was refused")]
    private partial void LogFault(string exceptionType);
}
