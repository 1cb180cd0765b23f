using MaritimeWatch.Server.Access;
using MaritimeWatch.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace MaritimeWatch.Server.Api;

/// <summary>First start, sign-in, sign-out, and who is signed in.</summary>
internal static class SessionApi
{
    internal const int ShortestPassword = 12, LongestPassword = 200, LongestName = 64;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/first-start", async (IStore store) => new { needed = !await store.Accounts.AnyAsync() }).AllowAnonymous();
        routes.MapPost("/api/first-start", FirstStartAsync).AllowAnonymous().RequireRateLimiting(SignIn.Throttle);
        routes.MapPost("/api/session", BeginAsync).AllowAnonymous().RequireRateLimiting(SignIn.Throttle);
        routes.MapDelete("/api/session", async (HttpContext http, IStore store, TimeProvider clock) =>
        {
            await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), http.User.Identity!.Name!, "sign out", "session", ""));
            await http.SignOutAsync();
            return Results.NoContent();
        });
        routes.MapGet("/api/me", async (HttpContext http, IStore store, Settings.Settings settings) => new
        {
            name = http.User.Identity!.Name,
            flag = (await store.Accounts.FindAsync(http.User.Identity!.Name!))?.Flag?.Code,
            roles = http.User.FindAll(System.Security.Claims.ClaimTypes.Role).Select(c => c.Value),
            node = settings.Node.Name,
            tlp = settings.Node.Tlp,
        });
    }

    private sealed record FirstStartRequest(string? Code, string? Name, string? Password);

    private sealed record SessionRequest(string? Name, string? Password);

    private static async Task<IResult> FirstStartAsync(FirstStartRequest request, FirstStart first, IStore store, PasswordHasher<Account> hasher, HttpContext http, TimeProvider clock)
    {
        if (await store.Accounts.AnyAsync())
        {
            return Problem.Of(409, "Already set up", "The first administrator exists. Sign in, or ask her for an account.");
        }

        if (!first.Matches(request.Code))
        {
            return Problem.Of(400, "Code not accepted", "Expected the one-time code that the program printed when it started. After ten wrong tries, start it again for a new code.");
        }

        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > LongestName || request.Password is not { Length: >= ShortestPassword and <= LongestPassword } password)
        {
            return Problem.Of(400, "Name or password not accepted", $"Expected a name of up to {LongestName} characters and a password of {ShortestPassword} to {LongestPassword}.");
        }

        var account = new Account(request.Name.Trim(), "", [Roles.Administrator, Roles.Analyst], null, Guid.NewGuid().ToString("N"));
        account = account with { PasswordHash = hasher.HashPassword(account, password) };
        await store.Accounts.SaveAsync(account);
        await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), account.Name, "first administrator", account.Name, "made with the one-time code"));
        await SignIn.BeginAsync(http, account);
        return Results.NoContent();
    }

    private static async Task<IResult> BeginAsync(SessionRequest request, IStore store, PasswordHasher<Account> hasher, HttpContext http, TimeProvider clock)
    {
        var account = string.IsNullOrEmpty(request.Name) ? null : await store.Accounts.FindAsync(request.Name);
        // A password is checked either way, so that the time taken does not tell whether the name exists.
        var known = account ?? new Account("", hasher.HashPassword(null!, "no such account"), [], null, "");
        var right = request.Password is { Length: <= LongestPassword } password && hasher.VerifyHashedPassword(known, known.PasswordHash, password) != PasswordVerificationResult.Failed;
        if (account is null || !right)
        {
            return Problem.Of(401, "Sign-in not accepted", "Name or password is not right.");
        }

        await SignIn.BeginAsync(http, account);
        await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), account.Name, "sign in", "session", ""));
        return Results.NoContent();
    }
}
