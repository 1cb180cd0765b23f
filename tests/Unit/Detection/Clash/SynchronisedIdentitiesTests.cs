using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Clash;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Identity;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Findings.Clash;

public sealed class SynchronisedIdentitiesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SynchronisedIdentities Detector = new(new SynchronisedOptions());

    [Theory]
    [InlineData(45.0, 10.0)]
    [InlineData(-62.0, 179.98)]
    [InlineData(0.0, 0.0)]
    public void Two_numbers_that_move_as_one_are_told_and_raise_nobody(double lat, double lon)
    {
        var found = Assert.Single(Detector.Find([Ship(351900001, lat, lon, 0), Ship(636900001, lat, lon, 40), Ship(209900001, lat, lon, 900)]));
        Assert.Equal(FindingKind.IdentityClash, found.Kind);
        Assert.False(found.Alert);
        Assert.Equal(new Mmsi(351900001), found.Mmsi);
        Assert.Equal(found.PriorNats + found.Evidence.Sum(e => e.Nats), found.ScoreNats, 1e-9);
    }

    [Fact]
    public void Ships_in_company_at_a_berth_or_for_an_hour_are_not_told()
    {
        Assert.Empty(Detector.Find([Ship(351900001, 45, 10, 0), Ship(636900001, 45, 10, 300)]));
        Assert.Empty(Detector.Find([Ship(351900001, 45, 10, 0, knots: 0.1), Ship(636900001, 45, 10, 20, knots: 0.1)]));
        Assert.Empty(Detector.Find([Ship(351900001, 45, 10, 0, minutes: 60), Ship(636900001, 45, 10, 20, minutes: 60)]));
    }

    [Fact]
    public void A_tow_speaks_against_it()
    {
        var found = Assert.Single(Detector.Find([Ship(351900001, 45, 10, 0, type: 52), Ship(636900001, 45, 10, 60)]));
        Assert.Contains(found.Evidence, e => e is { Name: "tow", Nats: < 0 });
        Assert.Equal(Band.Low, found.Band);
    }

    private static VesselPicture Ship(int mmsi, double lat, double lon, double metres, double knots = 10, int minutes = 240, int? type = null)
    {
        var number = new Mmsi(mmsi);
        return new VesselPicture
        {
            AsOf = Start.AddHours(5), TrackId = number.ToString(), Mmsi = number, Reception = new HeardSlots(), Grid = new ReceptionGrid(new ReceptionOptions()),
            Vessel = new Vessel($"mmsi:{number}", [new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = number, ShipType = type, FirstSeen = Start, LastSeen = Start }], []),
            Fixes = [.. Enumerable.Range(0, minutes).Select(i => new Fix(Start.AddSeconds((60 * i) + (metres > 0 ? 4 : 0)), Geodesy.Destination(Geodesy.Destination(new GeoPoint(lat, lon), Course.FromDegrees(90), Distance.FromNauticalMiles(knots * i / 60)), Course.FromDegrees(0), Distance.FromMetres(metres)), knots))],
        };
    }
}
