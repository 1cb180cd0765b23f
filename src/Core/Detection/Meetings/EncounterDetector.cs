using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Identity;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Meetings;

/// <summary>
/// An encounter judged: two ships within 500 m for two hours at a median speed under 2 kn, 10 km or more from an anchorage or a
/// port where one is known (SCIENCE 4, K7), against the chance of it in that traffic (SCIENCE 2.7).
/// Innocent causes: a port or anchorage near, tugs, pilots and other service, fishing together, crowded water, a ship that needs
/// help, a licensed transfer. Not claimed: that anything went from one ship to the other. It is context for a person.
/// </summary>
/// <param name="options">Thresholds.</param>
/// <param name="toAnchorage">Distance to the nearest coastal anchorage or port; null where that is not known.</param>
public sealed class EncounterDetector(EncounterOptions options, Func<GeoPoint, Distance?> toAnchorage)
{
    public const string ModelVersion = "encounter-1 (weights proposed, not calibrated)";

    private static readonly TimeSpan Approach = TimeSpan.FromHours(2);

    /// <summary>The finding for the vessel of the picture; null near an anchorage or a port.</summary>
    /// <param name="picture">One of the two vessels.</param>
    /// <param name="encounter">From <see cref="EncounterScan"/>.</param>
    /// <param name="other">The hull she met.</param>
    /// <param name="otherTrackId">The track of that hull, by which a person finds her.</param>
    /// <param name="isOpen">True while it goes on or may yet be joined.</param>
    public Finding? Find(VesselPicture picture, Encounter encounter, Vessel other, string otherTrackId, bool isOpen)
    {
        var anchorage = toAnchorage(encounter.Mean);
        if (anchorage is { } near && near < options.FromAnchorage)
        {
            return null;
        }

        var (others, chance) = Traffic(picture, encounter);
        var evidence = new List<Evidence>();
        if (chance is { } c)
        {
            evidence.Add(new Evidence("chance", "company", c.Nats, $"{others} other ship{(others == 1 ? "" : "s")} within {options.TrafficRadius.NauticalMiles:0} nm: by chance {c.Expected:0.00} would be as near."));
        }

        if (Fastest(picture, encounter) is { } sog && sog >= options.UnderWay.Knots)
        {
            evidence.Add(new Evidence("underWay", "kinematics", 1, $"She went {sog:0.0} kn within two hours of it and {encounter.Speed.Knots:0.0} kn during it."));
        }

        var (serves, fish, rests) = (ShipWork.Serves(picture.Vessel) || ShipWork.Serves(other), ShipWork.IsFishing(picture.Vessel) && ShipWork.IsFishing(other), SaysStationary(picture, encounter));
        if (serves)
        {
            evidence.Add(new Evidence("service", "lawful", -3, "One of the two is of a type that works beside other ships."));
        }
        else if (fish)
        {
            evidence.Add(new Evidence("fishing", "lawful", -1.5, "Both are fishing vessels, which work in pairs and fleets."));
        }

        if (rests)
        {
            evidence.Add(new Evidence("atRest", "lawful", -1, "She reported herself at anchor, moored or aground during it."));
        }

        var score = options.PriorNats + evidence.Sum(e => e.Nats);
        var kind = serves || fish || rests ? FindingClass.Lawful : anchorage is null && chance is null ? FindingClass.CannotTell : FindingClass.Unexplained;
        return new Finding
        {
            Id = FactId.Of("encounter", picture.TrackId, otherTrackId, encounter.From),
            Kind = FindingKind.Encounter,
            Class = kind,
            Alert = kind == FindingClass.Unexplained && score >= options.AlertAtNats && evidence.Where(e => e.Nats > 0).Select(e => e.Family).Distinct().Count() >= 2,
            Mmsi = picture.Mmsi,
            TrackId = picture.TrackId,
            Imo = picture.Vessel.Imo,
            VesselId = picture.Vessel.Id,
            StartTime = encounter.From,
            EndTime = isOpen ? null : encounter.To,
            Start = encounter.Start,
            End = encounter.End,
            Sentence = $"{picture.Who} lay about {Math.Round(encounter.Apart.Metres / 10) * 10:0} m from {picture.NameOf(otherTrackId)} for {(encounter.To - encounter.From).TotalHours:0.0} h, {encounter.From:yyyy-MM-dd HH:mm'Z'} to {encounter.To:yyyy-MM-dd HH:mm'Z'}, near {encounter.Mean.ToDegreesMinutes()}, at {encounter.Speed.Knots:0.0} kn.",
            Band = kind == FindingClass.CannotTell ? Band.CannotTell : score >= 0 ? Band.High : score >= Math.Log(0.25) ? Band.Medium : Band.Low,
            PriorNats = options.PriorNats,
            Evidence = evidence,
            InnocentCauses =
            [
                new("port or anchorage near", anchorage is not null, anchorage is { } far ? $"no: the nearest is {far.NauticalMiles:0} nm away" : "cannot be told: no table of anchorages covers the place"),
                new("tug, pilot or other service", KnowsTypes(picture, other), serves ? "likely: one of the two is of such a type" : KnowsTypes(picture, other) ? "no: neither is of such a type" : "cannot be told: a ship type is missing"),
                new("fishing together", KnowsTypes(picture, other), fish ? "likely: both are fishing vessels" : KnowsTypes(picture, other) ? "no: not both are fishing vessels" : "cannot be told: a ship type is missing"),
                new("crowded water", chance is not null, chance is { } by ? $"{by.Expected:0.00} others as near are expected by chance" : "cannot be told: no other ship was heard there"),
                new("a ship that needs help", true, NeedsHelp(picture, encounter) ? "possible: she reported herself not under command or aground" : "her status did not say so"),
                new("licensed transfer or supply", false, "no register of transfers is connected"),
            ],
            WhatToCheck = ["Is either ship in need of help? Call both.", "Ask for declarations of transfer or supply for this time and place.", "Compare the draught of both before and after.", "Look whether either was silent before or after."],
            AsOf = picture.AsOf,
            ModelVersion = ModelVersion,
        };
    }

