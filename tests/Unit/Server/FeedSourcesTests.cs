using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;
using Microsoft.Extensions.Configuration;

namespace MaritimeWatch.Unit.Server;

public sealed class FeedSourcesTests
{
    private const string Sha = "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff";

    [Theory]
    [InlineData("tcp://ais.example:4001")]
    [InlineData("tcp-listen://0.0.0.0:4001")]
    [InlineData("udp://0.0.0.0:10110")]
    [InlineData("udp://239.192.0.4:60004?interface=192.0.2.7")]
    [InlineData("tls://ais.example:4002")]
    [InlineData($"tls://ais.example:4002?thumbprint={Sha}")]
    [InlineData("ws://ais.example/v0/stream")]
    [InlineData("mqtt://broker.example/ais/#")]
    [InlineData("mqtts://broker.example:8884/ais/+/nmea?version=3.1.1&qos=0&client=centre")]
    [InlineData("https://ais.example/api/ais/v1/locations?from=0")]
    [InlineData("recorded.nmea")]
    [InlineData("C:\\recorded\\today.nmea")]
    [InlineData("exercise")]
    public void An_address_of_the_table_is_understood(string source) => FeedSources.Check(new FeedOptions { Source = source }, "Feeds:0");

    [Theory]
    [InlineData("ftp://ais.example/x", "tcp-listen://address:port")]
    [InlineData("tcp://ais.example", "expected a port")]
    [InlineData("tcp://", "tcp://host:port")]
    [InlineData("tcp://ais.example:4001?thumbprint=1", "found thumbprint")]
    [InlineData("udp://ais.example:4001", "in numbers")]
    [InlineData("tls://ais.example:4001?thumbprint=123", "64 hexadecimal digits")]
    [InlineData("wss://stream.aisstream.io/v0/stream", "Feeds__0__Key")]
    [InlineData("wss://stream.aisstream.io/v0/stream?apikey=secret", "no key in the address")]
    [InlineData("tcp://ais.example:4001?token=secret", "found token")]
    [InlineData("mqtt://broker.example", "mqtt://host/topic")]
    [InlineData("mqtt://broker.example/ais?qos=2", "qos=0")]
    [InlineData("mqtt://watch:secret@broker.example/ais", "environment variables")]
    [InlineData("", "tcp://host:port")]
    public void A_wrong_one_is_refused_in_one_line_that_says_what_is_expected(string source, string says)
    {
        var refused = Assert.Throws<InputException>(() => FeedSources.Check(new FeedOptions { Source = source }, "Feeds:0"));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("54,10,66,31", true)]
    [InlineData("54, 10.5, 66, 31", true)]
    [InlineData("66,10,54,31", false)]
    [InlineData("54,10,66", false)]
    [InlineData("54,10,66,200", false)]
    public void An_area_is_south_west_north_east(string area, bool understood)
    {
        var refused = Record.Exception(() => FeedSources.Check(new FeedOptions { Source = "wss://stream.aisstream.io/v0/stream", Key = "k", Area = area }, "Feeds:0"));
        Assert.Equal(understood, refused is null);
    }

    [Theory]
    [InlineData("Feeds:0:Source", "ftp://x/y", "expected tcp://")]
    [InlineData("Feeds:0:Interval", "00:00:01", "00:00:05 to 01:00:00")]
    [InlineData("Feeds:0:Sauce", "x", "Sauce")]
    public void The_settings_are_refused_at_the_start(string key, string value, string says)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Feeds:0:Source"] = "tcp://ais.example:1", [key] = value }).Build();
        Assert.Contains(says, Assert.Throws<InputException>(() => Settings.From(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_one_feed_when_it_is_watched_and_one_a_file_when_it_is_not()
    {
        var folder = Directory.CreateTempSubdirectory("mw-sources-");
        File.WriteAllText(Path.Combine(folder.FullName, "a.nmea"), "!AIVDM,1,1,,A,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C\n");
        File.WriteAllText(Path.Combine(folder.FullName, "b.nmea"), "!AIVDM,1,1,,A,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C\n");
        var sources = new FeedSources(House.Find(), new ExerciseOptions(), TimeProvider.System);
        Assert.Equal(["coast/a.nmea", "coast/b.nmea"], sources.Of("coast", new FeedOptions { Source = folder.FullName }, _ => { }).Select(f => f.Feed.Name));
        Assert.IsType<FolderFeed>(Assert.Single(sources.Of("coast", new FeedOptions { Source = folder.FullName, Watch = true }, _ => { })).Feed);
        folder.Delete(recursive: true);
    }
}
