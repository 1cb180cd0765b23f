using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Flags;

/// <summary>
/// Changes of a hull's flag over time (SCIENCE 3.3). Changes within a month are one transaction; one change is lawful trade and
/// never an alert; three within a year are a flag-hop that a person should look at, unless sales or fleet moves explain them.
/// Innocent causes: sale, fleet move, a register's own purge, an MMSI set late. Not claimed: why she changed.
/// The flags themselves carry no weight: any permutation of them gives the same score.
/// </summary>
public sealed class FlagChangeDetector(FlagOptions options)
{
    public const string ModelVersion = "flagChange-2 (weights proposed, not calibrated)";

    /// <summary>At most one finding, for the changes up to now; none without a change in the window.</summary>
    /// <param name="picture">What is known of the vessel.</param>
    /// <param name="silences">Her silences as judged, for a change that lies within one.</param>
    public Finding? Find(VesselPicture picture, IReadOnlyList<Finding>? silences = null)
    {
        if (picture.Flags is not { } tables || picture.Vessel.Imo is null || (picture.Vessel.LatestBroadcast is { Mmsi: { } latest } && picture.Mmsi is not null && latest != picture.Mmsi))
        {
            // Without a number that stays with the hull, two flags may be two ships; and a hull is judged under the identity she uses now.
            return null;
        }

        var stays = FlagStays.Of(picture.Vessel, tables);
        var changes = new List<FlagMove>();
        for (var i = 1; i < stays.Count; i++)
        {
            if (stays[i].From >= picture.AsOf - options.Window && stays[i].From <= picture.AsOf && (changes.Count == 0 || stays[i].From - changes[^1].After.From > options.OneTransaction))
            {
                changes.Add(new FlagMove(stays[i - 1], stays[i]));
            }
        }

        if (changes.Count == 0)
        {
            return null;
        }

        var list = string.Join(", ", changes.Select(c => $"{tables.NameOf(c.Before.Flag)} to {tables.NameOf(c.After.Flag)} ({c.After.From:yyyy-MM-dd})"));
        return Finding(picture, changes, ChurnEvidence.Of(picture, tables, stays, changes, silences ?? [], options), tables.NameOf, list);
    }

    private Finding Finding(VesselPicture picture, IReadOnlyList<FlagMove> changes, IReadOnlyList<Evidence> evidence, Func<FlagState, string> nameOf, string list)
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
                new("sale of the ship", true, evidence.Any(e => e.Name == "sale") ? "her owner changed with the flag" : changes.Count == 1 ? "likely: a single change" : $"{changes.Count} changes more than {options.OneTransaction.TotalDays:0} days apart are more than one sale"),
                new("registers confirm the changes", picture.Vessel.Registers.Any(), picture.Vessel.Registers.Any() ? $"{changes.Count(c => c.Before.ByRegister && c.After.ByRegister)} of {changes.Count} confirmed at both ends" : "no register reached"),
                new("fleet move of one company", picture.Vessel.Claims.Any(c => c.Owner is not null), evidence.Any(e => e.Name == "fleetMove") ? "likely for a part of the changes" : picture.Vessel.Claims.Any(c => c.Owner is not null) ? "no other ships of her owner moved with her" : "no source of company fleets is connected"),
                new("MMSI set late or wrong after a lawful change", true, changes[^1].After.ByRegister ? $"no: {nameOf(last.Flag)} is registered" : "possible: the last flag is known from the MMSI alone"),
            ],
            WhatToCheck = ["Ask the register of the flag last claimed: is this ship yours, since when?", "Compare owner and class before and after each change.", "Look for a listing, detention or ban shortly before a change."],
            AsOf = picture.AsOf,
            ModelVersion = ModelVersion,
        };
    }
}
