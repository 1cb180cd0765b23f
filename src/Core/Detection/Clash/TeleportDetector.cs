using MaritimeWatch.Detection.Interference;
using MaritimeWatch.Tracks.Segments;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Clash;

/// <summary>
/// A move faster than any ship, after which three reports or more come from the new place. The limit of the segments, 50 kn,
/// lies above the greatest speed of every type of ship.
/// Source: SCIENCE 4, K2 (three fixes; a single one is noise).
/// Innocent causes: GNSS interference, a second transmitter under the number, a receiver set up or moved; each is tested.
/// Not claimed: that she, or anybody, falsified a position.
/// </summary>
public sealed class TeleportDetector
{
    public const string ModelVersion = "teleport-1 (weights proposed, not calibrated)";

    /// <summary>Log odds that a stay elsewhere is more than equipment: 1 in 20.</summary>
    private const double PriorNats = -3;

    /// <summary>One finding for each chain that begins elsewhere, oldest first; none for a number that two ships are known to share.</summary>
    public IEnumerable<Finding> Find(VesselPicture picture, SegmentedTrack track, IReadOnlyList<InterferenceArea> areas)
    {
        foreach (var turn in Turn.Of(track).Where(t => track.Chains[t.ChainAfter].Fixes[0] == t.After))
        {
            var to = track.Chains[turn.ChainAfter];
            var area = areas.FirstOrDefault(a => a.Covers(turn.Before.At, turn.Before.Time) && a.Covers(turn.After.At, turn.After.Time));
            string[] references = [FactId.Iso(turn.Before.Time), FactId.Iso(turn.After.Time)];
            var inTime = turn.Wait > TimeSpan.Zero ? $"{turn.Wait.TotalSeconds:0} s ({(turn.Apart / turn.Wait).Knots:0} kn)" : "no time";
            var evidence = new List<Evidence> { new("teleport", "kinematics", 2, $"From one report to the next she moved {turn.Apart.NauticalMiles:0.0} nm in {inTime}; {to.Fixes.Count} reports came from there.", references) };
            if (area is not null)
            {
                evidence.Add(new Evidence("areaInterference", "GNSS", -3, $"Position unreliable: {area.Vessels} vessels were displaced there at the time.", [area.Id]));
            }

            var score = PriorNats + evidence.Sum(e => e.Nats);
            yield return new Finding
            {
                Id = FactId.Of("teleport", picture.TrackId, turn.After.Time, turn.After.LatDeg, turn.After.LonDeg),
                Kind = FindingKind.Kinematic,
                Class = area is null ? FindingClass.CannotTell : FindingClass.Interference,
                Alert = false,
                Mmsi = picture.Mmsi,
                TrackId = picture.TrackId,
                Imo = picture.Vessel.Imo,
                VesselId = picture.Vessel.Id,
                StartTime = turn.Before.Time,
                EndTime = to.Fixes[^1].Time,
                Start = turn.Before.At,
                End = turn.After.At,
                Sentence = $"{picture.Who} was reported {turn.Apart.NauticalMiles:0.0} nm away after {inTime} at {turn.After.Time:yyyy-MM-dd HH:mm'Z'}, which no ship can sail.",
                Band = area is not null || score >= 0 ? Band.CannotTell : Band.Low,
                PriorNats = PriorNats,
                Evidence = evidence,
                InnocentCauses =
                [
                    new("GNSS interference of an area", true, area is null ? "no area covers both places" : $"yes: {area.Vessels} vessels, from {area.From:HH:mm'Z'}"),
                    new("second transmitter under the number", true, track.Chains.Count > 1 ? "possible: see whether both places go on together" : "no"),
                    new("error of a single report", true, $"no: {to.Fixes.Count} reports"),
                    new("receiver set up or moved", false, "positions do not carry their receiver"),
                ],
                WhatToCheck = ["Look at the ships around her: were they displaced too?", "Compare with another provider or radar."],
                AsOf = picture.AsOf,
                ModelVersion = ModelVersion,
            };
        }
    }
}
