using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Api;

/// <summary>
/// Keys of programs: a person makes, lists and revokes her own; an administrator also those of machines, and revokes anybody's. The key
/// is in the answer that makes it and nowhere else.
/// </summary>
internal static class KeysApi
{
    private const int LongestName = 64, UsualDays = 90, MostOfOne = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/keys", async (HttpContext http, IStore store, TimeProvider clock, CancellationToken cancel) =>
        {
            var now = clock.GetUtcNow();
            return new { scopes = Scopes.All.Where(s => Scopes.RolesOf(s).Any(http.User.IsInRole)), keys = (await store.Keys.AllAsync(cancel)).Where(k => IsTheirs(k, http)).Select(k => Shown(k, now)) };
        });
        routes.MapPost("/api/keys", MakeAsync);
        routes.MapPost("/api/keys/{id}/revoke", RevokeAsync);
    }

    private sealed record Wanted(string? Name, IReadOnlyList<string>? Scopes, int? Days, bool? Machine);

    private static async Task<IResult> MakeAsync(Wanted wanted, HttpContext http, IStore store, Keys keys, TimeProvider clock, CancellationToken cancel)
    {
        var (name, scopes, days) = (wanted.Name?.Trim() ?? "", wanted.Scopes?.Distinct().ToList() ?? [], wanted.Days ?? UsualDays);
        var machine = wanted.Machine == true;
        if (machine && !http.User.IsInRole(Roles.Administrator))
        {
            return Problem.Of(403, "Not yours to do", "Expected an administrator for the key of a machine; found another person. Make a key of your own.");
        }

        var fault = NameText.Fault(name, LongestName)
            ?? (scopes.Count == 0 || !scopes.All(Scopes.All.Contains) ? $"Expected scopes of {string.Join(", ", Scopes.All)}; found '{string.Join(", ", scopes)}'."
            : days < 1 || days > Keys.LongestLife.TotalDays ? $"Expected days, 1 to {Keys.LongestLife.TotalDays:0}; found {days}."
            : machine && scopes.Contains(Scopes.Registry) ? $"Expected a person's key for {Scopes.Registry}: the work of a register is shown by flag, and a machine has none."
            : null);
        if (fault is not null)
        {
            return Problem.Of(400, "Key not accepted", fault);
        }

        if (!machine && scopes.Find(s => !Scopes.RolesOf(s).Any(http.User.IsInRole)) is { } beyond)
        {
            return Problem.Of(403, "Not yours to do", $"Expected scopes within your own duties; found {beyond}. A key reads no more than its owner.");
        }

        var account = await store.Accounts.FindAsync(http.User.Identity!.Name!, cancel) ?? throw new StoreException("The account is gone. Sign in again.");
        var now = clock.GetUtcNow();
        if ((await store.Keys.AllAsync(cancel)).Count(k => k.MadeBy == account.Name && k.RevokedAt is null && k.ExpiresAt > now) >= MostOfOne)
        {
            return Problem.Of(409, "Not possible now", $"Expected fewer than {MostOfOne} keys that hold; found as many. Revoke one first.");
        }

        var (shown, kept) = keys.Make(name, scopes, account, machine, TimeSpan.FromDays(days));
        await store.Keys.AddAsync(kept, new AuditNote(kept.MadeAt, account.Name, "make key", kept.Id, $"{kept.Prefix} '{kept.Name}' {string.Join(", ", scopes)} until {kept.ExpiresAt:yyyy-MM-dd}{(machine ? ", for a machine" : "")}"), cancel);
        return Results.Ok(new { key = shown, kept = Shown(kept, now), note = "The key is shown this once and kept nowhere. Send it as Authorization: Bearer, never in an address." });
    }

    private static async Task<IResult> RevokeAsync(string id, HttpContext http, IStore store, LiveEvents events, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if ((await store.Keys.AllAsync(cancel)).FirstOrDefault(k => k.Id == id && IsTheirs(k, http)) is not { } key)
        {
            return Problem.NotFound("Key");
        }

        if (!await store.Keys.RevokeAsync(id, now, new AuditNote(now, http.User.Identity!.Name!, "revoke key", id, $"{key.Prefix} '{key.Name}'"), cancel))
        {
            return Problem.Of(409, "Not possible now", "Expected a key that holds; found one that was revoked already.");
        }

        // Open streams look anew at every event whether their visitor may go on.
        events.Tell("watch");
        return Results.NoContent();
    }

    private static bool IsTheirs(ApiKey key, HttpContext http) => http.User.IsInRole(Roles.Administrator) || string.Equals(key.MadeBy, http.User.Identity!.Name, StringComparison.OrdinalIgnoreCase);

    private static object Shown(ApiKey k, DateTimeOffset now) => new { k.Id, k.Prefix, k.Name, k.Owner, k.Scopes, k.MadeBy, k.MadeAt, k.ExpiresAt, k.LastUsedAt, k.RevokedAt, holds = k.RevokedAt is null && k.ExpiresAt > now };
}
