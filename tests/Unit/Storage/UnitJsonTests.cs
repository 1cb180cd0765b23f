using System.Text.Json;
using MaritimeWatch.Detection;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Storage;

public sealed class UnitJsonTests
{
    [Fact]
    public void Units_are_written_as_people_write_them()
    {
        var value = new
        {
            Mmsi = new Mmsi(1234567), Imo = ImoNumber.Parse("9074729"), Flag = FlagState.Parse("pa"), CallSign = CallSign.Parse("3 fab"), Place = new GeoPoint(50.25, -1.5),
            At = new DateTimeOffset(2026, 3, 14, 8, 0, 0, TimeSpan.FromHours(2)), FindingClass.DarkMeeting, Nothing = (Mmsi?)null, Names = new Dictionary<Mmsi, string> { [new Mmsi(7)] = "A" },
        };
        Assert.Equal(
            """{"mmsi":"001234567","imo":"9074729","flag":"PA","callSign":"3FAB","place":{"latDeg":50.25,"lonDeg":-1.5},"at":"2026-03-14T06:00:00Z","darkMeeting":"darkMeeting","nothing":null,"names":{"000000007":"A"}}""",
            JsonSerializer.Serialize(value, UnitJson.Options));
    }

    [Fact]
    public void What_is_written_is_read_back_to_the_last_tick()
    {
        RoundTrip(DateTimeOffset.MinValue);
        RoundTrip(DateTimeOffset.MaxValue);
        RoundTrip(new DateTimeOffset(2026, 3, 14, 6, 0, 0, TimeSpan.Zero).AddTicks(1));
        RoundTrip(new GeoPoint(1.0 / 3, -179.99999999999));
        RoundTrip(new Dictionary<Mmsi, string> { [new Mmsi(7)] = "A" });

        static void RoundTrip<T>(T value) => Assert.Equal(value, JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, UnitJson.Options), UnitJson.Options));
    }

    [Theory]
    [InlineData(typeof(Mmsi), "\"12x\"")]
    [InlineData(typeof(Mmsi), "235000001")]
    [InlineData(typeof(ImoNumber), "\"9074728\"")]
    [InlineData(typeof(FlagState), "\"PAN\"")]
    [InlineData(typeof(CallSign), "\"\"")]
    [InlineData(typeof(GeoPoint), """{"latDeg":91,"lonDeg":0}""")]
    [InlineData(typeof(GeoPoint), """{"latDeg":1}""")]
    [InlineData(typeof(GeoPoint), "[1,2]")]
    [InlineData(typeof(DateTimeOffset), "\"yesterday\"")]
    [InlineData(typeof(Band), "3")]
    public void What_is_not_such_a_unit_is_refused(Type unit, string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, unit, UnitJson.Options));

    [Fact]
    public void A_record_that_cannot_be_read_says_what_to_do() =>
        Assert.Contains("restore the last good copy", Assert.Throws<StoreException>(() => StoreJson.Read<Account>("{")).Message);
}
