namespace MaritimeWatch.Feeds.Exercise;

/// <summary>Makes the ships with a part to play, and those of the crowd, into one numbered list.</summary>
internal sealed class SingleMaker(ScenarioFile file, IdentityMaker identities)
{
    public IReadOnlyList<ExerciseShip> MakeAll(FleetMaker fleets)
    {
        var singles = new List<ExerciseShip>();
        foreach (var single in file.Singles)
        {
            var ship = Ship(single, fleets);
            if (single.MmsiOf is { } other)
            {
                var shared = singles.First(s => s.Id == other).Identities[0].Mmsi;
                ship = With(ship, [.. ship.Identities.Select(i => i with { Mmsi = shared })], ship.Index);
            }

            singles.Add(ship);
        }

        return [.. singles.Concat(fleets.Make()).Select((ship, index) => With(ship, ship.Identities, index))];
    }

    private ExerciseShip Ship(SingleSpec single, FleetMaker fleets)
    {
        var seed = file.Seed + 90_000_000 + Array.IndexOf(file.Singles, single);
        var spoken = new List<SpokenIdentity> { identities.Make(double.MinValue, single.Flag, single.HasImo, single.DraughtM, single.ClassB) };
        foreach (var change in single.Changes ?? [])
        {
            var at = file.SecondsOf(change.At);
            var next = change.Flag is { } flag ? identities.Rename(spoken[^1], at, flag) : spoken[^1] with { FromS = at };
            spoken.Add(next with { DraughtM = change.DraughtM ?? next.DraughtM });
        }

        return new ExerciseShip
        {
            Index = 0,
            Id = single.Id,
            Fleet = "single",
            ClassB = single.ClassB,
            ShipType = file.Kinds[single.Kind].ShipType,
            Offsets = IdentityMaker.OffsetsOf((int)single.LengthM, seed),
            Identities = spoken,
            Phases = single.Route is { } route ? [Passing(single, fleets.RouteOf(route), seed)] : Stepping(single, seed),
            Silences = [.. (single.Silences ?? []).Select(s => (file.SecondsOf(s.From), file.SecondsOf(s.To)))],
        };
    }

    private Phase Passing(SingleSpec single, RouteSpec route, long seed)
    {
        var path = RoutePath.Beside(route.Waypoints, 0, route.TurnNm);
        var pass = single.Passes ?? throw new InvalidDataException($"The ship {single.Id} follows a route and needs a place and time to pass.");
        var startS = file.SecondsOf(pass.At) - (path.NearestAlongNm(pass.LatDeg, pass.LonDeg) / single.SpeedKnots * 3600);
        return new Phase { StartS = startS, EndS = startS + (path.LengthNm / single.SpeedKnots * 3600), Path = path, SpeedKnots = single.SpeedKnots, NavigationalStatus = 0, Seed = seed };
    }

    /// <summary>Steps in a row; the end of the first way is at the pass time.</summary>
    private IReadOnlyList<Phase> Stepping(SingleSpec single, long seed)
    {
        var steps = single.Steps ?? throw new InvalidDataException($"The ship {single.Id} needs a route or steps.");
        var arriveS = file.SecondsOf((single.Passes ?? throw new InvalidDataException($"The ship {single.Id} needs the time at which her first step ends.")).At);
        var phases = new List<Phase>();
        (double LatDeg, double LonDeg) at = default;
        double t = 0;
        for (var k = 0; k < steps.Length; k++)
        {
            var step = steps[k];
            if (step.Points is { } points)
            {
                var path = RoutePath.Through([.. points.Select(p => (p[0], p[1]))], single.TurnNm);
                bool fromRest = k > 0, toRest = k < steps.Length - 1;
                var durationS = Phase.DurationS(path.LengthNm, step.SpeedKnots, fromRest, toRest);
                t = k == 0 ? arriveS - durationS : t;
                phases.Add(new Phase { StartS = t, EndS = t + durationS, Path = path, SpeedKnots = step.SpeedKnots, StartsFromRest = fromRest, EndsAtRest = toRest, NavigationalStatus = step.NavigationalStatus, Seed = seed });
                at = (points[^1][0], points[^1][1]);
                t += durationS;
            }
            else
            {
                phases.Add(new Phase { StartS = t, EndS = t + (step.StayMinutes * 60), StayLatDeg = at.LatDeg, StayLonDeg = at.LonDeg, SwingM = 40, NavigationalStatus = step.NavigationalStatus, Seed = seed });
                t += step.StayMinutes * 60;
            }
        }

        return phases;
    }

    private static ExerciseShip With(ExerciseShip ship, IReadOnlyList<SpokenIdentity> spoken, int index) => new()
    {
        Index = index, Id = ship.Id, Fleet = ship.Fleet, ClassB = ship.ClassB, ShipType = ship.ShipType, Offsets = ship.Offsets,
        Identities = spoken, Phases = ship.Phases, Silences = ship.Silences,
    };
}
