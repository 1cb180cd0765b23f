using MaritimeWatch.Identity;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;
using Microsoft.AspNetCore.Identity;

namespace MaritimeWatch.Server.Api;

/// <summary>An administrator makes accounts. An official's account carries the one flag she may speak for, and no other account does.</summary>
internal static class AccountsApi
{
    private static readonly string[] Known = [Roles.Analyst, Roles.Registry, Roles.Centre, Roles.Administrator];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/accounts", MakeAsync).RequireAuthorization(Roles.Administrator);

    private sealed record Wanted(string? Name, string? Password, IReadOnlyList<string>? Roles, string? Flag);

    private static async Task<IResult> MakeAsync(Wanted wanted, HttpContext http, IStore store, PasswordHasher<Account> hasher, FlagTables flags, TimeProvider clock, CancellationToken cancel)
    {
        var (name, roles) = (wanted.Name?.Trim() ?? "", wanted.Roles?.Distinct().ToList() ?? []);
        FlagState? flag = FlagState.TryParse(wanted.Flag, out var read) && flags.NameOf(read) != read.Code ? read : null;
        var fault = name.Length is 0 or > SessionApi.LongestName || name.Any(char.IsControl) ? $"Expected a name of 1 to {SessionApi.LongestName} characters; found {name.Length}."
            : wanted.Password is not { Length: >= SessionApi.ShortestPassword and <= SessionApi.LongestPassword } ? $"Expected a password of {SessionApi.ShortestPassword} to {SessionApi.LongestPassword} characters."
            : roles.Count == 0 || !roles.All(Known.Contains) ? $"Expected roles of {string.Join(", ", Known)}; found '{string.Join(", ", roles)}'."
            : roles.Contains(Roles.Registry) && flag is null ? $"Expected the flag of a registry official, two letters of ISO 3166-1; found '{wanted.Flag}'."
            : !roles.Contains(Roles.Registry) && !string.IsNullOrEmpty(wanted.Flag) ? $"Expected a flag with role {Roles.Registry} alone; found '{wanted.Flag}'."
            : null;
        if (fault is not null)
        {
            return Problem.Of(400, "Account not accepted", fault);
        }

        if (name == Cases.CaseRules.Machine || await store.Accounts.FindAsync(name, cancel) is not null)
        {
            return Problem.Of(409, "Name taken", $"Expected a name nobody has; found '{name}'. Choose another.");
        }

        var account = new Account(name, "", roles, flag, Guid.NewGuid().ToString("N"));
        await store.Accounts.SaveAsync(account with { PasswordHash = hasher.HashPassword(account, wanted.Password!) }, cancel);
        await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), http.User.Identity!.Name!, "make account", name, $"{string.Join(", ", roles)}{(flag is { } f ? $" of {f}" : "")}"), cancel);
        return Results.Ok(new { name, roles, flag = flag?.Code });
    }
}
