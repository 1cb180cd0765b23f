using MaritimeWatch.Server.Access;
using MaritimeWatch.Storage;
using Microsoft.AspNetCore.Identity;

namespace MaritimeWatch.Server.Api;

/// <summary>First start, sign-in, sign-out, and who is signed in.</summary>
internal static class SessionApi
{
    internal const int ShortestPassword = 12, LongestPassword = 200, LongestName = 64;

    // Hashed once: for a name that nobody has, one password is checked, as for any other.
    private static readonly Account Nobody = new("", new PasswordHasher<Account>().HashPassword(new Account("", "", [], null, ""), Guid.NewGuid().ToString()), [], null, "");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/first-start", async (IStore store, Settings.Settings settings) => new { needed = !await store.Accounts.AnyAsync(), openId = settings.OpenId.On ? settings.OpenId.Name : null, only = settings.OpenId.Only }).AllowAnonymous();
        routes.MapGet("/api/session/openid", (string? back, HttpContext http, Settings.Settings settings) => settings.OpenId.On ? OpenId.BeginAsync(http, back) : Problem.Of(404, "Not here", "This watch signs nobody in by an identity provider. Sign in with name and password.").ExecuteAsync(http)).AllowAnonymous().RequireRateLimiting(Gate.Throttle);
        routes.MapPost("/api/first-start", FirstStartAsync).AllowAnonymous().RequireRateLimiting(Gate.Throttle);
        routes.MapPost("/api/session", BeginAsync).AllowAnonymous().RequireRateLimiting(Gate.Throttle);
        routes.MapDelete("/api/session", async (HttpContext http, IStore store, TimeProvider clock) =>
        {
            await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), http.User.Identity!.Name!, "sign out", "session", ""));
            await SignIn.EndAsync(http, store, clock);
            // What a browser kept of answers with a tag goes with the session.
            http.Response.Headers["Clear-Site-Data"] = "\"cache\"";
            return Results.NoContent();
        });
        routes.MapGet("/api/me", async (HttpContext http, IStore store, Settings.Settings settings) => new
        {
            name = http.User.Identity!.Name,
            flag = (await store.Accounts.FindAsync(http.User.Identity!.Name!))?.Flag?.Code,
            roles = http.User.FindAll(System.Security.Claims.ClaimTypes.Role).Select(c => c.Value),
            node = settings.Node.Name,
            tlp = settings.Node.Tlp,
            reads = new { watch = !http.User.SeesReleasedOnly(), desk = http.User.IsInRole(Roles.Analyst) || http.User.IsInRole(Roles.Registry) },
        });
    }

    private sealed record FirstStartRequest(string? Code, string? Name, string? Password);

    private sealed record SessionRequest(string? Name, string? Password, string? Code);

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

        if (NameText.Fault(request.Name?.Trim() ?? "", LongestName) is { } fault)
        {
            return Problem.Of(400, "Name not accepted", fault);
        }

        if (request.Password is not { Length: >= ShortestPassword and <= LongestPassword } password)
        {
            return Problem.Of(400, "Password not accepted", $"Expected a password of {ShortestPassword} to {LongestPassword} characters.");
        }

        var account = new Account(request.Name!.Trim(), "", [Roles.Administrator, Roles.Analyst], null, Guid.NewGuid().ToString("N"));
        account = account with { PasswordHash = hasher.HashPassword(account, password) };
        await store.Accounts.SaveAsync(account);
        await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), account.Name, "first administrator", account.Name, "made with the one-time code"));
        await SignIn.BeginAsync(http, account);
        return Results.NoContent();
    }

    private static async Task<IResult> BeginAsync(SessionRequest request, IStore store, PasswordHasher<Account> hasher, Lockout lockout, SecondStep second, Settings.Settings settings, HttpContext http, TimeProvider clock)
    {
        if (settings.OpenId.Only)
        {
            return Problem.Of(403, "Not with a password", $"Expected a sign-in by {settings.OpenId.Name}: passwords are switched off here.");
        }

        var (name, address) = ((request.Name ?? "").Trim(), Lockout.AddressOf(http));
        if (name.Length == 0 || string.IsNullOrEmpty(request.Password))
        {
            return Problem.Of(400, "Not complete", "Expected name and password.");
        }

        if (name.Length > LongestName || request.Password is not { Length: <= LongestPassword } password)
        {
            return NotAccepted();
        }

        if (lockout.Begin(name, address) is { } wait)
        {
            return Gate.TooMany(wait);
        }

        // A password is checked either way, so that the time taken does not tell whether the name exists.
        var account = await store.Accounts.FindAsync(name) is { PasswordHash.Length: > 0 } local ? local : null;
        var right = hasher.VerifyHashedPassword(account ?? Nobody, (account ?? Nobody).PasswordHash, password) != PasswordVerificationResult.Failed;
        if (account is null || account.Disabled || !right)
        {
            if (account is not null && lockout.Waits(name))
            {
                await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), account.Name, "sign-in waits", "session", "wrong password too often"));
            }

            return NotAccepted();
        }

        if (account.StepSecret is not null)
        {
            // The try stays counted until the code is right too: six digits are soon guessed.
            if (string.IsNullOrWhiteSpace(request.Code))
            {
                return Problem.Of(401, "Code needed", "Expected the six digits that your device shows now.");
            }

            if (second.Take(account, request.Code) is not { } taken)
            {
                return Problem.Of(401, "Sign-in not accepted", "The code is not right, or was used already. Wait for the next one.");
            }

            await store.Accounts.SaveAsync(account = taken);
        }

        lockout.Right(name, address);
        await SignIn.BeginAsync(http, account);
        await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), account.Name, "sign in", "session", ""));
        return Results.NoContent();
    }

    private static IResult NotAccepted() => Problem.Of(401, "Sign-in not accepted", "Name or password is not right.");
}
