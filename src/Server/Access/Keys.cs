using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using MaritimeWatch.Server.Api;
using MaritimeWatch.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace MaritimeWatch.Server.Access;

/// <summary>
/// Keys of programs, sent as <c>Authorization: Bearer mw_…</c> (RFC 6750, section 2.1) and in no other way. A key of a person reads what
/// she may read, while she may; the key of a machine, made by an administrator, reads of cases what was released.
/// </summary>
internal sealed class Keys(IStore store, TimeProvider clock)
{
    public const string Scheme = "key", Start = "mw_";

    /// <summary>Longest life of a key.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(365);

    private const int SecretBytes = 32, PrefixLength = 11, LongestKey = 100;
    private const string KeyId = "key", ScopeClaim = "scope", Machine = "machine";
    private static readonly TimeSpan UseNotedEvery = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, DateTimeOffset> noted = new();

    /// <summary>A new key: what is shown once, and what is kept.</summary>
    public (string Shown, ApiKey Kept) Make(string name, IReadOnlyList<string> scopes, Account by, bool ofMachine, TimeSpan life)
    {
        var shown = Start + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var now = clock.GetUtcNow();
        return (shown, new ApiKey(Guid.CreateVersion7().ToString("N"), HashOf(shown), shown[..PrefixLength], name, ofMachine ? null : by.Name, ofMachine ? null : by.SecurityStamp, scopes, by.Name, now, now + life));
    }

    /// <summary>The key as a visitor; null when it is not known, or holds no more.</summary>
    public async ValueTask<ClaimsPrincipal?> FindAsync(HttpContext http, string? sent, CancellationToken cancel)
    {
        if (sent is not { Length: < LongestKey } || !sent.StartsWith(Start, StringComparison.Ordinal) || await store.Keys.FindAsync(HashOf(sent), cancel) is not { } key || !await HoldsAsync(key, cancel))
        {
            return null;
        }

        var claims = new List<Claim> { new(ClaimTypes.Name, key.Owner ?? $"key {key.Prefix}"), new(KeyId, key.Hash), new(ScopeClaim, string.Join(' ', key.Scopes)) };
        if (key.Owner is { } owner)
        {
            var account = await store.Accounts.FindAsync(owner, cancel);
            claims.AddRange(account?.Roles.Select(role => new Claim(ClaimTypes.Role, role)) ?? []);
            AreaBound.Bind(http, account?.Areas);
        }
        else
        {
            claims.Add(new Claim(Machine, key.Prefix));
        }

        var now = clock.GetUtcNow();
        if (now - noted.GetValueOrDefault(key.Id) > UseNotedEvery)
        {
            noted[key.Id] = now;
            await store.Keys.UsedAsync(key.Id, now, cancel);
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme));
    }

    /// <summary>Whether the key of a visitor still holds, for answers that go on for hours.</summary>
    public async ValueTask<bool> HoldsAsync(ClaimsPrincipal visitor, CancellationToken cancel) => await store.Keys.FindAsync(visitor.FindFirstValue(KeyId)!, cancel) is { } key && await HoldsAsync(key, cancel);

    public static bool IsKey(ClaimsPrincipal visitor) => visitor.HasClaim(c => c.Type == KeyId);

    public static bool IsMachine(ClaimsPrincipal visitor) => visitor.HasClaim(c => c.Type == Machine);

    /// <summary>What the limit of requests counts a key by.</summary>
    public static string? PartitionOf(ClaimsPrincipal visitor) => visitor.FindFirstValue(KeyId);

    /// <summary>After authentication: a key comes no further than routes that ask for a scope it has.</summary>
    public static Task EnterAsync(HttpContext http, RequestDelegate next)
    {
        if (!IsKey(http.User) || http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null)
        {
            return next(http);
        }

        var asked = http.GetEndpoint()?.Metadata.GetMetadata<Scopes.Scope>()?.Name;
        if (asked is not null && http.User.FindFirstValue(ScopeClaim)!.Split(' ').Contains(asked))
        {
            return next(http);
        }

        if (asked is null && http.GetEndpoint() is null && http.Request.Path.StartsWithSegments("/api"))
        {
            return Problem.OfStatus(404).ExecuteAsync(http);
        }

        http.Response.Headers.WWWAuthenticate = $"Bearer realm=\"MaritimeWatch\", error=\"insufficient_scope\"{(asked is null ? "" : $", scope=\"{asked}\"")}";
        return Problem.Of(403, "Not for this key", asked is null ? "Expected a person: this is open to no key. Sign in at the console." : $"Expected a key with the scope {asked}; found {http.User.FindFirstValue(ScopeClaim)}.").ExecuteAsync(http);
    }

    private async ValueTask<bool> HoldsAsync(ApiKey key, CancellationToken cancel) => key.RevokedAt is null && clock.GetUtcNow() < key.ExpiresAt
        && (key.Owner is null || (await store.Accounts.FindAsync(key.Owner, cancel) is { Disabled: false } owner && owner.SecurityStamp == key.OwnerStamp));

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

/// <summary>Reads the key of a request. A request that names an authorization is judged by it alone: no cookie is looked at beside it.</summary>
internal sealed class KeyDoor(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, Keys keys) : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    private const string Bearer = "Bearer ";

    public static bool Has(HttpRequest request) => request.Headers.Authorization.Count > 0;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var sent = Request.Headers.Authorization is [{ } one] && one.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? one[Bearer.Length..].Trim() : null;
        return await keys.FindAsync(Context, sent, Context.RequestAborted) is { } visitor ? AuthenticateResult.Success(new AuthenticationTicket(visitor, Scheme.Name)) : AuthenticateResult.Fail("no such key");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"MaritimeWatch\", error=\"invalid_token\"";
        return Problem.Of(401, "Key not accepted", "Expected one header Authorization: Bearer mw_… with a key that is neither revoked nor expired, and whose owner is not kept out. Ask whoever made it.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"MaritimeWatch\", error=\"insufficient_scope\"";
        return Problem.Of(403, "Not for this key", "Expected a key of a person who may read this; her duties do not reach that far.").ExecuteAsync(Context);
    }
}
