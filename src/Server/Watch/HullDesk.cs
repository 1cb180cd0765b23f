using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Registry;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// Which claims are one hull: by their numbers, and by what persons decided. A decision is added with its reason and undone by
/// another; the vessels it touches are judged anew, so that findings follow.
/// </summary>
internal sealed class HullDesk(IStore store, Intake intake, TimeProvider clock)
{
    /// <summary>The hull behind an MMSI: claims that name it, and claims that name the IMO number it broadcasts.</summary>
    public async Task<Vessel> OfAsync(Mmsi mmsi, CancellationToken cancel)
    {
        var decided = new HullDecisions(await store.Identities.DecisionsAsync(cancel));
        var (own, past) = await ClaimsAsync(mmsi, null, cancel);
        // What she broadcast last went with a split: under this number she is that hull.
        if (own.Where(c => c.Origin == ClaimOrigin.Broadcast && c.Mmsi == mmsi).MaxBy(c => c.LastSeen) is { } last && decided.SplitOf(last.Id) is { } split)
        {
            return await SplitHullAsync(split, decided, cancel);
        }

        var imo = Vessel.Of(mmsi, mmsi.ToString(), own, []).Imo;
        var (hers, herPast) = imo is null ? ([], []) : await ClaimsAsync(null, imo, cancel);
        var hull = Vessel.Of(mmsi, mmsi.ToString(), own.Concat(hers).DistinctBy(c => c.Id), await store.Identities.ListingsOfAsync(mmsi, imo, cancel));
        return await DecidedAsync(hull with { NoLongerStanding = [.. past.Concat(herPast).DistinctBy(c => c.Id)] }, decided, cancel);
    }

    /// <summary>A hull by its id, <c>imo:…</c>, <c>mmsi:…</c> or <c>split:…</c>; null when nothing is known of it.</summary>
    public async Task<Vessel?> FindAsync(string hullId, CancellationToken cancel)
    {
        var decided = new HullDecisions(await store.Identities.DecisionsAsync(cancel));
        return decided.Standing.FirstOrDefault(d => d.Split.Count > 0 && d.HullId == hullId) is { } split ? await SplitHullAsync(split, decided, cancel)
            : await ByNumberAsync(hullId, cancel) is { } hull ? await DecidedAsync(hull, decided, cancel) : null;
    }

    /// <summary>Two hulls are one.</summary>
    /// <returns>What is wrong with it, a sentence; null when it was done.</returns>
    public async Task<string?> MergeAsync(string one, string other, string reason, string by, CancellationToken cancel)
    {
        if (await FindAsync(one, cancel) is not { } first || await FindAsync(other, cancel) is not { } second)
        {
            return "Expected the ids of two known hulls.";
        }

        return first.Id == second.Id
            ? $"Both are {first.Id} already."
            : await KeepAsync(new HullDecision(Guid.CreateVersion7().ToString("N"), [first.Id, second.Id], [], null, reason, by, clock.GetUtcNow()), [.. first.Claims, .. second.Claims], cancel);
    }

    /// <summary>Claims of a hull are another hull.</summary>
    /// <returns>What is wrong with it, a sentence; null when it was done.</returns>
    public async Task<string?> SplitAsync(string hullId, IReadOnlyList<string> claims, string reason, string by, CancellationToken cancel)
    {
        if (await FindAsync(hullId, cancel) is not { } hull)
        {
            return "Expected the id of a known hull.";
        }

        var ids = hull.Claims.Select(c => c.Id).ToHashSet();
        return claims.Count == 0 || !claims.All(ids.Contains) || claims.Distinct().Count() == ids.Count
            ? $"Expected some but not all of the {ids.Count} claims of {hull.Id}."
            : await KeepAsync(new HullDecision(Guid.CreateVersion7().ToString("N"), [], [.. claims.Distinct()], null, reason, by, clock.GetUtcNow()) { From = hull.Id }, hull.Claims, cancel);
    }

    /// <summary>A merge or split no longer stands. It stays readable, with the reason of the undoing.</summary>
    /// <returns>What is wrong with it, a sentence; null when it was done.</returns>
    public async Task<string?> UndoAsync(string decisionId, string reason, string by, CancellationToken cancel)
    {
        var decided = new HullDecisions(await store.Identities.DecisionsAsync(cancel));
        if (decided.Standing.FirstOrDefault(d => d.Id == decisionId) is not { } decision)
        {
            return "Expected a decision that stands; it is unknown or was undone.";
        }

        var touched = new List<IdentityClaim>();
        foreach (var id in decision.Merge.Append(decision.From).OfType<string>())
        {
            touched.AddRange((await FindAsync(id, cancel))?.Claims ?? []);
        }

        touched.AddRange(decision.Split.Count > 0 ? (await SplitHullAsync(decision, decided, cancel)).Claims : []);
        return await KeepAsync(new HullDecision(Guid.CreateVersion7().ToString("N"), [], [], decisionId, reason, by, clock.GetUtcNow()), touched, cancel);
    }

