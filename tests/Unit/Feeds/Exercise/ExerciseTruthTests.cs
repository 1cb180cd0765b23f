using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Feeds.Exercise;

[Collection("the exercise: one scenario, whose caches serve one reader at a time")]
public sealed class ExerciseTruthTests(ITestOutputHelper output)
{
    private static readonly ExerciseMorning Morning = ExerciseMorning.Instance;

    [Fact]
    public void The_silent_ship_is_heard_before_and_after_and_not_between_while_her_neighbours_are()
    {
        var truth = Morning.Truth(ExerciseTruthKind.DeliberateSilence);
        var (fromS, toS) = Period(truth);
        var fixes = Morning.ByMmsi[truth.Mmsis.Single()].OrderBy(f => f.AtS).ToList();
        Assert.DoesNotContain(fixes, f => f.AtS > fromS && f.AtS < toS);
        var before = fixes.Last(f => f.AtS <= fromS);
        var after = fixes.First(f => f.AtS >= toS);
        Assert.True(fromS - before.AtS <= 30 && after.AtS - toS <= 30);
        var runNm = Geodesy.RoughNm(before.LatDeg, before.LonDeg, after.LatDeg, after.LonDeg);
        Assert.InRange(runNm, 42, 48);
        var said = Morning.Statics.Where(s => s.Mmsi == truth.Mmsis.Single()).ToList();
        Assert.NotEqual(said.Last(s => s.AtS <= fromS).DraughtM, said.First(s => s.AtS >= toS).DraughtM);
        Assert.Single(said.Select(s => (s.Name, s.CallSign, s.Imo)).Distinct());

        var ship = Morning.Scenario.Ships.Single(s => s.Id == "silent-tanker");
        for (var t = fromS + 600; t < toS; t += 1800)
        {
            var at = ship.At(t);
            var near = Morning.Fixes.Where(f => Math.Abs(f.AtS - t) < 300 && Geodesy.RoughNm(at.LatDeg, at.LonDeg, f.LatDeg, f.LonDeg) < 10).Select(f => f.Mmsi).Distinct().Count();
            output.WriteLine($"{t / 3600.0:0.0} h: {near} ships heard within 10 nm of her true place");
            Assert.True(near >= 3, $"Only {near} ships were heard near her at {t} s.");
        }
    }

    [Fact]
    public void The_ships_of_the_outage_fall_silent_together_and_no_other_station_hears_them()
    {
        var truth = Morning.Truth(ExerciseTruthKind.ReceiverOutage);
        var (fromS, toS) = Period(truth);
        output.WriteLine($"{truth.Mmsis.Count} ships, {truth.Expected.MayNotAlert.Count} may not alert");
        Assert.True(truth.Mmsis.Count >= 6);
        Assert.All(truth.Mmsis, mmsi =>
        {
            Assert.Contains(Morning.ByMmsi[mmsi], f => f.AtS >= fromS - 400 && f.AtS < fromS);
            Assert.DoesNotContain(Morning.ByMmsi[mmsi], f => f.AtS >= fromS && f.AtS < fromS + 1200);
        });
        Assert.Subset(truth.Expected.MayNotAlert.ToHashSet(), truth.Mmsis.ToHashSet());
        var station = Morning.Scenario.Receivers.ToList().FindIndex(r => r.Name == "EXER-WIGHT");
        Assert.DoesNotContain(Morning.Fixes, f => f.Station == station && f.AtS >= fromS && f.AtS < toS);
        Assert.Contains(Morning.Fixes, f => f.Station == station && f.AtS >= toS && f.AtS < toS + 60);
    }

    [Fact]
    public void The_ship_of_the_flag_hop_keeps_her_IMO_number_and_nothing_else()
    {
        var truth = Morning.Truth(ExerciseTruthKind.FlagHop);
        var (fromS, toS) = Period(truth);
        var said = Morning.Statics.Where(s => s.Imo == truth.Imo).OrderBy(s => s.AtS).ToList();
        HeardStatic before = said[0], after = said[^1];
        Assert.True(before.Mmsi != after.Mmsi && before.Name != after.Name && before.CallSign != after.CallSign);
        Assert.NotEqual(new Mmsi(before.Mmsi).Mid, new Mmsi(after.Mmsi).Mid);
        Assert.Equal(truth.Mmsis, new[] { before.Mmsi, after.Mmsi }.Order());
        Assert.All(Morning.ByMmsi[before.Mmsi], f => Assert.True(f.AtS <= fromS));
        Assert.All(Morning.ByMmsi[after.Mmsi], f => Assert.True(f.AtS >= toS));
        Assert.True(Morning.ByMmsi[after.Mmsi].Min(f => f.AtS) - toS < 30);
    }

