using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench;

/// <summary>
/// Takes reception away (class R): stations and providers that are down, cells that hear less, range that shrinks, and ships that
/// are heard badly (SCIENCE 5.2, 3). No two outages overlap in time, so that each silence has one cause. It shares no code and
/// no number with what judges.
/// </summary>
internal sealed class OutageInjector(long seed)
{
    private const double LeastRadiusNm = 15, MostRadiusNm = 50, LeastHours = 0.5, MostHours = 24;
    private const double HandoverNm = 40, HandoverShare = 0.15, ThinCellDeg = 0.15, WeakShare = 0.04;

    /// <summary>What an outage takes: its window, and which fixes in it.</summary>
    private sealed record Loss(BenchTruth Truth, Func<string, Fix, bool> Takes);

    /// <summary>The world with outages one after another, a last part heard only near a point, and some vessels heard badly throughout.</summary>
    /// <param name="world">Nothing was done to it yet.</param>
    /// <param name="most">How many outages at most; each has a part of the time for itself.</param>
    public BenchWorld Inject(BenchWorld world, int most)
    {
        var random = new BenchRandom(seed, "outages", world.Name);
        var span = world.End - world.Start;
        var handover = world.End - (span * HandoverShare);
        var parts = Math.Max(2, Math.Min(most, (int)((handover - world.Start).TotalHours / 5)));
        var part = (handover - world.Start) / parts;
        var losses = Enumerable.Range(0, parts).Select(i => Outage(world, world.Start + (part * i), part, i, random)).OfType<Loss>().Append(Handover(world, handover, random)).ToList();
        var weak = world.Tracks.Where(t => t.Tested && t.Fixes.Count > 20 && random.Chance(WeakShare)).ToDictionary(t => t.TrackId, _ => random.Between(0.60, 0.95));
        var tracks = world.Tracks.Select(t => t with { Fixes = [.. t.Fixes.Where(f => !(weak.TryGetValue(t.TrackId, out var lost) && random.Chance(lost)) && !losses.Exists(l => f.Time >= l.Truth.Start && f.Time < l.Truth.End && l.Takes(t.TrackId, f)))] }).ToList();
        var truths = losses.Select(l => l.Truth with { TrackIds = Touched(world.Tracks, tracks, l.Truth) }).Where(t => t.TrackIds.Count > 0)
            .Concat(weak.Keys.Order(StringComparer.Ordinal).Select(id => new BenchTruth { Id = $"{world.Name}/weak/{id}", Kind = TruthKind.WeakClassB, TrackIds = [id], Start = world.Start, End = world.End }));
        return world with { Name = $"{world.Name}/outages", Tracks = [.. tracks.Where(t => t.Fixes.Count > 0)], Truths = [.. truths] };
    }

    /// <summary>One outage within its part of the time, of a kind by turns; null when nobody is there to lose.</summary>
    private static Loss? Outage(BenchWorld world, DateTimeOffset from, TimeSpan part, int turn, BenchRandom random)
    {
        var kind = (turn % 5) switch { 3 => TruthKind.ProviderOutage, 4 => TruthKind.Thinning, _ => TruthKind.CellOutage };
        var hours = Math.Min(random.LogNormal(3, 1), MostHours);
        hours = Math.Min(Math.Max(hours, LeastHours), part.TotalHours * 0.8);
        var start = from + ((part - TimeSpan.FromHours(hours)) * random.Unit());
        var truth = new BenchTruth { Id = $"{world.Name}/{kind}{turn}", Kind = kind, TrackIds = [], Start = start, End = start.AddHours(hours) };
        if (kind == TruthKind.ProviderOutage)
        {
            return new Loss(truth, (_, _) => true);
        }

        if (kind == TruthKind.Thinning)
        {
            return new Loss(truth, Thinned(world, truth, random));
        }

        // Around a tested vessel that is heard then: an outage nobody is in has no verdict.
        var heard = world.Tracks.Where(t => t.Tested).SelectMany(t => t.Fixes.Where(f => f.Time >= start.AddMinutes(-20) && f.Time < start).TakeLast(1)).ToList();
        if (heard.Count == 0)
        {
            return null;
        }

        var radiusNm = random.Between(LeastRadiusNm, MostRadiusNm);
        var centre = Geodesy.Destination(random.Of(heard).At, Course.FromDegrees(random.Between(0, 360)), Distance.FromNauticalMiles(radiusNm * 0.8 * Math.Sqrt(random.Unit())));
        return new Loss(truth with { Area = Box(centre, radiusNm) }, (_, f) => Geodesy.RoughNm(f.LatDeg, f.LonDeg, centre.LatDeg, centre.LonDeg) <= radiusNm);
    }

    /// <summary>Each cell loses a share of its own, and more with every vessel in it.</summary>
    private static Func<string, Fix, bool> Thinned(BenchWorld world, BenchTruth truth, BenchRandom random)
    {
        const double PerVessel = 0.01, Most = 0.97;
        var counts = world.Tracks.SelectMany(t => t.Fixes.Where(f => f.Time >= truth.Start && f.Time < truth.End).Select(CellOf).Distinct()).GroupBy(c => c).ToDictionary(g => g.Key, g => g.Count());
        var lost = counts.OrderBy(c => c.Key).ToDictionary(c => c.Key, c => Math.Min(Most, random.Between(0.3, 0.95) + (PerVessel * c.Value)));
        return (_, f) => random.Chance(lost.GetValueOrDefault(CellOf(f)));

        static (int, int) CellOf(Fix f) => ((int)Math.Floor(f.LatDeg / ThinCellDeg), (int)Math.Floor(f.LonDeg / ThinCellDeg));
    }

    private static Loss Handover(BenchWorld world, DateTimeOffset from, BenchRandom random)
    {
        // A point at the rim, so that part of the area lies beyond.
        var point = new GeoPoint(random.Between(world.Area.SouthDeg, world.Area.NorthDeg), random.Chance(0.5) ? world.Area.WestDeg : world.Area.EastDeg);
        var truth = new BenchTruth { Id = $"{world.Name}/handover", Kind = TruthKind.Handover, TrackIds = [], Start = from, End = world.End };
        return new Loss(truth, (_, f) => Geodesy.RoughNm(f.LatDeg, f.LonDeg, point.LatDeg, point.LonDeg) > HandoverNm);
    }

    private static List<string> Touched(IReadOnlyList<BenchTrack> before, List<BenchTrack> after, BenchTruth truth)
    {
        return [.. before.Zip(after).Where(t => Count(t.First) != Count(t.Second)).Select(t => t.First.TrackId)];

        int Count(BenchTrack track) => track.Fixes.Count(f => f.Time >= truth.Start && f.Time < truth.End);
    }

    private static GeoBox Box(GeoPoint centre, double radiusNm)
    {
        double north = radiusNm / 60, east = north / Math.Max(0.2, Math.Cos(centre.LatDeg * Math.PI / 180));
        return new GeoBox(Math.Max(-90, centre.LatDeg - north), Geodesy.WrapLongitude(centre.LonDeg - east), Math.Min(90, centre.LatDeg + north), Geodesy.WrapLongitude(centre.LonDeg + east));
    }
}
