using MaritimeWatch.Server.Access;
using MaritimeWatch.Storage;
using Microsoft.AspNetCore.Identity;

namespace MaritimeWatch.Server.Api;

/// <summary>A person puts a second step before her own sign-in, and takes it away; each needs her password, for a session may be somebody else's hand.</summary>
internal static class SecondStepApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/me/second-step", BeginAsync);
        routes.MapPost("/api/me/second-step/confirm", ConfirmAsync);
        routes.MapPost("/api/me/second-step/end", EndAsync);
    }

    private sealed record Proof(string? Password, string? Code);

    private static async Task<IResult> BeginAsync(Proof proof, HttpContext http, IStore store, SecondStep second, PasswordHasher<Account> hasher, Lockout lockout)
    {
        var (account, refusal) = await ProvenAsync(proof, http, store, hasher, lockout);
        if (account is null || account.StepSecret is not null)
        {
            return refusal ?? Problem.Of(409, "Not possible", "Expected no second step yet; found one in force. End it first.");
        }

        var (waiting, secret) = second.Begin(account);
        await store.Accounts.SaveAsync(waiting);
        return Results.Ok(new { secret, uri = $"otpauth://totp/MaritimeWatch:{Uri.EscapeDataString(account.Name)}?secret={secret}&issuer=MaritimeWatch" });
    }

    private static async Task<IResult> ConfirmAsync(Proof proof, HttpContext http, IStore store, SecondStep second, TimeProvider clock)
    {
        if (await store.Accounts.FindAsync(http.User.Identity!.Name!) is not { } account || second.Confirm(account, proof.Code) is not { } confirmed)
        {
            return Problem.Of(400, "Code not accepted", "Expected the six digits that your device shows now for the secret given last; found others. Check its clock.");
        }

        return await KeptAsync(confirmed, "second step begun", store, clock);
    }

    private static async Task<IResult> EndAsync(Proof proof, HttpContext http, IStore store, PasswordHasher<Account> hasher, Lockout lockout, TimeProvider clock)
    {
        var (account, refusal) = await ProvenAsync(proof, http, store, hasher, lockout);
        return account is null ? refusal! : await KeptAsync(account with { StepSecret = null, StepSecretWaiting = null, LastStep = 0 }, "second step ended", store, clock);
    }

    private static async Task<IResult> KeptAsync(Account account, string act, IStore store, TimeProvider clock)
    {
        await store.Accounts.SaveAsync(account);
        await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), account.Name, act, account.Name, ""));
        return Results.NoContent();
    }

    private static async Task<(Account? Account, IResult? Refusal)> ProvenAsync(Proof proof, HttpContext http, IStore store, PasswordHasher<Account> hasher, Lockout lockout)
    {
        var (name, address) = (http.User.Identity!.Name!, Lockout.AddressOf(http));
        if (proof.Password is not { Length: > 0 and <= SessionApi.LongestPassword } password)
        {
            return (null, Problem.Of(400, "Password needed", "Expected your password; found none."));
        }

        if (lockout.Begin(name, address) is { } wait)
        {
            return (null, Gate.TooMany(wait));
        }

        if (await store.Accounts.FindAsync(name) is not { } account || hasher.VerifyHashedPassword(account, account.PasswordHash, password) == PasswordVerificationResult.Failed)
        {
            return (null, Problem.Of(400, "Password not accepted", "Expected your password; found another."));
        }

        lockout.Right(name, address);
        return (account, null);
    }
}