    [Fact]
    public void The_ship_of_the_denied_flag_is_heard_with_the_flag_s_own_signs()
    {
        var truth = Morning.Truth(ExerciseTruthKind.DeniedFlag);
        var said = Morning.Statics.Where(s => s.Mmsi == truth.Mmsis.Single()).ToList();
        Assert.True(said.Count > 20);
        Assert.All(said, s => Assert.Equal(truth.Imo, s.Imo));
        Assert.All(said, s => Assert.True(s.CallSign.StartsWith("5B", StringComparison.Ordinal) || s.CallSign.StartsWith("C4", StringComparison.Ordinal)));
        Assert.Contains(new Mmsi(truth.Mmsis.Single()).Mid!.Value.Digits, new[] { 209, 210, 212 });
    }

    [Fact]
    public void The_ships_of_the_meeting_are_side_by_side_while_both_are_silent()
    {
        var truth = Morning.Truth(ExerciseTruthKind.DarkMeeting);
        ExerciseShip[] ships = [.. Morning.Scenario.Ships.Where(s => s.Id?.StartsWith("meeting", StringComparison.Ordinal) == true)];
        for (var t = (6 * 3600) + (45 * 60); t < (7 * 3600) + (50 * 60); t += 300)
        {
            TrueState a = ships[0].At(t), b = ships[1].At(t);
            Assert.InRange(Geodesy.RoughNm(a.LatDeg, a.LonDeg, b.LatDeg, b.LonDeg) * 1852, 10, 500);
        }

        var starts = ships.Select(s => s.Silences[0].FromS).ToList();
        Assert.True(Math.Abs(starts[0] - starts[1]) <= 600);
        Assert.All(ships, s =>
        {
            var heard = Morning.ByMmsi[s.Identities[0].Mmsi].ToList();
            var (fromS, toS) = s.Silences[0];
            Assert.DoesNotContain(heard, f => f.AtS > fromS && f.AtS < toS);
            var before = heard.Where(f => f.AtS <= fromS).MaxBy(f => f.AtS);
            var after = heard.Where(f => f.AtS >= toS).MinBy(f => f.AtS);
            Assert.True(fromS - before.AtS < 60 && after.AtS - toS < 60, $"{s.Id}: last {before.AtS}, next {after.AtS}");
            Assert.True(Geodesy.RoughNm(before.LatDeg, before.LonDeg, after.LatDeg, after.LonDeg) < 12);
        });
        Assert.Equal(truth.Mmsis, ships.Select(s => s.Identities[0].Mmsi).Order());
    }

    [Fact]
    public void One_MMSI_is_heard_from_two_far_places_for_five_hours()
    {
        var truth = Morning.Truth(ExerciseTruthKind.SharedMmsi);
        var (fromS, toS) = Period(truth);
        ExerciseShip[] ships = [.. Morning.Scenario.Ships.Where(s => s.Identities[0].Mmsi == truth.Mmsis.Single())];
        Assert.Equal(2, ships.Length);
        for (var t = fromS + 300; t < toS - 60; t += 600)
        {
            var places = ships.Select(s => s.At(t)).ToList();
            Assert.True(Geodesy.RoughNm(places[0].LatDeg, places[0].LonDeg, places[1].LatDeg, places[1].LonDeg) > 50);
            var heard = Morning.ByMmsi[truth.Mmsis.Single()].Where(f => Math.Abs(f.AtS - t) < 300).ToList();
            Assert.All(places, p => Assert.Contains(heard, f => Geodesy.RoughNm(p.LatDeg, p.LonDeg, f.LatDeg, f.LonDeg) < 3));
        }
    }

