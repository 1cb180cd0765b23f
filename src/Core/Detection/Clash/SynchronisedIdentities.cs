using System.Runtime.InteropServices;
using MaritimeWatch.Identity;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Clash;

/// <summary>Bounds of <see cref="SynchronisedIdentities"/> (SCIENCE 4, K12).</summary>
public sealed record SynchronisedOptions
{
    /// <summary>Reports within this of each other are of one place: 100 m.</summary>
    public Distance Within { get; init; } = Distance.FromMetres(100);

    /// <summary>And within this of one time: 10 s.</summary>
    public TimeSpan AtOnce { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For at least this long: 2 h.</summary>
    public TimeSpan Least { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Under way at this or more: 3 kn; ships at one berth lie as close.</summary>
    public Speed UnderWay { get; init; } = Speed.FromKnots(3);

    /// <summary>So many common reports at least: 12.</summary>
    public int LeastReports { get; init; } = 12;

    /// <summary>Of the times at which both were heard, this share together at least: 0.9; 0 to 1.</summary>
    public double LeastShare { get; init; } = 0.9;
}

/// <summary>
/// Two identities or more that move as one ship for hours: one hull that sends several numbers, or two that are tied together.
/// Source: SCIENCE 4, K12 (tracks within 100 m and 10 s for hours). Innocent causes: a tow, a pusher with her barge, a tender, a
/// spare set left on; each is a named test with a result. Not claimed: that anybody hides; it is context and never an alert.
/// </summary>
public sealed class SynchronisedIdentities(SynchronisedOptions options)
{
    public const string ModelVersion = "synchronised-1 (weights proposed, not calibrated)";

    private const double PriorNats = -3;

    /// <summary>One finding a pair, in order of their keys.</summary>
    /// <param name="pictures">All vessels; their fixes are looked at once.</param>
    public IReadOnlyList<Finding> Find(IEnumerable<VesselPicture> pictures)
    {
        var known = pictures.Where(p => p.Fixes.Count >= options.LeastReports).OrderBy(p => p.TrackId, StringComparer.Ordinal).ToList();
        var cells = new Dictionary<(long Time, int Row, int Column), List<(int Vessel, int Fix)>>();
        for (var v = 0; v < known.Count; v++)
        {
            for (var i = 0; i < known[v].Fixes.Count; i++)
            {
                var fix = known[v].Fixes[i];
                if (fix.SogKnots >= options.UnderWay.Knots)
                {
                    (CollectionsMarshal.GetValueRefOrAddDefault(cells, KeyOf(fix), out _) ??= []).Add((v, i));
                }
            }
        }

        var meetings = new Dictionary<(int A, int B), List<(DateTimeOffset At, double Metres)>>();
        foreach (var (key, here) in cells)
        {
            foreach (var (vessel, index) in here)
            {
                foreach (var (other, fix) in Around(cells, key).Where(o => o.Vessel > vessel))
                {
                    Fix a = known[vessel].Fixes[index], b = known[other].Fixes[fix];
                    if ((a.Time - b.Time).Duration() <= options.AtOnce && Geodesy.Between(a.At, b.At) is var apart && apart <= options.Within)
                    {
                        (CollectionsMarshal.GetValueRefOrAddDefault(meetings, (vessel, other), out _) ??= []).Add((a.Time, apart.Metres));
                    }
                }
            }
        }

        return [.. meetings.Where(m => m.Value.Count >= options.LeastReports).OrderBy(m => m.Key).Select(m => Judge(known[m.Key.A], known[m.Key.B], [.. m.Value.OrderBy(t => t.At)])).OfType<Finding>()];
    }

    private Finding? Judge(VesselPicture a, VesselPicture b, IReadOnlyList<(DateTimeOffset At, double Metres)> together)
    {
        var (from, to) = (together[0].At, together[^1].At);
        var both = a.Fixes.Count(f => f.Time >= from && f.Time <= to && f.SogKnots >= options.UnderWay.Knots && HeardAt(b, f.Time));
        var share = both == 0 ? 0 : Math.Min(1, together.Select(t => t.At).Distinct().Count() / (double)both);
        if (to - from < options.Least || share < options.LeastShare)
        {
            return null;
        }

        var middle = together.Select(t => t.Metres).Order().ElementAt(together.Count / 2);
        var tow = new[] { a, b }.Any(p => p.Vessel.ShipType is 31 or 32 or 52);
        string[] references = [FactId.Iso(from), FactId.Iso(to)];
        var evidence = new List<Evidence>
        {
            new("together", "place", Math.Min(6, 1.5 * (to - from).TotalHours), $"For {(to - from).TotalHours:0.0} h {together.Count} reports of both were within {options.Within.Metres:0} m and {options.AtOnce.TotalSeconds:0} s of each other, {middle:0} m in the median, under way.", references),
        };
        if (tow)
        {
            evidence.Add(new Evidence("tow", "lawful", -4, "One of them is a tug or a towing vessel: a tow moves as one.", references));
        }

        if (a.Vessel.Imo is { } one && b.Vessel.Imo is { } other && one != other)
        {
            evidence.Add(new Evidence("twoHulls", "lawful", -1.5, $"They name two hulls with right numbers, IMO {one} and IMO {other}.", references));
        }

        var score = PriorNats + evidence.Sum(e => e.Nats);
        return new Finding
        {
            Id = FactId.Of("synchronised", a.TrackId, b.TrackId, from),
            Kind = FindingKind.IdentityClash,
            Class = FindingClass.IdentityClash,
            Alert = false,
            Mmsi = a.Mmsi,
            TrackId = a.TrackId,
            Imo = a.Vessel.Imo,
            VesselId = a.Vessel.Id,
            StartTime = from,
            EndTime = to,
            Start = a.Fixes[Math.Max(0, a.LastAt(from))].At,
            End = a.Fixes[Math.Max(0, a.LastAt(to))].At,
            Sentence = $"{a.Who} and {b.Who} moved as one for {(to - from).TotalHours:0.0} h from {from:yyyy-MM-dd HH:mm'Z'}, {middle:0} m apart in the median.",
            Band = score >= 0 ? Band.Medium : Band.Low,
            PriorNats = PriorNats,
            Evidence = evidence,
            InnocentCauses =
            [
                new("tow, pusher or escort", a.Vessel.ShipType is not null || b.Vessel.ShipType is not null, tow ? "likely by type" : "not by type, as far as types are known"),
                new("tender or spare set of one ship", false, "ask the ship"),
                new("two ships in company", true, share > 0.98 ? "unlikely so close for so long" : "possible"),
            ],
            WhatToCheck = ["Look at a picture or the radar: one ship or two?", "Compare name, size and type sent under the two numbers.", "Ask the ship which sets she carries."],
            AsOf = a.AsOf,
            ModelVersion = ModelVersion,
        };
    }

    private bool HeardAt(VesselPicture vessel, DateTimeOffset time)
    {
        var at = vessel.LastAt(time + options.AtOnce);
        return at >= 0 && vessel.Fixes[at].Time >= time - options.AtOnce;
    }

    private static IEnumerable<(int Vessel, int Fix)> Around(Dictionary<(long Time, int Row, int Column), List<(int, int)>> cells, (long Time, int Row, int Column) key)
    {
        for (var t = -1; t <= 1; t++)
        {
            for (var row = -1; row <= 1; row++)
            {
                for (var column = -1; column <= 1; column++)
                {
                    foreach (var one in cells.GetValueOrDefault((key.Time + t, key.Row + row, key.Column + column)) ?? [])
                    {
                        yield return one;
                    }
                }
            }
        }
    }

    // Rows of 100 m and more; columns widen with the latitude so that a neighbour is never further than one column.
    private (long, int, int) KeyOf(in Fix fix)
    {
        var rowDeg = options.Within.NauticalMiles / 60;
        var row = (int)Math.Floor(fix.LatDeg / rowDeg);
        var columnDeg = rowDeg / Math.Max(0.05, Math.Cos((Math.Abs(fix.LatDeg) + (2 * rowDeg)) * Math.PI / 180)) * 1.5;
        return (fix.Time.Ticks / options.AtOnce.Ticks, row, (int)Math.Floor(fix.LonDeg / columnDeg));
    }
}
