namespace MaritimeWatch.Feeds.Exercise;

/// <summary>Makes the crowd: every ship of every fleet with her identity and her day.</summary>
internal sealed class FleetMaker(ScenarioFile file, IdentityMaker identities)
{
    private const double LongBeforeS = -7200;
    private readonly double endS = file.Hours * 3600;

    public IEnumerable<ExerciseShip> Make()
    {
        foreach (var fleet in file.Fleets)
        {
            for (var n = 0; n < fleet.Count; n++)
            {
                yield return Ship(fleet, n);
            }
        }
    }

    public RouteSpec RouteOf(string? name) => Array.Find(file.Routes, r => r.Name == name)
        ?? throw new InvalidDataException($"scenario.json names the route '{name}', which is not among its routes.");

    private ExerciseShip Ship(FleetSpec fleet, int n)
    {
        var seed = file.Seed + (StableHash(fleet.Name) * 4096) + n;
        var kind = file.Kinds[fleet.Kinds[n % fleet.Kinds.Length]];
        var flags = file.FlagSets[fleet.Flags];
        var flag = flags[SeededNoise.Below(flags.Length, seed, 1)];
        var lengthM = (int)Draw(kind.LengthM, seed, 2);
        var knots = Math.Round(Draw(kind.SpeedKnots, seed, 3) * fleet.SpeedFactor, 1);
        var draughtM = Math.Round(Draw(kind.DraughtM, seed, 4), 1);
        var hasImo = SeededNoise.Unit(seed, 5) < kind.ImoShare;
        var dayOnly = SeededNoise.Unit(seed, 6) < fleet.DayOnlyShare;
        double sunriseS = SeededNoise.Between(6.2, 9.5, seed, 7) * 3600, sunsetS = SeededNoise.Between(16, 19, seed, 8) * 3600;
        return new ExerciseShip
        {
            Index = 0,
            Id = null,
            Fleet = fleet.Name,
            ClassB = fleet.ClassB,
            ShipType = kind.ShipType,
            Offsets = IdentityMaker.OffsetsOf(lengthM, seed),
            Identities = [identities.Make(double.MinValue, flag, hasImo, draughtM, fleet.ClassB)],
            Phases = [.. Day(fleet, n, knots, seed)],
            Silences = dayOnly ? [(double.MinValue, sunriseS), (sunsetS, double.MaxValue)] : [],
        };
    }

    private IEnumerable<Phase> Day(FleetSpec fleet, int n, double knots, long seed) => fleet.Behaviour switch
    {
        "transit" => Transit(fleet, n, knots, seed),
        "arrival" => Arrival(fleet, n, knots, seed),
        "shuttle" => Shuttle(fleet, n, knots, seed),
        "patch" => Working(fleet, PatchOf(fleet, n), knots, seed),
        "anchored" => Staying(PatchOf(fleet, n), 1, SeededNoise.Between(60, 140, seed, 20), seed),
        "moored" => Staying(PatchOf(fleet, n), 5, 0, seed),
        _ => throw new InvalidDataException($"Fleet {fleet.Name}: the behaviour is transit, arrival, shuttle, patch, anchored or moored; found '{fleet.Behaviour}'."),
    };

    private IEnumerable<Phase> Transit(FleetSpec fleet, int n, double knots, long seed)
    {
        var path = PathOf(fleet, seed);
        var durationS = Phase.DurationS(path.LengthNm, knots, false, false);
        var startS = Entry(fleet, n, durationS, endS, seed);
        yield return new Phase { StartS = startS, EndS = startS + durationS, Path = path, SpeedKnots = knots, NavigationalStatus = fleet.NavigationalStatus, Seed = seed };
    }

    private IEnumerable<Phase> Arrival(FleetSpec fleet, int n, double knots, long seed)
    {
        var path = PathOf(fleet, seed);
        var durationS = Phase.DurationS(path.LengthNm, knots, false, true);
        var startS = Entry(fleet, n, durationS, endS - durationS, seed);
        var hint = 1;
        var berth = path.At(path.LengthNm, ref hint);
        yield return new Phase { StartS = startS, EndS = startS + durationS, Path = path, SpeedKnots = knots, EndsAtRest = true, NavigationalStatus = 0, Seed = seed };
        yield return new Phase { StartS = startS + durationS, EndS = startS + durationS + (fleet.StopMinutes * 60), StayLatDeg = berth.LatDeg, StayLonDeg = berth.LonDeg, NavigationalStatus = 5, Seed = seed };
    }

