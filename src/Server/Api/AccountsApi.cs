using MaritimeWatch.Identity;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;
using Microsoft.AspNetCore.Identity;

namespace MaritimeWatch.Server.Api;

/// <summary>
/// An administrator makes accounts, lists them, keeps people out and lets them in again, and gives new passwords; each act is on the
/// audit chain. An official's account carries the one flag she may speak for, and no other account does.
/// </summary>
internal static class AccountsApi
{
    private const int MostAccounts = 1000;

    private static readonly string PasswordExpected = $"Expected a password of {SessionApi.ShortestPassword} to {SessionApi.LongestPassword} characters.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/accounts", async (HttpContext http, IStore store, ReadLog reads, CancellationToken cancel) =>
        {
            var (page, refusal) = Page.Of(http, MostAccounts);
            if (page is null)
            {
                return refusal!;
            }

            await reads.NoteAsync(http, "accounts", "names and duties of people", cancel);
            var all = await store.Accounts.AllAsync(cancel);
            var (accounts, next) = Page.IsAsked(http) ? page.Take(http, all, a => a.Name.ToUpperInvariant(), upwards: true) : (all, null);
            return Results.Ok(new { accounts = accounts.Select(Shown), next });
        });
        routes.MapPost("/api/accounts", MakeAsync).OnlyOnce();
        routes.MapPost("/api/accounts/{name}/disable", (string name, HttpContext http, IStore store, TimeProvider clock, CancellationToken cancel) => string.Equals(name, http.User.Identity!.Name, StringComparison.OrdinalIgnoreCase)
            ? Task.FromResult(Problem.Of(409, "Not possible", "Expected another person's account; found your own. Another administrator may disable it."))
            : ChangeAsync(name, "disable account", account => account with { Disabled = true, SecurityStamp = Stamp() }, http, store, clock, cancel));
        routes.MapPost("/api/accounts/{name}/enable", (string name, HttpContext http, IStore store, TimeProvider clock, CancellationToken cancel) =>
            ChangeAsync(name, "enable account", account => account with { Disabled = false }, http, store, clock, cancel));
        routes.MapPost("/api/accounts/{name}/password", (string name, Secret secret, HttpContext http, IStore store, PasswordHasher<Account> hasher, TimeProvider clock, CancellationToken cancel) => IsPassword(secret.Password)
            ? ChangeAsync(name, "set password", account => account with { PasswordHash = hasher.HashPassword(account, secret.Password!), SecurityStamp = Stamp(), StepSecret = null, StepSecretWaiting = null, LastStep = 0 }, http, store, clock, cancel)
            : Task.FromResult(Problem.Of(400, "Password not accepted", PasswordExpected)));
    }

    private sealed record Secret(string? Password);

    private sealed record Wanted(string? Name, string? Password, IReadOnlyList<string>? Roles, string? Flag);

    private static async Task<IResult> MakeAsync(Wanted wanted, HttpContext http, IStore store, PasswordHasher<Account> hasher, FlagTables flags, TimeProvider clock, CancellationToken cancel)
    {
        var (name, roles) = (wanted.Name?.Trim() ?? "", wanted.Roles?.Distinct().ToList() ?? []);
        FlagState? flag = FlagState.TryParse(wanted.Flag, out var read) && flags.NameOf(read) != read.Code ? read : null;
        var fault = NameText.Fault(name, SessionApi.LongestName) is { } odd ? odd
            : !IsPassword(wanted.Password) ? PasswordExpected
            : roles.Count == 0 || !roles.All(Roles.All.Contains) ? $"Expected roles of {string.Join(", ", Roles.All)}; found '{string.Join(", ", roles)}'."
            : roles.Contains(Roles.Registry) && flag is null ? $"Expected the flag of a registry official, two letters of ISO 3166-1; found '{wanted.Flag}'."
            : !roles.Contains(Roles.Registry) && !string.IsNullOrEmpty(wanted.Flag) ? $"Expected a flag with role {Roles.Registry} alone; found '{wanted.Flag}'."
            : null;
        if (fault is not null)
        {
            return Problem.Of(400, "Account not accepted", fault);
        }

        if (name == Cases.CaseRules.Machine || (await store.Accounts.AllAsync(cancel)).Any(a => NameText.Look(a.Name) == NameText.Look(name)))
        {
            return Problem.Of(409, "Name taken", $"Expected a name that nobody has and that looks like nobody's; found '{name}'. Choose another.");
        }

        var account = new Account(name, "", roles, flag, Stamp());
        await store.Accounts.SaveAsync(account with { PasswordHash = hasher.HashPassword(account, wanted.Password!) }, cancel);
        await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), http.User.Identity!.Name!, "make account", name, $"{string.Join(", ", roles)}{(flag is { } f ? $" of {f}" : "")}"), cancel);
        return Results.Ok(Shown(account));
    }

    private static object Shown(Account account) => new { account.Name, account.Roles, flag = account.Flag?.Code, account.Disabled, secondStep = account.StepSecret is not null, byProvider = account.Subject is not null };

    private static bool IsPassword(string? text) => text is { Length: >= SessionApi.ShortestPassword and <= SessionApi.LongestPassword };

    // Sessions carry the stamp they were made under: a fresh one ends them all.
    private static string Stamp() => Guid.NewGuid().ToString("N");

    private static async Task<IResult> ChangeAsync(string name, string act, Func<Account, Account> change, HttpContext http, IStore store, TimeProvider clock, CancellationToken cancel)
    {
        if (await store.Accounts.FindAsync(name, cancel) is not { } account)
        {
            return Problem.Of(404, "Account not found", $"Expected the name of an account; found '{name}'.");
        }

        var changed = change(account);
        if (account.Subject is not null && changed.PasswordHash != account.PasswordHash)
        {
            return Problem.Of(409, "Not possible", "Expected an account of this watch; found one that the identity provider vouches for. Its password is changed there.");
        }

        await store.Accounts.SaveAsync(changed, cancel);
        await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), http.User.Identity!.Name!, act, account.Name, ""), cancel);
        return Results.Ok(Shown(changed));
    }
}
