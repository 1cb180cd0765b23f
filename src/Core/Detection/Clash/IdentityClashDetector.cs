using MaritimeWatch.Detection.Interference;
using MaritimeWatch.Identity;
using MaritimeWatch.Tracks.Segments;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Clash;

/// <summary>
/// One identity heard from two places at once for hours, in turns that no ship can make.
/// Source: SCIENCE 4, K1 (overlap of 2 h, separation above 25 kn times the time).
/// Innocent causes: a number set by mistake or by a yard's default, a second set on board a tender, GNSS interference, a
/// provider's wrong times; each is a named test with a result.
/// Not claimed: which of the two has the right to the number, nor that either took it on purpose; it is never an alert by itself.
/// </summary>
public sealed class IdentityClashDetector(ClashOptions options)
{
    public const string ModelVersion = "identityClash-1 (weights proposed, not calibrated)";

    /// <summary>At most one finding, for the overlaps up to now.</summary>
    /// <param name="picture">The identity's vessel.</param>
    /// <param name="track">Her fixes taken apart.</param>
    /// <param name="areas">Interference known; a turn in it says nothing.</param>
    public Finding? Find(VesselPicture picture, SegmentedTrack track, IReadOnlyList<InterferenceArea> areas)
    {
        var far = Turn.Of(track).Where(t => t.Apart > options.Noise + (options.Fastest * t.Wait)).ToList();
        var turns = far.Where(t => !areas.Any(a => a.Covers(t.Before.At, t.Before.Time) && a.Covers(t.After.At, t.After.Time))).ToList();
        var heard = TimeSpan.Zero;
        for (var i = 1; i < turns.Count; i++)
        {
            var between = turns[i].After.Time - turns[i - 1].After.Time;
            heard += between <= options.LongestBetweenTurns ? between : TimeSpan.Zero;
        }

        if (turns.Count < options.LeastTurns || heard < options.LeastOverlap)
        {
            return null;
        }

        Turn first = turns[0], last = turns[^1];
        var (nearest, farthest) = (turns.Min(t => t.Apart), turns.Max(t => t.Apart));
        var evidence = new List<Evidence>
        {
            new("twoPlaces", "place", Math.Min(6, 2 * heard.TotalHours), $"In {heard.TotalHours:0.0} h she was heard {turns.Count} times in turn from places {nearest.NauticalMiles:0.0} to {farthest.NauticalMiles:0.0} nm apart.", [FactId.Iso(first.After.Time), FactId.Iso(last.After.Time)]),
        };
        var names = Said(picture, first, last, c => c.Name);
        if (names.Count > 1)
        {
            evidence.Add(new Evidence("twoNames", "identity", 2, $"Two names or more are sent under the number: {string.Join(", ", names)}.", []));
        }

        var score = options.PriorNats + evidence.Sum(e => e.Nats);
        return new Finding
        {
            Id = FactId.Of("identityClash", picture.TrackId, first.After.Time),
            Kind = FindingKind.IdentityClash,
            Class = FindingClass.IdentityClash,
            Alert = false,
            Mmsi = picture.Mmsi,
            TrackId = picture.TrackId,
            Imo = picture.Vessel.Imo,
            VesselId = picture.Vessel.Id,
            StartTime = first.Before.Time,
            EndTime = picture.AsOf - last.After.Time > options.LongestBetweenTurns ? last.After.Time : null,
            Start = first.Before.At,
            End = first.After.At,
            Sentence = $"{picture.Who} was heard from two places at once, {nearest.NauticalMiles:0} to {farthest.NauticalMiles:0} nm apart, for {heard.TotalHours:0.0} h from {first.Before.Time:yyyy-MM-dd HH:mm'Z'}: two transmitters use the number.",
            Band = score >= Math.Log(4) ? Band.High : score >= 0 ? Band.Medium : Band.Low,
            PriorNats = options.PriorNats,
            Evidence = evidence,
            InnocentCauses =
            [
                new("number set by mistake or never configured", true, picture.Mmsi is { Kind: MmsiKind.Unassigned } ? "likely: the number has no assigned form" : "possible: numbers are typed by hand"),
                new("second set on a tender or a tow", true, $"no: they are at least {nearest.NauticalMiles:0.0} nm apart"),
                new("GNSS interference", true, far.Count > turns.Count ? $"explains {far.Count - turns.Count} of {far.Count} turns, which are left out" : "no area of interference covers the places"),
                new("wrong times of a provider", true, $"no: {turns.Count} turns to and fro in {heard.TotalHours:0.0} h"),
            ],
            WhatToCheck = ["Read names, call signs and IMO numbers of both transmitters.", "Ask the flag State to which ship the number is licensed.", "Judge silences of each chain by itself."],
            AsOf = picture.AsOf,
            ModelVersion = ModelVersion,
        };
    }

    private static List<string> Said(VesselPicture picture, Turn first, Turn last, Func<IdentityClaim, string?> part) =>
        [.. picture.Vessel.Broadcasts.Where(c => c.Mmsi == picture.Mmsi && c.FirstSeen <= last.After.Time && c.LastSeen >= first.Before.Time).Select(part).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
}
