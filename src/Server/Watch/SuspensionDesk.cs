using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>Begins and lifts suspensions, and says of a finding whether one holds it back. What is held back is counted.</summary>
internal sealed class SuspensionDesk(IStore store, HullDesk hulls, Intake intake, Settings.Settings settings, TimeProvider clock)
{
    /// <summary>The suspension that covers the finding, which now counts it; null where none does.</summary>
    public async Task<Suspension?> HoldingAsync(Finding finding, CancellationToken cancel)
    {
        var holding = (await store.Suspensions.AllAsync(cancel)).LastOrDefault(s => s.Covers(finding));
        if (holding is not null && !holding.Held.Contains(finding.Id))
        {
            await store.Suspensions.HoldAsync(holding.Id, finding.Id, cancel);
        }

        return holding;
    }

    /// <summary>Keeps a suspension. Gives it, or what is wrong with it.</summary>
    public async Task<(Suspension? Begun, string? Fault)> BeginAsync(SuspensionDraft draft, string by, CancellationToken cancel)
    {
        var hull = draft.Hull is null ? null : await hulls.FindAsync(draft.Hull, cancel);
        if (hull is null)
        {
            return (null, $"Expected a known hull, found '{draft.Hull}'.");
        }

        var (owner, now) = (string.IsNullOrWhiteSpace(draft.Owner) ? by : draft.Owner.Trim(), clock.GetUtcNow());
        if (!await IsAnalystAsync(store, owner, cancel))
        {
            return (null, $"Expected as owner the account of an analyst who can sign in, found '{owner}'.");
        }

        var (kinds, text, reason) = (draft.Kinds?.Distinct().Order().ToList() ?? [], draft.Text?.Trim() ?? "", draft.Reason ?? SuspensionReason.Other);
        var from = draft.From ?? intake.Now;
        var mmsi = hull.LatestBroadcast?.Mmsi ?? hull.Claims.Select(c => c.Mmsi).FirstOrDefault(m => m is not null) ?? (Mmsi.TryParse(hull.Id.Split(':')[^1], out var number) ? number : null);
        var suspension = new Suspension
        {
            Id = FactId.Of("suspension", hull.Id, string.Join(',', kinds), from, draft.Until, by, now), HullId = hull.Id, Mmsi = mmsi, Imo = hull.Imo, Kinds = kinds, Reason = reason, Text = text, Owner = owner,
            From = from, Until = draft.Until ?? from, By = by, At = now,
        };
        if (draft.Reason is null || suspension.Fault(settings.Assessment.LongestSuspension) is not null)
        {
            return (null, draft.Reason is null ? "Expected a reason code." : suspension.Fault(settings.Assessment.LongestSuspension));
        }

        var detail = $"{string.Join(", ", kinds)}; begins {FactId.Iso(suspension.From)} to {FactId.Iso(suspension.Until)}; {reason}: {text}; owner {owner}";
        await store.Suspensions.BeginAsync(suspension, new AuditNote(now, by, "suspend", hull.Id, detail), cancel);
        return (suspension, null);
    }

    /// <summary>Lifts one: what begins from now on is raised again. False when it is not known or was lifted before.</summary>
    public async Task<bool> LiftAsync(string id, string by, string why, CancellationToken cancel)
    {
        var (now, from) = (clock.GetUtcNow(), intake.Now);
        return await store.Suspensions.LiftAsync(id, from, by, now, new AuditNote(now, by, "lift suspension", id, $"behaviour from {FactId.Iso(from)} on is raised again; {why}"), cancel);
    }

    /// <summary>Current findings of the hull that a suspension may speak of.</summary>
    public async Task<IReadOnlyList<StoredFinding>> FindingsAsync(Suspension suspension, CancellationToken cancel) =>
        suspension.Mmsi is { } mmsi ? [.. (await store.Findings.OfVesselAsync(mmsi, cancel)).Where(f => suspension.Covers(f.Finding))] : [];

    /// <summary>Whether a name is the account of an analyst who is not kept out.</summary>
    public static async Task<bool> IsAnalystAsync(IStore store, string name, CancellationToken cancel) =>
        await store.Accounts.FindAsync(name, cancel) is { Disabled: false } account && account.Name == name && account.Roles.Contains(Access.Roles.Analyst);
}

/// <summary>What is asked for when a suspension is to begin. Times are of behaviour.</summary>
internal sealed record SuspensionDraft(string? Hull, IReadOnlyList<FindingKind>? Kinds, SuspensionReason? Reason, string? Text, string? Owner, DateTimeOffset? From, DateTimeOffset? Until);
