using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Meetings;

/// <summary>
/// Loitering: from whole hour to whole hour under 2 kn, hour after hour, 20 nm or more from shore on the mean; not for fishing
/// vessels, whose work it is (SCIENCE 4, K6).
/// Innocent causes: anchored or moored offshore, not under command, service offshore, waiting for orders, a berth or the weather.
/// Not claimed: why she waits, nor for whom. It is context for a person.
/// </summary>
/// <param name="options">Thresholds.</param>
/// <param name="toShore">Distance to the nearest shore; null where that is not known.</param>
public sealed class LoiteringDetector(LoiteringOptions options, Func<GeoPoint, Distance?> toShore)
{
    public const string ModelVersion = "loitering-1 (weights proposed, not calibrated)";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>All loitering of the picture that began at or after a time, oldest first; the last may still go on.</summary>
    public IEnumerable<Finding> Find(VesselPicture picture, DateTimeOffset since)
    {
        var hours = ShipWork.IsFishing(picture.Vessel) ? [] : Hours(picture.Fixes);
        for (var first = 0; first < hours.Count; first++)
        {
            var last = first;
            while (last + 1 < hours.Count && hours[last + 1].Time - hours[last].Time == Hour && Geodesy.Between(hours[last].At, hours[last + 1].At) / Hour < options.Slow)
            {
                last++;
            }

            var slow = hours[first..(last + 1)];
            if (slow[^1].Time - slow[0].Time >= options.Least && slow[0].Time >= since)
            {
                var distances = slow.Select(h => toShore(h.At)).ToList();
                var shore = distances.Contains(null) ? (Distance?)null : Distance.FromMetres(distances.Average(d => d!.Value.Metres));
                if (shore is not { } known || known >= options.FromShore)
                {
                    yield return Judge(picture, slow, shore);
                }
            }

            first = last;
        }
    }

    private Finding Judge(VesselPicture picture, List<(DateTimeOffset Time, GeoPoint At)> slow, Distance? shore)
    {
        var (from, to) = (slow[0], slow[^1]);
        var (length, during) = (to.Time - from.Time, picture.Fixes.Where(f => f.Time >= from.Time && f.Time <= to.Time).ToList());
        var way = Distance.FromMetres(slow.Zip(slow.Skip(1)).Sum(p => Geodesy.Between(p.First.At, p.Second.At).Metres));
        var (serves, rests) = (ShipWork.Serves(picture.Vessel), during.Count(f => f.SaysStationary) * 2 > during.Count);
        var helpless = during.Any(f => f.Status is NavigationalStatus.NotUnderCommand or NavigationalStatus.Aground or NavigationalStatus.SartActive);
        var evidence = new List<Evidence>
        {
            new("slow", "kinematics", Math.Min(2, options.DoublingNats * (1 + Math.Log2(length / options.Least))), $"{length.TotalHours:0} h under {options.Slow.Knots:0} kn, {way.NauticalMiles:0.0} nm in all."),
        };
        if (serves)
        {
            evidence.Add(new Evidence("service", "lawful", -2, "She is of a type that works slowly offshore."));
        }

        if (rests)
        {
            evidence.Add(new Evidence("atRest", "lawful", -1, "She reported herself at anchor, moored or aground."));
        }

        var score = options.PriorNats + evidence.Sum(e => e.Nats);
        var kind = shore is null ? FindingClass.CannotTell : serves || rests || helpless ? FindingClass.Lawful : FindingClass.Unexplained;
        return new Finding
        {
            Id = FactId.Of("loitering", picture.TrackId, from.Time),
            Kind = FindingKind.Loitering,
            Class = kind,
            // One family alone: she waits, which is no matter for an alert.
            Alert = false,
            Mmsi = picture.Mmsi,
            TrackId = picture.TrackId,
            Imo = picture.Vessel.Imo,
            VesselId = picture.Vessel.Id,
            StartTime = from.Time,
            EndTime = picture.AsOf - to.Time < Hour + options.Interpolated ? null : to.Time,
            Start = from.At,
            End = to.At,
            Sentence = $"{picture.Who} went slower than {options.Slow.Knots:0} kn for {length.TotalHours:0} h, {from.Time:yyyy-MM-dd HH:mm'Z'} to {to.Time:yyyy-MM-dd HH:mm'Z'}, near {from.At.ToDegreesMinutes()}{(shore is { } off ? $", {off.NauticalMiles:0} nm from shore" : "")}.",
            Band = kind == FindingClass.CannotTell ? Band.CannotTell : score >= 0 ? Band.High : score >= Math.Log(0.25) ? Band.Medium : Band.Low,
            PriorNats = options.PriorNats,
            Evidence = evidence,
            InnocentCauses =
            [
                new("anchorage or pilot station near the coast", shore is not null, shore is { } away ? $"no: {away.NauticalMiles:0} nm from shore on the mean" : "cannot be told: the distance to shore is not known"),
                new("anchored, moored or aground", during.Any(f => f.Status is not null), rests ? "likely: she said so" : during.Any(f => f.Status is not null) ? "no: her status does not say so" : "cannot be told: no status was received"),
                new("not under command", during.Any(f => f.Status is not null), helpless ? "likely: her status says so" : during.Any(f => f.Status is not null) ? "no: her status does not say so" : "cannot be told: no status was received"),
                new("service offshore", picture.Vessel.ShipType is not null, picture.Vessel.ShipType is null ? "cannot be told: no ship type is known" : serves ? "likely: she is of such a type" : "no: she is of another type"),
                new("waiting for orders, a berth or the weather", false, "no source of voyage orders or weather is connected"),
            ],
            WhatToCheck = ["Does she need help? Call her.", "Who else was near while she waited, heard or silent?", "Compare her draught and destination before and after."],
            AsOf = picture.AsOf,
            ModelVersion = ModelVersion,
        };
    }

    // Where she was at whole hours, at a fix or between two that are near enough in time.
    private List<(DateTimeOffset Time, GeoPoint At)> Hours(IReadOnlyList<Fix> fixes)
    {
        var hours = new List<(DateTimeOffset Time, GeoPoint At)>();
        for (var i = 0; i < fixes.Count; i++)
        {
            var (to, from) = (fixes[i], i > 0 ? fixes[i - 1] : fixes[i]);
            var whole = new DateTimeOffset(from.Time.UtcTicks / Hour.Ticks * Hour.Ticks, TimeSpan.Zero);
            for (whole = whole < from.Time || i > 0 ? whole + Hour : whole; whole <= to.Time; whole += Hour)
            {
                if (whole == to.Time || to.Time - from.Time <= options.Interpolated)
                {
                    hours.Add((whole, whole == to.Time ? to.At : Geodesy.Along(from.At, to.At, (whole - from.Time) / (to.Time - from.Time))));
                }
            }
        }

        return hours;
    }
}