    private async Task<string?> KeepAsync(HullDecision decision, IReadOnlyList<IdentityClaim> touched, CancellationToken cancel)
    {
        await store.Identities.AddDecisionsAsync([decision], cancel);
        var what = decision.Undoes is { } undone ? ("undo", undone) : decision.Merge.Count > 0 ? ("merge hulls", string.Join(" and ", decision.Merge)) : ("split hull", $"{decision.Split.Count} claims from {decision.From}");
        await store.Audit.AppendAsync(new AuditNote(decision.At, decision.By, what.Item1, decision.Id, $"{what.Item2}: {decision.Reason}"), cancel);
        await store.Tracks.CommitAsync(new IntakeBatch
        {
            Feed = "decisions on hulls",
            Count = new Records.IntakeCount(),
            Candidates = [.. touched.Select(c => c.Mmsi).OfType<Mmsi>().Distinct().SelectMany(m => new[] { new Candidate(m, CandidateKind.Identity, DateTimeOffset.UnixEpoch), new Candidate(m, CandidateKind.Silence, intake.Now - TimeSpan.FromDays(1)) })],
        }, cancel);
        return null;
    }

    private async Task<Vessel> DecidedAsync(Vessel hull, HullDecisions decided, CancellationToken cancel)
    {
        var all = decided.OneWith(hull.Id);
        var parts = new List<Vessel> { hull };
        foreach (var other in all.Where(id => id != hull.Id))
        {
            if (await ByNumberAsync(other, cancel) is { } part)
            {
                parts.Add(part);
            }
        }

        return hull with
        {
            Id = all[0],
            Claims = [.. parts.SelectMany(p => p.Claims).Where(c => decided.SplitOf(c.Id) is null).DistinctBy(c => c.Id).OrderBy(c => c.From).ThenBy(c => c.Id, StringComparer.Ordinal)],
            Listings = [.. parts.SelectMany(p => p.Listings).DistinctBy(l => l.Id)],
            Inspections = [.. parts.SelectMany(p => p.Inspections).DistinctBy(i => i.Id)],
            NoLongerStanding = [.. parts.SelectMany(p => p.NoLongerStanding).DistinctBy(c => c.Id)],
        };
    }

    private async Task<Vessel> SplitHullAsync(HullDecision split, HullDecisions decided, CancellationToken cancel)
    {
        var source = new List<IdentityClaim>();
        foreach (var id in decided.OneWith(split.From ?? ""))
        {
            source.AddRange((await ByNumberAsync(id, cancel))?.Claims ?? []);
        }

        return new Vessel(split.HullId, [.. source.Where(c => decided.SplitOf(c.Id)?.Id == split.Id).DistinctBy(c => c.Id)], []);
    }

    // What the numbers alone make of it.
    private async Task<Vessel?> ByNumberAsync(string hullId, CancellationToken cancel)
    {
        var parts = hullId.Split(':', 2);
        if (parts is ["imo", var imoText] && ImoNumber.TryParse(imoText, out var imo))
        {
            var (claims, gone) = await ClaimsAsync(null, imo, cancel);
            return claims.Count + gone.Count == 0 ? null : new Vessel(hullId, claims, await store.Identities.ListingsOfAsync(null, imo, cancel)) { Inspections = await store.Identities.InspectionsOfAsync(null, imo, cancel), NoLongerStanding = gone };
        }

        if (parts is not ["mmsi", var mmsiText] || !Mmsi.TryParse(mmsiText, out var mmsi))
        {
            return null;
        }

        var (own, past) = await ClaimsAsync(mmsi, null, cancel);
        if (own.Count + past.Count == 0 && (await store.Tracks.FixesOfAsync(mmsi, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, cancel)).Count == 0)
        {
            return null;
        }

        var hull = Vessel.Of(mmsi, mmsi.ToString(), own, await store.Identities.ListingsOfAsync(mmsi, null, cancel));
        return hull.Imo is { } number
            ? await ByNumberAsync(Vessel.IdOf(number, null, ""), cancel)
            : hull with { Inspections = await store.Identities.InspectionsOfAsync(mmsi, null, cancel), Claims = own.Count > 0 ? hull.Claims : [Nameless(mmsi)], NoLongerStanding = past };
    }

    // The claim of a statement stands while the statement is in force: so a claim is never taken back, and one written too early is not heard.
    private async Task<(IReadOnlyList<IdentityClaim> Standing, IReadOnlyList<IdentityClaim> Past)> ClaimsAsync(Mmsi? mmsi, ImoNumber? imo, CancellationToken cancel)
    {
        var (standing, past) = (new List<IdentityClaim>(), new List<IdentityClaim>());
        foreach (var claim in await store.Identities.ClaimsOfAsync(mmsi, imo, cancel))
        {
            var statement = StatementSource.StatementOf(claim) ?? "";
            var inForce = !StatementSource.IsStatement(claim) || (await store.Registry.FindAsync(RegistryRules.FileOf(statement), cancel))?.Standing()?.Id == statement;
            (inForce ? standing : past).Add(claim);
        }

        return (standing, past);
    }

    // A vessel that was heard but never said who she is.
    private static IdentityClaim Nameless(Mmsi mmsi) => new() { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = mmsi, FirstSeen = DateTimeOffset.UnixEpoch, LastSeen = DateTimeOffset.UnixEpoch };
}
