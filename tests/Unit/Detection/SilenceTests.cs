using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Detection.Silence;
using MaritimeWatch.Identity;
using MaritimeWatch.Tracks;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Findings;

/// <summary>A ship on a steady course through a sea of witnesses, silent for a while; the cases differ in who else is heard.</summary>
public class SilenceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 0, 0, 0, TimeSpan.Zero);
    private static readonly SilenceDetector Detector = new(new SilenceOptions());

    [Fact]
    public void A_silence_among_ships_that_are_heard_is_unexplained_and_raised()
    {
        var finding = Assert.Single(Judge(World(witnessesFailFrom: null)));
        Assert.Equal(FindingClass.Unexplained, finding.Class);
        Assert.True(finding.Alert);
        Assert.True(finding.Evidence.Single(e => e.Family == "reception").Nats is >= 3 and <= 8.12);
        Assert.True(finding.Evidence.Where(e => e.Nats > 0).Select(e => e.Family).Distinct().Count() >= 2);
    }

    [Fact]
    public void A_silence_with_nobody_to_witness_cannot_be_told()
    {
        var world = World(witnessesFailFrom: null, witnesses: 0);
        var finding = Assert.Single(Judge(world));
        Assert.Equal(FindingClass.CannotTell, finding.Class);
        Assert.Equal(Band.CannotTell, finding.Band);
        Assert.False(finding.Alert);
    }

    [Fact]
    public void A_silence_that_all_others_share_is_laid_to_reception()
    {
        var finding = Assert.Single(Judge(World(witnessesFailFrom: 3)));
        Assert.Equal(FindingClass.Reception, finding.Class);
        Assert.False(finding.Alert);
    }

    [Fact]
    public void A_ship_at_rest_is_not_raised()
    {
        var finding = Assert.Single(Judge(World(witnessesFailFrom: null, sogKnots: 0, status: NavigationalStatus.Moored)));
        Assert.Equal(FindingClass.Lawful, finding.Class);
        Assert.False(finding.Alert);
    }

    [Fact]
    public void Small_craft_are_not_raised() =>
        Assert.False(Assert.Single(Judge(World(witnessesFailFrom: null, shipType: 37))).Alert);

    [Fact]
    public void The_evidence_adds_up_to_the_score_and_every_cause_has_a_result()
    {
        foreach (var finding in new[] { World(null), World(3), World(null, witnesses: 0) }.SelectMany(w => Judge(w)))
        {
            Assert.Equal(finding.PriorNats + finding.Evidence.Sum(e => e.Nats), finding.ScoreNats, 1e-9);
            Assert.All(finding.InnocentCauses, cause => Assert.NotEmpty(cause.Result));
            Assert.True(finding.InnocentCauses.Count(c => c.Tested) >= 4);
        }
    }

    [Fact]
    public void Swapping_the_flag_with_MMSI_and_call_sign_leaves_the_score_bit_identical()
    {
        var one = Assert.Single(Judge(World(null, mmsi: 538900017, callSign: "V7AB1", name: "ALDER")));
        var other = Assert.Single(Judge(World(null, mmsi: 273900017, callSign: "UBAB1", name: "BERYOZA")));
        Assert.Equal(BitConverter.DoubleToInt64Bits(one.ScoreNats), BitConverter.DoubleToInt64Bits(other.ScoreNats));
        Assert.Equal(one.Evidence.Select(e => (e.Name, e.Nats)), other.Evidence.Select(e => (e.Name, e.Nats)));
    }

    [Property(MaxTest = 25)]
    public void Shown_terms_add_up_and_taking_the_strongest_away_changes_the_decision_as_shown(PositiveInt hours, bool failing, NonNegativeInt knots)
    {
        var options = new SilenceOptions();
        var finding = Assert.Single(Judge(World(failing ? 3 : null, sogKnots: knots.Get % 20, silentHours: 1.2 + (hours.Get % 5))));
        Assert.Equal(finding.ScoreNats, finding.PriorNats + finding.Evidence.Sum(e => e.Nats), 1e-9);
        Assert.Equal(finding.Alert, AlertRule.Raises(finding.Class, finding.Evidence, false, options));
        var top = finding.Evidence.MaxBy(e => e.Nats)!;
        IReadOnlyList<Evidence> left = [.. finding.Evidence.Where(e => e != top)];
        var shown = finding.ScoreNats - top.Nats >= options.AlertAtNats && left.Where(e => e.Nats > 0).Select(e => e.Family).Distinct().Count() >= 2
            && left.Where(e => e.Family == "reception").Sum(e => e.Nats) >= options.LeastSilenceNats && AlertRule.Tells(finding.Class);
        Assert.Equal(shown, AlertRule.Raises(finding.Class, left, false, options));
        Assert.False(finding.Alert && top.Family == "reception" && AlertRule.Raises(finding.Class, left, false, options));
    }

    [Property(MaxTest = 25)]
    public void Another_flag_name_or_number_of_any_ship_leaves_every_silence_bit_identical(PositiveInt own, PositiveInt salt)
    {
        var world = World(null, mmsi: 201000001 + (own.Get % 500_000_000));
        var renamed = world with { Others = [.. world.Others.Select(o => (FactId.Of(o.Id, salt.Get), o.Fix))] };
        Assert.Equal(Assert.Single(Judge(World(null))).Evidence.Select(e => (e.Name, BitConverter.DoubleToInt64Bits(e.Nats))), Assert.Single(Judge(renamed)).Evidence.Select(e => (e.Name, BitConverter.DoubleToInt64Bits(e.Nats))));
    }

    [Fact]
    public void Arrival_order_and_repeats_change_nothing()
    {
        var world = World(null);
        var expected = Assert.Single(Judge(world));
        var shuffled = world.Others.Concat(world.Others.Where((_, i) => i % 3 == 0)).ToArray();
        new Random(4).Shuffle(shuffled);
        var again = Assert.Single(Judge(world with { Others = shuffled }));
        Assert.Equal(expected.Evidence.Select(e => (e.Name, e.Nats, e.Text)), again.Evidence.Select(e => (e.Name, e.Nats, e.Text)));
    }

    [Fact]
    public void An_open_silence_is_not_judged_while_a_feed_is_in_doubt()
    {
        var world = World(null, resume: false);
        Assert.True(Assert.Single(Judge(world)).Alert);
        var doubted = Assert.Single(Judge(world, new FeedDoubt("coast", Start.AddHours(4), null)));
        Assert.Equal(FindingClass.CannotTell, doubted.Class);
        Assert.False(doubted.Alert);
    }

    private sealed record Sea(Fix[] Own, (string Id, Fix Fix)[] Others, Vessel Vessel, Mmsi Mmsi);

    private static IReadOnlyList<Finding> Judge(Sea world, params FeedDoubt[] inDoubt)
    {
        var reception = new HeardSlots();
        foreach (var (id, fix) in world.Others.Concat(world.Own.Select(f => (Id: world.Mmsi.ToString(), Fix: f))))
        {
            reception.Add(id, fix);
        }

        var grid = new ReceptionGrid(new ReceptionOptions());
        grid.LearnUpTo(Start.AddHours(9) + grid.Options.LearntAfter, reception);
        return [.. Detector.Find(new VesselPicture { AsOf = Start.AddHours(9), TrackId = world.Mmsi.ToString(), Mmsi = world.Mmsi, Vessel = world.Vessel, Fixes = world.Own, Reception = reception, Grid = grid, FeedDoubts = [.. inDoubt] }, Start)];
    }

    // She sails east at 12 kn along 50° N and is silent from 3 h to 6 h; the witnesses lie in a grid around her whole way.
    private static Sea World(int? witnessesFailFrom, int witnesses = 1, double sogKnots = 12, NavigationalStatus status = NavigationalStatus.UnderWayUsingEngine, int shipType = 80,
        int mmsi = 538900017, string callSign = "V7AB1", string name = "ALDER", bool resume = true, double silentHours = 3)
    {
        var own = Minutes(0, 9 * 60, 2).Where(m => m <= 180 || (m >= 180 + (silentHours * 60) && resume))
            .Select(m => new Fix(Start.AddMinutes(m), new GeoPoint(50, sogKnots * m / 60 / 38.6), sogKnots, 90, 90, status, TransponderClass.A, ReceiverKind.Terrestrial)).ToArray();
        var others = new List<(string, Fix)>();
        for (var row = -8; row <= 8 && witnesses > 0; row++)
        {
            for (var column = -10; column <= 40; column++)
            {
                foreach (var m in Minutes(0, 9 * 60, 10).Where(m => witnessesFailFrom is not { } fail || m < fail * 60 || m >= 360))
                {
                    others.Add(($"w{row}/{column}", new Fix(Start.AddMinutes(m + 1), new GeoPoint(50 + (row * 0.1) + 0.03, (column * 0.1) + 0.03), 0.1, 0, null, NavigationalStatus.AtAnchor, TransponderClass.A, ReceiverKind.Terrestrial)));
                }
            }
        }

        var id = new Mmsi(mmsi);
        var claim = new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = id, ImoAsStated = "9074729", CallSign = callSign, Name = name, ShipType = shipType, LengthM = 180, FirstSeen = Start, LastSeen = Start.AddHours(9) };
        return new Sea(own, [.. others], Vessel.Of(id, id.ToString(), [claim], []), id);
    }

    private static IEnumerable<int> Minutes(int from, int to, int step) => Enumerable.Range(0, (to - from) / step).Select(i => from + (i * step));
}