    private IEnumerable<Phase> Shuttle(FleetSpec fleet, int n, double knots, long seed)
    {
        var points = RouteOf(fleet.Route).Waypoints;
        RoutePath[] ways = [PathOf(fleet, seed), RoutePath.Beside([.. points.Reverse()], -Side(seed), RouteOf(fleet.Route).TurnNm)];
        double[] runS = [Phase.DurationS(ways[0].LengthNm, knots, true, true), Phase.DurationS(ways[1].LengthNm, knots, true, true)];
        var stopS = fleet.StopMinutes * 60;
        var t = -(runS[0] + runS[1] + (2 * stopS)) * ((n + SeededNoise.Between(0.1, 0.6, seed, 21)) / fleet.Count) - 600;
        for (var leg = 0; t < endS; leg++)
        {
            var way = ways[leg % 2];
            yield return new Phase { StartS = t, EndS = t + runS[leg % 2], Path = way, SpeedKnots = knots, StartsFromRest = true, EndsAtRest = true, NavigationalStatus = fleet.NavigationalStatus, Seed = seed };
            t += runS[leg % 2];
            var hint = 1;
            var berth = way.At(way.LengthNm, ref hint);
            yield return new Phase { StartS = t, EndS = t + stopS, StayLatDeg = berth.LatDeg, StayLonDeg = berth.LonDeg, NavigationalStatus = 5, Seed = seed };
            t += stopS;
        }
    }

    private IEnumerable<Phase> Working(FleetSpec fleet, PatchSpec patch, double knots, long seed)
    {
        var points = new List<(double, double)>();
        var neededNm = knots * (endS - LongBeforeS) / 3600;
        double nm = 0;
        while (nm < neededNm + 1)
        {
            // Of a few places she takes the one that asks for the smallest turn: gear in the water does not go about in its length.
            var from = points.Count > 0 ? points[^1] : (patch.LatDeg, patch.LonDeg);
            var courseDeg = points.Count > 1 ? RoutePath.CourseDeg(points[^2], points[^1]) : SeededNoise.Between(0, 360, seed, 28);
            var next = Enumerable.Range(points.Count * 6, 6).Select(k => Within(patch, seed, k)).Where(p => RoutePath.Nm(from, p) > 0.5)
                .OrderBy(p => Math.Abs(RoutePath.Wrap(RoutePath.CourseDeg(from, p) - courseDeg))).Append(from).First();
            var turnDeg = RoutePath.Wrap(RoutePath.CourseDeg(from, next) - courseDeg);
            if (points.Count > 1 && Math.Abs(turnDeg) > 80)
            {
                var side = (courseDeg + (Math.Sign(turnDeg) * 75)) * Math.PI / 180;
                next = (from.Item1 + (0.5 / 60 * Math.Cos(side)), from.Item2 + (0.5 / 60 * Math.Sin(side) / Math.Cos(patch.LatDeg * Math.PI / 180)));
            }

            nm += points.Count == 0 ? 0 : RoutePath.Nm(from, next) * 0.9;
            points.Add(next);
        }

        yield return new Phase
        {
            StartS = LongBeforeS, EndS = endS + 60, Path = RoutePath.Through(points, 0.2), SpeedKnots = knots, NavigationalStatus = fleet.NavigationalStatus, Seed = seed,
        };
    }

    private static (double LatDeg, double LonDeg) Within(PatchSpec patch, long seed, int k)
    {
        var r = patch.RadiusNm * Math.Sqrt(SeededNoise.Unit(seed, 22, k)) / 60;
        var bearing = 2 * Math.PI * SeededNoise.Unit(seed, 23, k);
        return (patch.LatDeg + (r * Math.Cos(bearing)), patch.LonDeg + (r * Math.Sin(bearing) / Math.Cos(patch.LatDeg * Math.PI / 180)));
    }

    private IEnumerable<Phase> Staying(PatchSpec patch, int status, double swingM, long seed)
    {
        var (latDeg, lonDeg) = Within(patch, seed, 0);
        yield return new Phase
        {
            StartS = LongBeforeS, EndS = endS + 60, NavigationalStatus = status, SwingM = swingM, Seed = seed,
            StayLatDeg = latDeg, StayLonDeg = lonDeg,
        };
    }

    /// <summary>Entries are spread evenly, with some chance, from one passage before the start to the last useful moment.</summary>
    private static double Entry(FleetSpec fleet, int n, double durationS, double lastS, long seed) =>
        -durationS + ((lastS + durationS) * ((n + SeededNoise.Between(0.1, 0.9, seed, 26)) / fleet.Count));

    private RoutePath PathOf(FleetSpec fleet, long seed) => RoutePath.Beside(RouteOf(fleet.Route).Waypoints, Side(seed), RouteOf(fleet.Route).TurnNm);

    private static double Side(long seed) => SeededNoise.Between(-1, 1, seed, 27);

    private PatchSpec PatchOf(FleetSpec fleet, int n)
    {
        var name = (fleet.Patches ?? throw new InvalidDataException($"Fleet {fleet.Name} needs patches."))[n % fleet.Patches.Length];
        return Array.Find(file.Patches, p => p.Name == name) ?? throw new InvalidDataException($"scenario.json names the patch '{name}', which is not among its patches.");
    }

    private static double Draw(double[] range, long seed, int what) => SeededNoise.Between(range[0], range[1], seed, what);

    /// <summary>A hash that is the same on every run and machine, so that a new fleet does not disturb the others.</summary>
    private static long StableHash(string text) => text.Aggregate(7L, (h, c) => ((h * 31) + c) % 1_000_003);
}
