using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Meetings;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Identity;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Findings;

/// <summary>What is said of an encounter and of loitering: weights that add up, causes tested, nothing raised by itself.</summary>
public class MeetingFindingsTests
{
    private static readonly DateTimeOffset Start = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Distance Far = Distance.FromNauticalMiles(40);

    [Fact]
    public void An_encounter_in_an_empty_sea_is_told_with_its_chance_and_raised_to_nobody()
    {
        var finding = Encounter()!;
        Assert.Equal((FindingKind.Encounter, FindingClass.Unexplained, false), (finding.Kind, finding.Class, finding.Alert));
        Assert.Equal(3, finding.Evidence.Single(e => e.Family == "company").Nats);
        Assert.Equal(["company", "kinematics"], finding.Evidence.Where(e => e.Nats > 0).Select(e => e.Family));
        Assert.Contains("for 4.0 h", finding.Sentence, StringComparison.Ordinal);
        Holds(finding);
    }

    [Fact]
    public void In_a_crowd_the_meeting_weighs_little()
    {
        var crowded = Encounter(crowd: 60)!;
        Assert.InRange(crowded.Evidence.Single(e => e.Family == "company").Nats, 0, 0.6);
        Holds(crowded);
    }

    [Fact]
    public void Near_an_anchorage_there_is_no_finding_and_where_none_is_known_the_cause_is_untested()
    {
        Assert.Null(Encounter(toAnchorage: Distance.FromMetres(9_999)));
        Assert.NotNull(Encounter(toAnchorage: Distance.FromMetres(10_000)));
        Assert.False(Encounter(knowsAnchorages: false)!.InnocentCauses.Single(c => c.Name.StartsWith("port", StringComparison.Ordinal)).Tested);
    }

    [Theory]
    [InlineData(52, 80)]
    [InlineData(80, 52)]
    [InlineData(30, 30)]
    public void Tugs_and_fishing_fleets_are_a_lawful_reason(int ownType, int otherType)
    {
        var finding = Encounter(ownType: ownType, otherType: otherType)!;
        Assert.Equal(FindingClass.Lawful, finding.Class);
        Assert.Contains(finding.Evidence, e => e is { Family: "lawful", Nats: < 0 });
        Holds(finding);
    }

    [Fact]
    public void An_alert_needs_two_families_and_odds()
    {
        var generous = new EncounterOptions { PriorNats = -3.5 };
        Assert.True(Encounter(options: generous)!.Alert);
        Assert.False(Encounter(options: generous, cameAtKnots: 1)!.Alert);
        Assert.False(Encounter(options: generous with { PriorNats = 0 }, cameAtKnots: 1)!.Alert);
    }

