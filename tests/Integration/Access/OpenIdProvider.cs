using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MaritimeWatch.Integration.Access;

/// <summary>
/// A small identity provider on this machine (OpenID Connect Core 1.0): discovery, keys, authorization and token with PKCE checked. Whoever comes
/// is the person that the test says; what it does wrong is what a test asks for.
/// </summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "watch", ClientSecret = "a secret for the tests";

    private readonly Dictionary<string, (string Redirect, string Challenge, string? Nonce)> codes = [];
    private readonly RsaSecurityKey signing = new(RSA.Create(2048)) { KeyId = "k1" };
    private WebApplication app;

    private OpenIdProvider(string address)
    {
        Address = address;
        app = Make();
    }

    public string Address { get; }

    public Dictionary<string, object> Claims { get; set; } = [];

    public string? WrongIssuer { get; set; }

    public string? WrongNonce { get; set; }

    public RsaSecurityKey? WrongKey { get; set; }

    public TimeSpan Lives { get; set; } = TimeSpan.FromMinutes(5);

    public bool Denies { get; set; }

    public int TokensGiven { get; private set; }

    public static async Task<OpenIdProvider> StartAsync()
    {
        var provider = new OpenIdProvider(SharedData.FreeAddress());
        await provider.app.StartAsync();
        return provider;
    }

    public Task StopAsync() => app.StopAsync();

    public async Task StartAgainAsync()
    {
        await app.DisposeAsync();
        app = Make();
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        signing.Rsa.Dispose();
        WrongKey?.Rsa.Dispose();
    }

    private WebApplication Make()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(Address);
        builder.Logging.ClearProviders();
        var made = builder.Build();
        made.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>
        {
            ["issuer"] = Address, ["authorization_endpoint"] = $"{Address}/authorize", ["token_endpoint"] = $"{Address}/token", ["jwks_uri"] = $"{Address}/keys",
            ["response_types_supported"] = new[] { "code" }, ["id_token_signing_alg_values_supported"] = new[] { "RS256" }, ["code_challenge_methods_supported"] = new[] { "S256" },
        });
        made.MapGet("/keys", () =>
        {
            var key = signing.Rsa.ExportParameters(false);
            return new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = signing.KeyId, n = WebEncoders.Base64UrlEncode(key.Modulus!), e = WebEncoders.Base64UrlEncode(key.Exponent!) } } };
        });
        made.MapGet("/authorize", Authorize);
        made.MapPost("/token", TokenAsync);
        return made;
    }

    private IResult Authorize(HttpRequest request)
    {
        string Of(string name) => request.Query[name].ToString();
        if (Of("client_id") != ClientId || Of("response_type") != "code" || Of("code_challenge_method") != "S256" || Of("code_challenge").Length != 43 || Of("state").Length == 0 || Of("nonce").Length == 0 || !Of("scope").Split(' ').Contains("openid"))
        {
            return Results.BadRequest($"not a request of the code flow with PKCE, state and nonce: {request.QueryString}");
        }

        var back = new Dictionary<string, string?> { ["state"] = Of("state") };
        if (Denies)
        {
            back["error"] = "access_denied";
        }
        else
        {
            var code = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(24));
            codes[code] = (Of("redirect_uri"), Of("code_challenge"), Of("nonce"));
            back["code"] = code;
        }

        return Results.Redirect(QueryHelpers.AddQueryString(Of("redirect_uri"), back));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        // A code holds once.
        if (form["client_id"] != ClientId || form["client_secret"] != ClientSecret || !codes.Remove(form["code"].ToString(), out var code) || code.Redirect != form["redirect_uri"]
            || WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != code.Challenge)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = WrongIssuer ?? Address, Audience = ClientId, IssuedAt = now - TimeSpan.FromMinutes(10), NotBefore = now - TimeSpan.FromMinutes(10), Expires = now + Lives,
            Claims = new Dictionary<string, object>(Claims) { ["nonce"] = WrongNonce ?? code.Nonce ?? "" },
            SigningCredentials = new SigningCredentials(WrongKey ?? signing, SecurityAlgorithms.RsaSha256),
        });
        TokensGiven++;
        return Results.Json(new { access_token = "not used", token_type = "Bearer", expires_in = 300, id_token = token });
    }
}