    // The most crowded of begin, middle and end; she herself and the one she met are left out.
    private (int Others, ChanceMeeting? Chance) Traffic(VesselPicture picture, Encounter encounter)
    {
        long first = HeardSlots.SlotOf(encounter.From), last = HeardSlots.SlotOf(encounter.To);
        var most = new[] { first, (first + last) / 2, last }.Max(slot => picture.Reception.HeardNear(encounter.Mean, options.TrafficRadius, slot, picture.TrackId));
        return most == 0 ? (0, null) : (most - 1, ChanceMeeting.Among(most - 1, options.TrafficRadius, options.Apart, 1));
    }

    private static double? Fastest(VesselPicture picture, Encounter encounter) => Between(picture, encounter.From - Approach, encounter.To + Approach)
        .Where(f => f.Time < encounter.From || f.Time > encounter.To).Max(f => f.SogKnots);

    private static bool SaysStationary(VesselPicture picture, Encounter encounter)
    {
        var during = Between(picture, encounter.From, encounter.To).ToList();
        return during.Count(f => f.SaysStationary) * 2 > during.Count;
    }

    private static bool NeedsHelp(VesselPicture picture, Encounter encounter) =>
        Between(picture, encounter.From, encounter.To).Any(f => f.Status is NavigationalStatus.NotUnderCommand or NavigationalStatus.Aground or NavigationalStatus.SartActive);

    private static IEnumerable<Fix> Between(VesselPicture picture, DateTimeOffset from, DateTimeOffset to) =>
        picture.Fixes.Skip(picture.LastAt(from - TimeSpan.FromTicks(1)) + 1).TakeWhile(f => f.Time <= to);

    private static bool KnowsTypes(VesselPicture picture, Vessel other) => picture.Vessel.ShipType is not null && other.ShipType is not null;
}
