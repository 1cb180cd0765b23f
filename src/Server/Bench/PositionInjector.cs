using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench;

/// <summary>
/// Makes positions that are not what they seem (class X: numbers used twice, bits turned over, GNSS led astray) and data that
/// comes late (SCIENCE 5.2, 5). No silence is made; none may be raised for it. It shares no code and no number with what judges.
/// </summary>
internal sealed class PositionInjector(long seed)
{
    private const double ClashShare = 0.06, BitShare = 0.06, HoursPerDelay = 20;

    /// <param name="world">Nothing was done to it yet.</param>
    /// <param name="discs">Discs of interference.</param>
    public BenchWorld Inject(BenchWorld world, int discs)
    {
        var random = new BenchRandom(seed, "positions", world.Name);
        var (tracks, truths) = (world.Tracks.ToDictionary(t => t.TrackId), new List<BenchTruth>());
        foreach (var id in world.Tracks.Where(t => t.Tested && t.Fixes.Count > 30).Select(t => t.TrackId))
        {
            var chance = random.Unit();
            if (chance < ClashShare)
            {
                Clash(world, tracks, truths, id, random);
            }
            else if (chance < ClashShare + BitShare)
            {
                TurnBits(world, tracks, truths, id, random);
            }
        }

        for (var i = 0; i < discs; i++)
        {
            Displace(world, tracks, truths, i, discs, random);
        }

        var changed = world with { Name = $"{world.Name}/positions", Tracks = [.. tracks.Values.OrderBy(t => t.TrackId, StringComparer.Ordinal)], Truths = truths };
        return Late(changed, random);
    }

    /// <summary>For a time the messages of another vessel appear under her number too.</summary>
    private static void Clash(BenchWorld world, Dictionary<string, BenchTrack> tracks, List<BenchTruth> truths, string id, BenchRandom random)
    {
        var track = tracks[id];
        var others = world.Tracks.Where(t => t.TrackId != id && t.Fixes.Count > 30 && t.Fixes[0].Time < track.Fixes[^1].Time && t.Fixes[^1].Time > track.Fixes[0].Time).ToList();
        if (others.Count == 0)
        {
            return;
        }

        var theirs = random.Of(others).Fixes;
        var start = random.Of(theirs).Time;
        var end = start.AddHours(Math.Min(random.Between(3, 30), (world.End - start).TotalHours));
        var added = theirs.Where(f => f.Time >= start && f.Time < end).ToList();
        tracks[id] = track with { Fixes = [.. track.Fixes.Concat(added).Distinct().Order()] };
        truths.Add(new BenchTruth { Id = $"{world.Name}/clash/{id}", Kind = TruthKind.MmsiClash, TrackIds = [id], Start = start, End = end });
    }

    /// <summary>A few of her positions have one of the upper bits of a coordinate turned over, as a broken line that passed its checksum.</summary>
    private static void TurnBits(BenchWorld world, Dictionary<string, BenchTrack> tracks, List<BenchTruth> truths, string id, BenchRandom random)
    {
        const double UnitsPerDegree = 600_000;
        var fixes = tracks[id].Fixes.ToList();
        for (var n = 1 + random.Below(3); n > 0; n--)
        {
            var i = random.Below(fixes.Count);
            var (f, bit, isLat) = (fixes[i], 1 << (16 + random.Below(9)), random.Chance(0.5));
            double latDeg = isLat ? Turned(f.LatDeg, bit) : f.LatDeg, lonDeg = isLat ? f.LonDeg : Turned(f.LonDeg, bit);
            if (GeoPoint.IsOnEarth(latDeg, lonDeg))
            {
                fixes[i] = At(f, new GeoPoint(latDeg, lonDeg));
                truths.Add(new BenchTruth { Id = $"{world.Name}/bits/{id}/{n}", Kind = TruthKind.BitErrors, TrackIds = [id], Start = f.Time.AddMinutes(-1), End = f.Time.AddMinutes(1) });
            }
        }

        tracks[id] = tracks[id] with { Fixes = [.. fixes.Order()] };

        static double Turned(double deg, int bit) => ((int)Math.Round(deg * UnitsPerDegree) ^ bit) / UnitsPerDegree;
    }

    /// <summary>All that were in a disc over a time are displaced alike.</summary>
    private static void Displace(BenchWorld world, Dictionary<string, BenchTrack> tracks, List<BenchTruth> truths, int turn, int turns, BenchRandom random)
    {
        var part = (world.End - world.Start) / turns;
        var length = TimeSpan.FromHours(Math.Min(random.Between(1, 12), part.TotalHours * 0.6));
        var start = world.Start + (part * turn) + ((part - length) * random.Unit());
        var heard = world.Tracks.Where(t => t.Tested).SelectMany(t => t.Fixes.Where(f => f.Time >= start && f.Time < start + length).Take(1)).ToList();
        if (heard.Count == 0)
        {
            return;
        }

        var (centre, radiusNm) = (random.Of(heard).At, random.Between(8, 30));
        var (course, shift, touched) = (Course.FromDegrees(random.Between(0, 360)), Distance.FromNauticalMiles(random.Between(3, 25)), new List<string>());
        foreach (var (id, track) in tracks.OrderBy(t => t.Key, StringComparer.Ordinal).ToList())
        {
            bool Astray(Fix f) => f.Time >= start && f.Time < start + length && Geodesy.RoughNm(f.LatDeg, f.LonDeg, centre.LatDeg, centre.LonDeg) <= radiusNm;
            if (track.Fixes.Any(Astray))
            {
                touched.Add(id);
                tracks[id] = track with { Fixes = [.. track.Fixes.Select(f => Astray(f) ? At(f, Geodesy.Destination(f.At, course, shift)) : f).Order()] };
            }
        }

        truths.Add(new BenchTruth { Id = $"{world.Name}/disc{turn}", Kind = TruthKind.InterferenceDisc, TrackIds = touched, Start = start, End = start + length, Area = new GeoBox(centre.LatDeg, centre.LonDeg, centre.LatDeg, centre.LonDeg) });
    }

    /// <summary>Now and then what one half of the area heard comes up to five hours late, all at once; nothing is lost.</summary>
    private static BenchWorld Late(BenchWorld world, BenchRandom random)
    {
        var late = new List<LateFix>();
        var truths = new List<BenchTruth>();
        var middleDeg = (world.Area.SouthDeg + world.Area.NorthDeg) / 2;
        var parts = Math.Max(1, (int)((world.End - world.Start).TotalHours / HoursPerDelay));
        var part = (world.End - world.Start) / parts;
        for (var i = 0; i < parts; i++)
        {
            var length = TimeSpan.FromHours(Math.Min(random.Between(1.5, 5), part.TotalHours * 0.5));
            var start = world.Start + (part * i) + ((part - length) * random.Unit());
            var (end, north) = (start + length, random.Chance(0.5));
            var held = world.Tracks.SelectMany(t => t.Fixes.Where(f => f.Time >= start && f.Time < end && f.LatDeg > middleDeg == north).Select(f => new LateFix(t.TrackId, f, end))).ToList();
            if (held.Count > 0)
            {
                late.AddRange(held);
                truths.Add(new BenchTruth { Id = $"{world.Name}/late{i}", Kind = TruthKind.LateData, TrackIds = [.. held.Select(h => h.TrackId).Distinct()], Start = start, End = end });
            }
        }

        return world with { Late = late, Truths = [.. world.Truths, .. truths] };
    }

    private static Fix At(Fix f, GeoPoint at) => new(f.Time, at, f.SogKnots, f.CogDeg, f.HeadingDeg, f.Status, f.Transponder, f.Receiver);
}