    [Fact]
    public void The_flag_in_the_number_changes_no_bit_of_the_score() =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(Encounter(mmsi: 538_000_001)!.ScoreNats), BitConverter.DoubleToInt64Bits(Encounter(mmsi: 273_000_001)!.ScoreNats));

    [Fact]
    public void An_encounter_keeps_its_id_when_it_ends()
    {
        var (open, over) = (Encounter(isOpen: true)!, Encounter()!);
        Assert.Null(open.EndTime);
        Assert.Equal(Start.AddHours(6), over.EndTime);
        Assert.Equal(open.Id, over.Id);
    }

    [Fact]
    public void Four_slow_hours_offshore_are_loitering_and_three_are_not()
    {
        var finding = Assert.Single(Loiter(Drift(4, 1.9)));
        Assert.Equal((FindingKind.Loitering, FindingClass.Unexplained, false), (finding.Kind, finding.Class, finding.Alert));
        Assert.Equal((Start.AddHours(2), Start.AddHours(6)), (finding.StartTime, finding.EndTime));
        Assert.Equal(0.7, Assert.Single(finding.Evidence).Nats, 1e-9);
        Holds(finding);
        Assert.Empty(Loiter(Drift(3, 1.9)));
        Assert.Empty(Loiter(Drift(4, 2.1)));
    }

    [Fact]
    public void Loitering_is_not_told_near_shore_nor_of_fishing_vessels_and_cannot_be_told_without_a_shore()
    {
        Assert.Empty(Loiter(Drift(8, 0.5), Distance.FromNauticalMiles(19.9)));
        Assert.Single(Loiter(Drift(8, 0.5), Distance.FromNauticalMiles(20)));
        Assert.Empty(Loiter(Drift(8, 0.5), shipType: 30));
        var unknown = Assert.Single(Loiter(Drift(8, 0.5), knowsShore: false));
        Assert.Equal((FindingClass.CannotTell, Band.CannotTell), (unknown.Class, unknown.Band));
    }

    [Fact]
    public void A_ship_at_anchor_or_that_serves_offshore_loiters_for_a_lawful_reason()
    {
        Assert.Equal(FindingClass.Lawful, Assert.Single(Loiter(Drift(8, 0.5, NavigationalStatus.AtAnchor))).Class);
        Assert.Equal(FindingClass.Lawful, Assert.Single(Loiter(Drift(8, 0.5, NavigationalStatus.NotUnderCommand))).Class);
        Assert.Equal(FindingClass.Lawful, Assert.Single(Loiter(Drift(8, 0.5), shipType: 33)).Class);
    }

    [Fact]
    public void Hours_without_fixes_near_enough_part_one_loitering_from_another()
    {
        var fixes = Drift(16, 0.5).Where(f => f.Time <= Start.AddHours(7) || f.Time >= Start.AddHours(9)).ToArray();
        Assert.Equal([Start.AddHours(2), Start.AddHours(9)], Loiter(fixes).Select(f => f.StartTime));
        Assert.Null(Assert.Single(Loiter(Drift(8, 0.5)[..^30], asOfHours: 10.5)).EndTime);
    }

    private static void Holds(Finding finding)
    {
        Assert.Equal(finding.PriorNats + finding.Evidence.Sum(e => e.Nats), finding.ScoreNats, 1e-9);
        Assert.True(finding.InnocentCauses.Count(c => c.Tested) >= 4);
        Assert.All(finding.InnocentCauses, c => Assert.NotEmpty(c.Result));
    }

    // She comes, lies for four hours 100 m from another, and goes.
    private static Finding? Encounter(int crowd = 0, Distance? toAnchorage = null, bool knowsAnchorages = true, int ownType = 80, int otherType = 80, double cameAtKnots = 12, int mmsi = 538_000_001, bool isOpen = false, EncounterOptions? options = null)
    {
        var (reception, at) = (new HeardSlots(), new GeoPoint(30, -40));
        var fixes = Enumerable.Range(0, 60).Select(i => new Fix(Start.AddMinutes(i * 10), at, i is >= 12 and <= 36 ? 0.3 : cameAtKnots, status: NavigationalStatus.UnderWayUsingEngine)).ToArray();
        foreach (var fix in fixes)
        {
            reception.Add($"{mmsi}", fix);
            reception.Add("other", fix);
            for (var i = 0; i < crowd; i++)
            {
                reception.Add($"c{i}", new Fix(fix.Time, Geodesy.Destination(at, Course.FromDegrees(i * 6), Distance.FromNauticalMiles(1))));
            }
        }

        var met = new Encounter { Vessel = mmsi, Other = 999_000_000, From = Start.AddHours(2), To = Start.AddHours(6), Start = at, End = at, Mean = at, Apart = Distance.FromMetres(103), Speed = Speed.FromKnots(0.3) };
        return new EncounterDetector(options ?? new EncounterOptions(), _ => knowsAnchorages ? toAnchorage ?? Far : null)
            .Find(Picture(fixes, ownType, mmsi, 10) with { Reception = reception, Grid = new ReceptionGrid(new ReceptionOptions()) }, met, Ship(otherType, 999_000_000), "other", isOpen);
    }

    private static List<Finding> Loiter(Fix[] fixes, Distance? toShore = null, bool knowsShore = true, int shipType = 80, double asOfHours = 48) =>
        [.. new LoiteringDetector(new LoiteringOptions(), _ => knowsShore ? toShore ?? Far : null).Find(Picture(fixes, shipType, 538_000_001, asOfHours), Start)];

    // Two hours at twelve knots, some hours of drift, two hours at twelve knots; a fix every four minutes.
    private static Fix[] Drift(int hours, double sogKnots, NavigationalStatus status = NavigationalStatus.UnderWayUsingEngine)
    {
        var (fixes, latDeg) = (new List<Fix>(), 10.0);
        for (var minute = 0; minute <= (hours + 4) * 60; minute += 4)
        {
            fixes.Add(new Fix(Start.AddMinutes(minute), new GeoPoint(latDeg, -40), status: status));
            latDeg += (minute >= 120 && minute < 120 + (hours * 60) ? sogKnots : 12) * 4 / 60 / 59.7;
        }

        return [.. fixes];
    }

    private static VesselPicture Picture(Fix[] fixes, int shipType, int mmsi, double asOfHours) => new()
    {
        AsOf = Start.AddHours(asOfHours),
        TrackId = $"{mmsi}",
        Mmsi = new Mmsi(mmsi),
        Vessel = Ship(shipType, mmsi),
        Fixes = fixes,
        Reception = new HeardSlots(), Grid = new ReceptionGrid(new ReceptionOptions()),
    };

    private static Vessel Ship(int shipType, int mmsi) => Vessel.Of(new Mmsi(mmsi), $"{mmsi}",
        [new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = new Mmsi(mmsi), Name = "ALDER", ShipType = shipType, FirstSeen = Start, LastSeen = Start.AddHours(9) }], []);
}
