using MaritimeWatch.Server.Watch;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;
using MaritimeWatch.Tracks.Ports;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Tracks.Ports;

/// <summary>Port calls on made tracks: what counts, when it begins and ends, and when it is only possible.</summary>
public sealed class PortCallsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly Port Here = new("Here", new GeoPoint(50, 0), "XXHER", "made"), There = new("There", new GeoPoint(50, 1), null, "made");
    private static readonly PortCalls Calls = new(new PortIndex([Here, There]), new PortCallOptions());

    /// <summary>A fix some nautical miles north of Here, at minutes after noon.</summary>
    private static Fix At(double minutes, double nmNorth, double sogKnots = 10, NavigationalStatus? status = null, double lonDeg = 0) => new(Noon.AddMinutes(minutes), new GeoPoint(50 + (nmNorth / 60), lonDeg), sogKnots, status: status);

    /// <summary>In from 10 nm, an hour at the quay, out to 10 nm: a fix every ten minutes.</summary>
    private static List<Fix> Visit() =>
    [
        .. Enumerable.Range(0, 6).Select(i => At(10 * i, 10 - (2 * i))), .. Enumerable.Range(6, 7).Select(i => At(10 * i, 0, 0.1)), .. Enumerable.Range(13, 6).Select(i => At(10 * i, 2 * (i - 12))),
    ];

    private static IReadOnlyList<PortCall> Of(IReadOnlyList<Fix> fixes, double asOfMinutes = 190) => Calls.Of(fixes, Noon.AddMinutes(asOfMinutes));

    [Fact]
    public void A_call_runs_from_the_first_fix_within_5_nm_to_the_last_before_7()
    {
        var call = Assert.Single(Of(Visit()));
        // Inbound 10, 8, 6, 4 nm; outbound 2, 4, 6, 8.
        Assert.Equal((Here, Noon.AddMinutes(30), Noon.AddMinutes(150)), (call.Port, call.Arrival, call.Departure));
        Assert.Equal((TimeSpan.FromMinutes(60), false), (call.StillFor, call.Possibly));
    }

    [Fact]
    public void Who_passes_or_stops_for_less_than_half_an_hour_has_not_called()
    {
        Assert.Empty(Of([.. Enumerable.Range(0, 12).Select(i => At(10 * i, 10 - (2 * i)))]));
        Assert.Empty(Of([At(0, 8), At(10, 3), At(20, 0, 0.1), At(40, 0, 0.1), At(50, 3), At(60, 8)]));
    }

    [Fact]
    public void On_the_edge_between_the_radii_she_does_not_call_twice()
    {
        var fixes = Visit();
        fixes.InsertRange(13, [At(121, 4.9, 3), At(122, 5.5, 3), At(123, 6.5, 3), At(124, 4.8, 3), At(125, 6.8, 3)]);
        Assert.Single(Of(fixes));
    }

    [Fact]
    public void She_lies_still_by_her_own_report_too_but_not_when_she_moves()
    {
        Assert.Single(Of([At(0, 8), .. Enumerable.Range(1, 6).Select(i => At(10 * i, 1, 1.2, NavigationalStatus.Moored)), At(70, 8)]));
        Assert.Empty(Of([At(0, 8), .. Enumerable.Range(1, 6).Select(i => At(10 * i, 4, 9, NavigationalStatus.Moored)), At(70, 8)]));
    }

    [Fact]
    public void A_stay_that_goes_on_has_no_departure_and_one_not_heard_of_for_long_is_possible()
    {
        var staying = Visit().Take(13).ToList();
        Assert.Equal((null, false), Assert.Single(Of(staying)) is var call ? (call.Departure, call.Possibly) : default);
        var quiet = Assert.Single(Of(staying, 120 + 241));
        Assert.Equal((Noon.AddMinutes(120), false, true), (quiet.Departure, quiet.DepartureSeen, quiet.Possibly));
    }

    [Theory]
    [InlineData(3, "arrival")]
    [InlineData(9, "between")]
    [InlineData(16, "departure")]
    public void A_silence_of_more_than_four_hours_makes_what_lies_in_it_possible(int before, string what)
    {
        var fixes = Visit().Select((f, i) => i < before ? f : new Fix(f.Time.AddHours(5), f.At, f.SogKnots)).ToList();
        var call = Assert.Single(Of(fixes, 600));
        Assert.Equal((what != "arrival", what != "between", what != "departure"), (call.ArrivalSeen, call.Unbroken, call.DepartureSeen));
        Assert.True(call.Possibly);
    }

    [Fact]
    public void A_record_that_begins_in_port_does_not_say_when_she_came()
    {
        var call = Assert.Single(Of([.. Visit().Skip(6)]));
        Assert.Equal((Noon.AddMinutes(60), false), (call.Arrival, call.ArrivalSeen));
    }

    [Fact]
    public void Of_two_ports_each_has_its_call_and_fixes_told_twice_change_nothing()
    {
        List<Fix> both = [.. Visit(), .. Visit().Select(f => new Fix(f.Time.AddHours(5), new GeoPoint(f.LatDeg, 1), f.SogKnots))];
        var calls = Of(both, 600);
        Assert.Equal([Here, There], calls.Select(c => c.Port));
        Assert.Equal(calls.Select(c => (c.Port, c.Arrival, c.Departure, c.StillFor)), Of([.. both.SelectMany(f => new[] { f, f })], 600).Select(c => (c.Port, c.Arrival, c.Departure, c.StillFor)));
    }

    [Fact]
    public void The_ports_of_the_house_are_read_and_found_over_the_antimeridian()
    {
        var ports = PortList.Load(Path.Combine(SharedData.Root, "maps", "ports.csv"));
        Assert.Equal("NLRTM", ports.Nearest(new GeoPoint(51.9, 4.48), Distance.FromNauticalMiles(5))?.Port.UnLocode);
        Assert.Equal("GBDVR", ports.Nearest(new GeoPoint(51.12, 1.33), Distance.FromNauticalMiles(5))?.Port.UnLocode);
        Assert.Null(ports.Nearest(new GeoPoint(50, -30), Distance.FromNauticalMiles(5)));
        var island = new PortIndex([new Port("Edge", new GeoPoint(-17, 179.99), null, "made")]);
        Assert.Equal("Edge", island.Nearest(new GeoPoint(-17, -179.99), Distance.FromNauticalMiles(5))?.Port.Name);
    }
}
