using MaritimeWatch.Detection;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Exercise;

/// <summary>Writes the truths down from the numbers of the scenario, so that the file and the lines cannot drift apart.</summary>
internal sealed class TruthMaker(ScenarioFile file, IReadOnlyList<ExerciseShip> ships)
{
    public IReadOnlyList<ExerciseTruth> Make() => [.. file.Events.Select(Truth)];

    private ExerciseTruth Truth(EventSpec e)
    {
        var kind = Enum.Parse<ExerciseTruthKind>(e.Truth, ignoreCase: true);
        double fromS = file.SecondsOf(e.From), toS = file.SecondsOf(e.To);
        ExerciseShip[] played = [.. (e.Ships ?? []).Select(id => ships.First(s => s.Id == id))];
        return kind switch
        {
            ExerciseTruthKind.ReceiverOutage => OfStation(e, kind, fromS, toS, [FindingClass.Reception, FindingClass.CannotTell]),
            ExerciseTruthKind.LateBatch => OfStation(e, kind, fromS, toS, [FindingClass.Reception, FindingClass.CannotTell]),
            ExerciseTruthKind.GnssInterference => OfInterference(e, fromS, toS),
            ExerciseTruthKind.DeliberateSilence => OfShips(e, kind, played, fromS, toS, [FindingKind.Silence], [FindingClass.Unexplained, FindingClass.DarkTransit], true),
            ExerciseTruthKind.FlagHop => OfShips(e, kind, played, fromS, toS, [FindingKind.FlagHop], [FindingClass.FlagHop], true),
            ExerciseTruthKind.DeniedFlag => OfShips(e, kind, played, fromS, toS, [FindingKind.IdentityContradiction], [FindingClass.Contradiction], true),
            ExerciseTruthKind.DarkMeeting => OfShips(e, kind, played, fromS, toS, [FindingKind.Encounter, FindingKind.Silence], [FindingClass.DarkMeeting], true),
            _ => OfShips(e, kind, played, fromS, toS, [FindingKind.IdentityClash], [FindingClass.IdentityClash], null),
        };
    }

    private ExerciseTruth OfShips(EventSpec e, ExerciseTruthKind kind, ExerciseShip[] played, double fromS, double toS, FindingKind[] kinds, FindingClass[] classes, bool? alert)
    {
        SpokenIdentity[] said = [.. played.SelectMany(s => s.Identities.Where(i => i.FromS <= toS))];
        var places = played.SelectMany(s => new[] { s.At(fromS), s.At(toS) }).ToList();
        double lat = places.Average(p => p.LatDeg), lon = places.Average(p => p.LonDeg);
        var radiusNm = places.Max(p => Geodesy.RoughNm(lat, lon, p.LatDeg, p.LonDeg)) + 3;
        var imo = said.Select(i => i.Imo).FirstOrDefault(i => i > 0);
        return new ExerciseTruth(
            e.Id, kind, Distinct(said.Select(i => i.Mmsi)), imo > 0 ? imo : null, [.. said.Select(i => i.Name).Distinct()], At(fromS), At(toS), Area(lat, lon, radiusNm),
            new ExerciseExpectation(kinds, classes, alert, []), e.Text);
    }

    /// <summary>
    /// The ships of a station's silence: those it hears well when the period begins and half an hour later, and no other
    /// station can hear at all. May not alert: every ship for which it is the main station at some time of the period.
    /// </summary>
    private ExerciseTruth OfStation(EventSpec e, ExerciseTruthKind kind, double fromS, double toS, FindingClass[] classes)
    {
        var station = Array.Find(file.Receivers, r => r.Name == e.Receiver) ?? throw new InvalidDataException($"The event {e.Id} names the station '{e.Receiver}', which is not in scenario.json.");
        bool Alone(ExerciseShip s, double atS) => s.Sends(atS) && Heard(s, atS, station) >= 0.5 && BestOther(s, atS, station) <= 0;
        bool Mainly(ExerciseShip s, double atS) => s.Sends(atS) && Heard(s, atS, station) > 0.02 && BestOther(s, atS, station) < 0.6;
        ExerciseShip[] alone = [.. ships.Where(s => Alone(s, fromS) && Alone(s, fromS + 1800))];
        var mainly = ships.Where(s => Times(fromS, toS).Any(t => Mainly(s, t))).Select(s => s.IdentityAt(fromS).Mmsi);
        return new ExerciseTruth(
            e.Id, kind, Distinct(alone.Select(s => s.IdentityAt(fromS).Mmsi)), null, Names(alone, fromS), At(fromS), At(toS), Area(station.LatDeg, station.LonDeg, station.RangeNm),
            new ExerciseExpectation([FindingKind.Silence], classes, false, Distinct(mainly)), e.Text);
    }

    private ExerciseTruth OfInterference(EventSpec e, double fromS, double toS)
    {
        var centre = e.Centre ?? throw new InvalidDataException($"The event {e.Id} needs a centre.");
        ExerciseShip[] within = [.. ships.Where(s => new ShipSender(file, s) is var sender && Times(fromS, toS - 1, 4).Any(t => s.Sends(t) && sender.IsDisplaced(s.At(t), t)))];
        var mmsis = Distinct(within.Select(s => s.IdentityAt(fromS).Mmsi));
        return new ExerciseTruth(
            e.Id, ExerciseTruthKind.GnssInterference, mmsis, null, Names(within, fromS), At(fromS), At(toS), Area(centre[0], centre[1], e.RadiusNm),
            new ExerciseExpectation([FindingKind.Interference], [FindingClass.Interference], null, mmsis), e.Text);
    }

    private static double Heard(ExerciseShip s, double atS, Receiver r)
    {
        var at = s.At(atS);
        return r.Probability(at.LatDeg, at.LonDeg, s.ClassB);
    }

    private double BestOther(ExerciseShip s, double atS, Receiver station) => file.Receivers.Where(r => r != station).Max(r => Heard(s, atS, r));

    private static IEnumerable<double> Times(double fromS, double toS, double stepS = 300)
    {
        for (var t = fromS; t < toS; t += stepS)
        {
            yield return t;
        }
    }

    private DateTimeOffset At(double atS) => file.Start.AddSeconds(atS);

    private static ExerciseArea Area(double lat, double lon, double radiusNm) => new(Math.Round(lat, 4), Math.Round(lon, 4), Math.Round(radiusNm, 1));

    private static IReadOnlyList<int> Distinct(IEnumerable<int> mmsis) => [.. mmsis.Distinct().Order()];

    private static IReadOnlyList<string> Names(IEnumerable<ExerciseShip> of, double atS) => [.. of.Select(s => s.IdentityAt(atS).Name)];
}
