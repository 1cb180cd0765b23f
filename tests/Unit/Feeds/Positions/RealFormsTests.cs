using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Unit.Feeds.Positions;

/// <summary>Real files of each form, counted by other means: csv and json modules of Python.</summary>
public sealed class RealFormsTests
{
    [Fact]
    public void The_wide_satellite_CSV_is_read_by_message_with_reception_apart_from_the_event()
    {
        var read = Forms.Read(SharedData.Need("ais-satellite-fields-2021/test_data_20210701.csv.gz"));
        // 2,498 rows: 2,373 of types 1, 3, 9, 18, 19 and 27 of which 11 without a place; 64 of types 5 and 24; 61 of other types.
        Assert.Equal((2498L, 2426L), (read.Count.Lines, read.Count.Accepted));
        Assert.Equal([("not a message of a ship's position or identity", 61L), ("position not available", 11L)], read.Count.Rejected.Select(r => (r.Key, r.Value)));
        Assert.Equal(2362, read.Sightings.Count);
        var first = read.Sightings[0];
        Assert.Equal((432905000, "18:51:48.000", "18:51:51.680"), (first.Mmsi!.Value.Number, $"{first.Fix.Time:HH:mm:ss.fff}", $"{first.ReceivedAt:HH:mm:ss.fff}"));
        Assert.All(read.Sightings, s => Assert.InRange(s.ReceivedAt - s.Fix.Time, TimeSpan.FromSeconds(-31), TimeSpan.FromSeconds(31)));
        Assert.All(read.Sightings, s => Assert.Equal(ReceiverKind.Satellite, s.Fix.Receiver));
        var ship = read.Statics.First(s => s.Mmsi.Number == 538007407);
        Assert.Equal(("9436472", "V7MF3", "GH ZONDA", (int?)71, (double?)231, (double?)32, (double?)8.7, "BLUFF"), (ship.ImoAsStated, ship.CallSign, ship.Name, ship.ShipType, ship.LengthM, ship.BeamM, ship.DraughtM, ship.Destination));
    }

    [Fact]
    public void The_Baltic_poll_is_read_with_the_time_of_the_poll()
    {
        var file = SharedData.Need("ais-baltic-snapshot-2025/latest.json.gz");
        Assert.Equal(FileContent.Json, InputFile.Recognise(file));
        var read = Forms.Read(file);
        Assert.Equal((7762L, 7762L), (read.Count.Lines, read.Count.Accepted));
        Assert.Equal(new DateTimeOffset(2025, 12, 12, 12, 31, 24, 532, TimeSpan.Zero), Assert.Single(read.Sightings.Select(s => s.Fix.Time).Distinct()));
        Assert.Equal("FFS ATLAS", read.Statics[0].Name);
    }

    [Theory]
    [InlineData("mmsi-collision-gfw/338013000.labelled.jsonl.gz", 1253, 1193, 60, 0)]
    [InlineData("mmsi-collision-gfw/263576000.jsonl.gz", 948, 928, 19, 1)]
    public void JSON_lines_of_one_MMSI_are_read_whole(string file, int lines, int accepted, int without, int notAvailable)
    {
        var read = Forms.Read(SharedData.Need(file));
        Assert.Equal(((long)lines, (long)accepted), (read.Count.Lines, read.Count.Accepted));
        Assert.Equal((without, notAvailable), ((int)read.Count.Rejected.GetValueOrDefault("no position"), (int)read.Count.Rejected.GetValueOrDefault("position not available")));
    }

    [Fact]
    public void The_preview_of_a_NOAA_file_shows_card_columns_and_rows()
    {
        var preview = PositionPreview.Of(SharedData.Need("ais-noaa-zone01-2017/AIS_2017_01_Zone01_days01-20.csv"), Forms.Cards);
        Assert.Equal((FileContent.Csv, "NOAA MarineCadastre", 10), (preview.Content, preview.Card!.Name, preview.Rows.Count));
        Assert.Contains(("BaseDateTime", "time"), preview.Columns);
        Assert.Equal(["Width", "Cargo"], preview.Unread);
        Assert.Equal("366940480 2017-01-04 11:39:36Z 52.48730 -174.02316, SOG 10 kn, COG 219.3°, heading 267°; 366940480 says: name EARLY DAWN, call sign WDB7319, IMO 7821130, type 30", preview.Rows[0].Text);
    }

    [Fact]
    public void The_preview_of_sentences_shows_them_line_by_line()
    {
        var preview = PositionPreview.Of(SharedData.Need("nmea-norway-nm4/Ais1000Lines.nm4"), Forms.Cards);
        Assert.Equal((FileContent.Nmea, null, 10), (preview.Content, preview.Card, preview.Rows.Count));
        Assert.All(preview.Rows, r => Assert.True(r.Accepted));
    }
}
