using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Flags;

/// <summary>
/// Changes of a hull's flag over time (SCIENCE 3.3). Changes within a month are one transaction; one change is lawful trade and
/// never an alert; three within a year are a flag-hop that a person should look at.
/// Innocent causes: sale, fleet move, a register's own purge, an MMSI set late. Not claimed: why she changed.
/// The flags themselves carry no weight: any permutation of them gives the same score.
/// </summary>
public sealed class FlagChangeDetector(FlagOptions options)
{
    public const string ModelVersion = "flagChange-1 (weights proposed, not calibrated)";

    /// <summary>At most one finding, for the changes up to now; none without a change in the window.</summary>
    public Finding? Find(VesselPicture picture)
    {
        if (picture.Flags is not { } tables || picture.Vessel.Imo is null || (picture.Vessel.LatestBroadcast is { Mmsi: { } latest } && latest != picture.Mmsi))
        {
            // Without a number that stays with the hull, two flags may be two ships; and a hull is judged under the identity she uses now.
            return null;
        }

        var stays = FlagStays.Of(picture.Vessel, tables);
        var changes = new List<(FlagStay Before, FlagStay After)>();
        for (var i = 1; i < stays.Count; i++)
        {
            if (stays[i].From >= picture.AsOf - options.Window && (changes.Count == 0 || stays[i].From - changes[^1].After.From > options.OneTransaction))
            {
                changes.Add((stays[i - 1], stays[i]));
            }
        }

        if (changes.Count == 0)
        {
            return null;
        }

        var evidence = new List<Evidence>();
        var expected = options.ChangesPerYear * options.Window.TotalDays / 365;
        var list = string.Join(", ", changes.Select(c => $"{tables.NameOf(c.Before.Flag)} to {tables.NameOf(c.After.Flag)} ({c.After.From:yyyy-MM-dd})"));
        evidence.Add(new Evidence("churn", "churn", -Math.Log(AtLeast(changes.Count, expected)),
            $"{changes.Count} change{(changes.Count == 1 ? "" : "s")} of flag in {options.Window.TotalDays:0} days, where {expected:0.0} is usual: {list}.", [.. changes.Select(c => c.After.ClaimId)]));
        AtSea(picture, changes, evidence);
        var returned = stays.Where((s, i) => i >= 2 && s.Flag == stays[i - 2].Flag && s.From >= picture.AsOf - options.Window).ToList();
        if (returned.Count > 0)
        {
            evidence.Add(new Evidence("return", "pattern", 0.7, $"She came back to a flag she had left: {tables.NameOf(returned[^1].Flag)}.", [returned[^1].ClaimId]));
        }

        var confirmed = changes.Where(c => c.Before.ByRegister && c.After.ByRegister).ToList();
        if (confirmed.Count > 0)
        {
            evidence.Add(new Evidence("confirmed", "lawful", -1.0 * confirmed.Count, $"Registers confirm both ends of {confirmed.Count} of the changes.", [.. confirmed.Select(c => c.After.ClaimId)]));
        }

        return Finding(picture, changes, evidence, tables.NameOf, list);
    }

    // A change of MMSI while under way, and with the transmitter silent, is rare: a ship is re-flagged in port (SCIENCE 3.1).
    private static void AtSea(VesselPicture picture, List<(FlagStay Before, FlagStay After)> changes, List<Evidence> evidence)
    {
        var last = changes[^1];
        if (last.After.ByRegister || last.After.Mmsi is not { } now || picture.Mmsi != now || picture.Fixes.FirstOrDefault(f => f.Time >= last.After.From - TimeSpan.FromHours(1)) is not { SogKnots: >= 3 } first)
        {
            return;
        }

        evidence.Add(new Evidence("changedAtSea", "behaviour", 1.5, $"The identity {now} was first heard under way at {first.SogKnots:0.0} kn, {first.Time:yyyy-MM-dd HH:mm'Z'} at {first.At.ToDegreesMinutes()}.", [last.After.ClaimId]));
        if (last.Before is { ByRegister: false } && first.Time - last.Before.Until is { TotalMinutes: > 20, TotalHours: < 48 } silent)
        {
            evidence.Add(new Evidence("silentBetween", "behaviour", 1, $"Between the last message of the old identity and the first of the new one lie {silent.TotalMinutes:0} min without either.", [last.Before.ClaimId, last.After.ClaimId]));
        }
    }

    private Finding Finding(VesselPicture picture, List<(FlagStay Before, FlagStay After)> changes, List<Evidence> evidence, Func<FlagState, string> nameOf, string list)
    {
        var score = options.PriorNats + evidence.Sum(e => e.Nats);
        var hop = changes.Count >= options.ChangesOfHop;
        var families = evidence.Where(e => e.Nats > 0).Select(e => e.Family).Distinct().Count();
        var last = changes[^1].After;
        return new Finding
        {
            Id = FactId.Of("flagChange", picture.Vessel.Id, last.From, last.Flag.Code),
            Kind = hop ? FindingKind.FlagHop : FindingKind.FlagChange,
            Class = hop ? FindingClass.FlagHop : FindingClass.FlagChange,
            Alert = hop && families >= 2 && score >= options.AlertAtNats,
            Mmsi = picture.Mmsi,
            TrackId = picture.TrackId,
            Imo = picture.Vessel.Imo,
            VesselId = picture.Vessel.Id,
            StartTime = changes[0].After.From,
            EndTime = last.From,
            Start = picture.Fixes.Count > 0 ? picture.Fixes[^1].At : null,
            Sentence = $"{picture.Who}, IMO {picture.Vessel.Imo}, changed flag {changes.Count} time{(changes.Count == 1 ? "" : "s")} in a year: {list}.",
            Band = !hop ? Band.Low : score >= 0 ? Band.High : score >= Math.Log(0.25) ? Band.Medium : Band.Low,
            PriorNats = options.PriorNats,
            Evidence = evidence,
            InnocentCauses =
            [
                new("sale of the ship", true, changes.Count == 1 ? "likely: a single change" : $"{changes.Count} changes more than {options.OneTransaction.TotalDays:0} days apart are more than one sale"),
                new("registers confirm the changes", picture.Vessel.Registers.Any(), picture.Vessel.Registers.Any() ? $"{changes.Count(c => c.Before.ByRegister && c.After.ByRegister)} of {changes.Count} confirmed at both ends" : "no register reached"),
                new("fleet move of one company", false, "no source of company fleets is connected"),
                new("MMSI set late or wrong after a lawful change", true, changes[^1].After.ByRegister ? $"no: {nameOf(last.Flag)} is registered" : "possible: the last flag is known from the MMSI alone"),
            ],
            WhatToCheck = ["Ask the register of the flag last claimed: is this ship yours, since when?", "Compare owner and class before and after each change.", "Look for a listing, detention or ban shortly before a change."],
            AsOf = picture.AsOf,
            ModelVersion = ModelVersion,
        };
    }

    /// <summary>P(N >= n) of a Poisson count.</summary>
    private static double AtLeast(int n, double mean)
    {
        double term = Math.Exp(-mean), below = 0;
        for (var k = 0; k < n; k++)
        {
            below += term;
            term *= mean / (k + 1);
        }

        // For small means the complement loses digits; the first terms of the tail are exact.
        return n > 0 && mean < 1 ? Enumerable.Range(0, 20).Aggregate((Sum: 0.0, Term: term), (s, k) => (s.Sum + s.Term, s.Term * mean / (n + k + 1))).Sum : 1 - below;
    }
}
