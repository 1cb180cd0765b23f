using MaritimeWatch.Identity;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;
using Microsoft.AspNetCore.Identity;

namespace MaritimeWatch.Server.Api;

/// <summary>
/// An administrator makes accounts, lists them, changes their duties, keeps people out and lets them in again, and gives new passwords; each
/// act is on the audit chain, and one administrator is always left. An official's account carries the one flag she may speak for; an
/// analyst's or a centre's may be bound to areas.
/// </summary>
internal static class AccountsApi
{
    // Entries of the audit chain looked through for last sign-ins; older ones show as not known.
    private const int MostEntries = 10_000;
    private const int MostAccounts = 1000;

    private static readonly string PasswordExpected = $"Expected a password of {SessionApi.ShortestPassword} to {SessionApi.LongestPassword} characters.";

    // Two administrators who take each other's duty at once must not both succeed.
    private static readonly SemaphoreSlim Turn = new(1);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/accounts", ListAsync);
        routes.MapPost("/api/accounts", MakeAsync).OnlyOnce();
        routes.MapPost("/api/accounts/{name}/disable", (string name, HttpContext http, IStore store, TimeProvider clock, CancellationToken cancel) => string.Equals(name, http.User.Identity!.Name, StringComparison.OrdinalIgnoreCase)
            ? Task.FromResult(Problem.Of(409, "Not possible", "Expected another person's account; found your own. Another administrator may disable it."))
            : ChangeAsync(name, "disable account", "", account => account with { Disabled = true, SecurityStamp = Stamp() }, http, store, clock, cancel));
        routes.MapPost("/api/accounts/{name}/enable", (string name, HttpContext http, IStore store, TimeProvider clock, CancellationToken cancel) =>
            ChangeAsync(name, "enable account", "", account => account with { Disabled = false }, http, store, clock, cancel));
        routes.MapPost("/api/accounts/{name}/duties", DutiesAsync);
        routes.MapPost("/api/accounts/{name}/password", (string name, Secret secret, HttpContext http, IStore store, PasswordHasher<Account> hasher, TimeProvider clock, CancellationToken cancel) => IsPassword(secret.Password)
            ? ChangeAsync(name, "set password", "", account => account with { PasswordHash = hasher.HashPassword(account, secret.Password!), SecurityStamp = Stamp(), StepSecret = null, StepSecretWaiting = null, LastStep = 0 }, http, store, clock, cancel)
            : Task.FromResult(Problem.Of(400, "Password not accepted", PasswordExpected)));
    }

    private sealed record Secret(string? Password);

    /// <param name="Ring">Corners as GeoJSON has them: longitude, latitude in degrees.</param>
    private sealed record Area(string? Name, IReadOnlyList<double[]>? Ring);

    private sealed record Wanted(string? Name, string? Password, IReadOnlyList<string>? Roles, string? Flag, IReadOnlyList<Area>? Areas);

    private sealed record Duties(IReadOnlyList<string>? Roles, string? Flag, IReadOnlyList<Area>? Areas);

    private static async Task<IResult> ListAsync(HttpContext http, IStore store, ReadLog reads, Lockout lockout, CancellationToken cancel)
    {
        var (page, refusal) = Page.Of(http, MostAccounts);
        if (page is null)
        {
            return refusal!;
        }

        await reads.NoteAsync(http, "accounts", "names and duties of people", cancel);
        var entries = await store.Audit.BeforeAsync(null, MostEntries, cancel);
        var signedIn = entries.Where(e => e.Act == "sign in").GroupBy(e => e.By, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First().At, StringComparer.OrdinalIgnoreCase);
        var all = await store.Accounts.AllAsync(cancel);
        var (accounts, next) = Page.IsAsked(http) ? page.Take(http, all, a => a.Name.ToUpperInvariant(), upwards: true) : (all, null);
        return Results.Ok(new
        {
            accounts = accounts.Select(a => Shown(a, signedIn.TryGetValue(a.Name, out var at) ? at : null, lockout.Waits(a.Name))),
            // Sign-ins before this are not looked for.
            signInsSince = entries.Count == MostEntries ? entries[^1].At : (DateTimeOffset?)null,
            next,
        });
    }

    private static async Task<IResult> MakeAsync(Wanted wanted, HttpContext http, IStore store, PasswordHasher<Account> hasher, FlagTables flags, TimeProvider clock, CancellationToken cancel)
    {
        var name = wanted.Name?.Trim() ?? "";
        var (roles, flag, areas, refused) = Read(new Duties(wanted.Roles, wanted.Flag, wanted.Areas), flags);
        var fault = NameText.Fault(name, SessionApi.LongestName) is { } odd ? odd
            : !IsPassword(wanted.Password) ? PasswordExpected
            : refused;
        if (fault is not null)
        {
            return Problem.Of(400, "Account not accepted", fault);
        }

        if (name == Cases.CaseRules.Machine || (await store.Accounts.AllAsync(cancel)).Any(a => NameText.Look(a.Name) == NameText.Look(name)))
        {
            return Problem.Of(409, "Name taken", $"Expected a name that nobody has and that looks like nobody's; found '{name}'. Choose another.");
        }

        var account = new Account(name, "", roles, flag, Stamp()) { Areas = areas };
        await store.Accounts.SaveAsync(account with { PasswordHash = hasher.HashPassword(account, wanted.Password!) }, cancel);
        await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), http.User.Identity!.Name!, "make account", name, Words(account)), cancel);
        return Results.Ok(Shown(account));
    }

    private static async Task<IResult> DutiesAsync(string name, Duties wanted, HttpContext http, IStore store, FlagTables flags, TimeProvider clock, CancellationToken cancel)
    {
        var (roles, flag, areas, refused) = Read(wanted, flags);
        if (refused is not null)
        {
            return Problem.Of(400, "Duties not accepted", refused);
        }

        if (string.Equals(name, http.User.Identity!.Name, StringComparison.OrdinalIgnoreCase) && !roles.Contains(Roles.Administrator))
        {
            return Problem.Of(409, "Not possible", "Expected another person's account; found your own. Another administrator may take the duty from you.");
        }

        // Sessions end: what she may do is read at sign-in.
        Account After(Account account) => account with { Roles = roles, Flag = flag, Areas = areas, SecurityStamp = Stamp() };
        return await ChangeAsync(name, "change duties", null, After, http, store, clock, cancel);
    }

    private static (IReadOnlyList<string> Roles, FlagState? Flag, IReadOnlyList<GeoRing>? Areas, string? Fault) Read(Duties wanted, FlagTables flags)
    {
        var roles = wanted.Roles?.Distinct().ToList() ?? [];
        FlagState? flag = FlagState.TryParse(wanted.Flag, out var read) && flags.NameOf(read) != read.Code ? read : null;
        if (roles.Count == 0 || !roles.All(Roles.All.Contains))
        {
            return Refused($"Expected roles of {string.Join(", ", Roles.All)}; found '{string.Join(", ", roles)}'.");
        }

        if (roles.Contains(Roles.Registry) ? flag is null : !string.IsNullOrEmpty(wanted.Flag))
        {
            return Refused(roles.Contains(Roles.Registry) ? $"Expected the flag of a registry official, two letters of ISO 3166-1; found '{wanted.Flag}'." : $"Expected a flag with role {Roles.Registry} alone; found '{wanted.Flag}'.");
        }

        if (wanted.Areas is not { Count: > 0 } areas)
        {
            return (roles, flag, null, null);
        }

        if (areas.Count > 20 || roles.Any(r => r is not (Roles.Analyst or Roles.Centre)))
        {
            return Refused($"Expected at most 20 areas, with the roles {Roles.Analyst} and {Roles.Centre} alone: an administrator could lift her own bounds, an official is bound by her flag.");
        }

        var rings = new List<GeoRing>();
        foreach (var area in areas)
        {
            var name = area.Name?.Trim() ?? "";
            if (name.Length is 0 or > 80 || name.Any(char.IsControl) || area.Ring is not { } ring || !ring.All(c => c is { Length: 2 } && GeoPoint.IsOnEarth(c[1], c[0])))
            {
                return Refused($"Area '{name}': expected a name of 1 to 80 characters and a ring of corners as longitude and latitude in degrees.");
            }

            // GeoJSON repeats the first corner at the end.
            var corners = ring.Count > 3 && ring[0].AsSpan().SequenceEqual(ring[^1]) ? ring.SkipLast(1) : ring;
            rings.Add(new GeoRing(name, [.. corners.Select(c => new GeoPoint(c[1], c[0]))]));
            if (rings[^1].FaultOf() is { } fault)
            {
                return Refused($"Area '{name}': {fault}");
            }
        }

        return (roles, flag, rings, null);

        static (IReadOnlyList<string>, FlagState?, IReadOnlyList<GeoRing>?, string?) Refused(string why) => ([], null, null, why);
    }

    private static object Shown(Account account, DateTimeOffset? lastSignIn = null, bool waits = false) => new
    {
        account.Name,
        account.Roles,
        flag = account.Flag?.Code,
        areas = account.Areas?.Select(a => new { a.Name, ring = a.Corners.Select(c => new[] { c.LonDeg, c.LatDeg }) }),
        account.Disabled,
        secondStep = account.StepSecret is not null,
        byProvider = account.Subject is not null,
        lastSignIn,
        waits,
    };

    private static string Words(Account account) =>
        $"{string.Join(", ", account.Roles)}{(account.Flag is { } f ? $" of {f}" : "")}{(account.Areas is { } areas ? $"; bound to {string.Join(", ", areas.Select(a => $"{a.Name} ({string.Join(" ", a.Corners)})"))}" : "")}";

    private static bool IsPassword(string? text) => text is { Length: >= SessionApi.ShortestPassword and <= SessionApi.LongestPassword };

    // Sessions carry the stamp they were made under: a fresh one ends them all.
    private static string Stamp() => Guid.NewGuid().ToString("N");

    private static async Task<IResult> ChangeAsync(string name, string act, string? detail, Func<Account, Account> change, HttpContext http, IStore store, TimeProvider clock, CancellationToken cancel)
    {
        await Turn.WaitAsync(cancel);
        try
        {
            if (await store.Accounts.FindAsync(name, cancel) is not { } account)
            {
                return Problem.Of(404, "Account not found", $"Expected the name of an account; found '{name}'.");
            }

            var changed = change(account);
            if (Administers(account) && !Administers(changed) && !(await store.Accounts.AllAsync(cancel)).Any(a => Administers(a) && a.Name != account.Name))
            {
                return Problem.Of(409, "Not possible", "She is the last administrator. Make another one first.");
            }

            if (account.Subject is not null && changed.PasswordHash != account.PasswordHash)
            {
                return Problem.Of(409, "Not possible", "Expected an account of this watch; found one that the identity provider vouches for. Its password is changed there.");
            }

            await store.Accounts.SaveAsync(changed, cancel);
            await store.Audit.AppendAsync(new AuditNote(clock.GetUtcNow(), http.User.Identity!.Name!, act, account.Name, detail ?? $"{Words(account)} became {Words(changed)}"), cancel);
            return Results.Ok(Shown(changed));
        }
        finally
        {
            Turn.Release();
        }
    }

    private static bool Administers(Account account) => account is { Disabled: false } && account.Roles.Contains(Roles.Administrator);
}