    [Fact]
    public void Interference_shifts_every_ship_in_the_disc_by_one_vector_and_silences_none()
    {
        var truth = Morning.Truth(ExerciseTruthKind.GnssInterference);
        var (fromS, toS) = Period(truth);
        Assert.True(truth.Mmsis.Count >= 6, $"{truth.Mmsis.Count} ships");
        output.WriteLine($"{truth.Mmsis.Count} ships displaced");
        foreach (var mmsi in truth.Mmsis)
        {
            var ship = Morning.Scenario.Ships.Single(s => s.Identities[0].Mmsi == mmsi);
            foreach (var f in Morning.ByMmsi[mmsi].Where(f => f.AtS > fromS && f.AtS < toS - 1))
            {
                var at = ship.At(f.AtS + 0.5);
                var edgeNm = Geodesy.RoughNm(at.LatDeg, at.LonDeg, truth.Area.LatDeg, truth.Area.LonDeg) - truth.Area.RadiusNm;
                var offNm = Geodesy.RoughNm(at.LatDeg, at.LonDeg, f.LatDeg, f.LonDeg);
                Assert.True(Math.Abs(edgeNm) < 0.05 || (edgeNm < 0 ? Math.Abs(offNm - 18) < 0.2 : offNm < 0.05), $"{mmsi} at {f.AtS}: {offNm} nm off, {edgeNm} nm from the edge");
            }
        }
    }

    [Fact]
    public void The_backlog_arrives_at_once_with_true_times()
    {
        var truth = Morning.Truth(ExerciseTruthKind.LateBatch);
        var (fromS, toS) = Period(truth);
        Assert.True(truth.Mmsis.Count >= 6, $"{truth.Mmsis.Count} ships");
        var station = Morning.Scenario.Receivers.ToList().FindIndex(r => r.Name == "EXER-LEHAVRE");
        var late = Morning.Fixes.Where(f => f.Station == station && f.AtS >= fromS && f.AtS < toS - 5).ToList();
        output.WriteLine($"{late.Count} late fixes; {truth.Mmsis.Count} ships heard by that station only");
        Assert.True(late.Count > 3000);
        Assert.All(late, f => Assert.InRange(f.DeliveredS, toS, toS + 20));
        Assert.All(truth.Mmsis, mmsi => Assert.DoesNotContain(Morning.ByMmsi[mmsi], f => f.DeliveredS > fromS + 5 && f.DeliveredS < fromS + 1700));
        Assert.DoesNotContain(Morning.Fixes, f => f.Station != station && f.DeliveredS - f.AtS > 3);
    }

    [Fact]
    public void No_truth_disturbs_another()
    {
        var played = Morning.Scenario.Truths.Where(t => t.Truth is not (ExerciseTruthKind.ReceiverOutage or ExerciseTruthKind.LateBatch or ExerciseTruthKind.GnssInterference)).ToList();
        var ofAreas = Morning.Scenario.Truths.Except(played).ToList();
        Assert.All(played, p => Assert.All(ofAreas, a => Assert.Empty(p.Mmsis.Intersect(a.Mmsis))));
        Assert.Equal(played.Sum(p => p.Mmsis.Count), played.SelectMany(p => p.Mmsis).Distinct().Count());
    }

    [Fact]
    public void Ships_turn_no_faster_than_ships_can()
    {
        var worst = Morning.Scenario.Ships.Where(s => !s.ClassB).SelectMany(s => s.Phases.Where(p => p.Path is not null).Select(p =>
        {
            double most = 0;
            for (var t = Math.Max(0, p.StartS + 20); t < Math.Min(p.EndS, 6 * 3600); t += 10)
            {
                most = Math.Max(most, Math.Abs(p.TurnDeg(t)));
            }

            return (TurnDeg: most, s.Fleet, s.Id);
        })).MaxBy(w => w.TurnDeg);
        output.WriteLine($"{worst.TurnDeg:0.0} degrees in 15 s: {worst.Fleet} {worst.Id}");
        Assert.True(worst.TurnDeg < 45, worst.ToString());
    }

    private static (int FromS, int ToS) Period(ExerciseTruth truth) => (Morning.SecondsOf(truth.StartTime), Morning.SecondsOf(truth.EndTime));
}
