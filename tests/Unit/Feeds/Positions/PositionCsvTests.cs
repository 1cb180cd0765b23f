using System.Globalization;
using System.Text;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Support;

namespace MaritimeWatch.Unit.Feeds.Positions;

public sealed class PositionCsvTests
{
    private static readonly ColumnCards Cards = ColumnCards.Load(Path.Combine(SharedData.Root, "seeds", "feeds", "position-columns.json"));

    [Theory]
    [InlineData("ais-bc-2018/ais_bc_2018_jul_sep.csv.gz")]
    [InlineData("ais-noaa-us-20220103/AIS_2022_01_03_burst.csv.gz")]
    [InlineData("ais-noaa-zone01-2017/AIS_2017_01_Zone01_days01-20.csv")]
    [InlineData("ais-northsea-2022/ais_northsea_20221101.csv.gz")]
    [InlineData("ais-global-burst-2019/ais_20190701_5min.csv.gz")]
    [InlineData("ais-satellite-fields-2021/test_data_20210701.csv.gz")]
    public void A_real_file_reads_field_by_field_as_a_plain_CSV_reader_reads_it(string file) => AssertSame(SharedData.Need(file));

    [Fact]
    public void A_real_file_without_a_header_reads_the_same_once_it_has_one()
    {
        using var packed = MaritimeWatch.Feeds.Transport.InputFile.Open(SharedData.Need("ais-brest-2015/227592820.csv.gz"));
        using var text = new StreamReader(packed);
        WithFile(Encoding.UTF8.GetBytes("time,mmsi,lon,lat,sog,cog,heading,status\n" + text.ReadToEnd()), AssertSame);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Odd_numbers_times_and_line_ends_read_as_a_plain_CSV_reader_reads_them(int seed)
    {
        var chance = new Random(seed);
        string[] odd = ["", " ", "-", ".", "5.", ".5", "-.5", "+3.25", "1e2", "12.345678949999999", "12.34567895", "-89.99999999", "90.00000001", "91", "181", "-180", "102.25", "102.3", "359.96", "359.95", "-0.04",
            "-0.0", "511", "NaN", "1,5", "007", " 12.5 ", "0000000000000000001", "99999999999999999999", "1234567890123456", "-123.4567890", "x"];
        string[] times = ["2024-02-29T23:59:59", "2024-02-30 00:00:00", "2024-03-01 12:34:56", "2024-03-01 24:00:00", "2024-03-01 12:3x:56", "1709251200", "1709251200123", "170925120", "0001-01-01 00:00:00", "2024-03-01 12:34:56.1234567",
            "20240301_123456", "01/03/2024 12:34:56", "2024-03-01T12:34:56Z", "2024-03-01 12:34:56+02:00", " 2024-03-01 12:34:57 ", "170925120.", "2024/03/01 12:34:56", ""];
        string[] texts = ["", "Under way using engine", "0", "15", "99", "moored", "Class A", "B", " A ", "\"a,b\"", "\"say \"\"so\"\"\"", "\"two\nlines\"", "bare \" quote", "\"\"", "Æ ø", "Unknown"];
        var file = new StringBuilder("time;mmsi;lat;lon;sog;cog;heading;status;class;name;imo;more\r\n");
        for (var i = 0; i < 20_000; i++)
        {
            var ship = chance.Next(20) == 0 ? Any(odd) : chance.Next(200_000_000, 200_000_050).ToString(CultureInfo.InvariantCulture);
            string[] row = [chance.Next(3) == 0 ? Any(times) : $"2024-03-{chance.Next(1, 32):00} {chance.Next(24):00}:{chance.Next(60):00}:{chance.Next(60):00}", ship, Number(90), Number(180), Number(103), Number(360), Number(360), Any(texts), Any(texts), Any(texts), Any(odd), Any(texts)];
            file.AppendJoin(';', row.Take(chance.Next(30) == 0 ? chance.Next(12) : 12)).Append(chance.Next(2) == 0 ? "\r\n" : "\n");
        }

        WithFile(Encoding.UTF8.GetBytes(file.ToString()), AssertSame);

        string Any(string[] list) => list[chance.Next(list.Length)];
        string Number(int most) => chance.Next(4) == 0 ? Any(odd) : ((chance.NextDouble() - 0.2) * most).ToString("F" + chance.Next(9), CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_row_with_a_broken_quote_is_one_rejection_and_the_file_goes_on()
    {
        const string Text = "time,mmsi,lat,lon,name\n1709251200,219000001,55,12,A\n1709251201,219000001,55,12,\"B\n1709251202,219000001,55,12,\"C\"\n1709251203,219000001,55,12,\"D\" E\n1709251204,219000001,55,12,F\n";
        WithFile(Encoding.UTF8.GetBytes(Text), path =>
        {
            var batch = Assert.Single(new PositionCsv("test", Cards).Read(path));
            Assert.Equal(["A", "C", "F"], batch.Statics.Select(s => s.Name));
            Assert.Equal(3, batch.Count.Accepted);
            Assert.Equal(2, batch.Count.Rejected["row is not CSV"]);
            Assert.Equal(["row 2: 1709251201,219000001,55,12,\"B", "row 4: 1709251203,219000001,55,12,\"D\" E"], batch.Rejections.Select(r => $"{r.Place}: {r.Raw}"));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void A_mark_of_the_byte_order_a_last_line_without_end_and_UTF_16_change_nothing(string mark)
    {
        const string Text = "# Timestamp\tType of mobile\tMMSI\tLatitude\tLongitude\tName\n01/03/2024 00:00:01\tClass A\t219000001\t55.5\t12.25\tØRESUND";
        foreach (var encoding in mark.Length == 0 ? [Encoding.UTF8] : new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            WithFile(encoding.GetBytes(mark + Text), path => Assert.Equal("ØRESUND", Assert.Single(Assert.Single(new PositionCsv("test", Cards).Read(path)).Statics).Name));
        }
    }

    [Theory]
    [InlineData("37", 37)]
    [InlineData("Pleasure Craft", 37)]
    [InlineData("Sailing", 36)]
    [InlineData("Towing long/wide", 31)]
    [InlineData("Cargo ship:DG,HS,MP(X)", 70)]
    [InlineData("SAR", 51)]
    [InlineData("1019", 37)]
    [InlineData("1024", 80)]
    [InlineData("0", null)]
    [InlineData("Undefined", null)]
    [InlineData("", null)]
    public void A_ship_type_is_read_from_its_number_its_name_or_the_older_code_of_the_publisher(string text, int? type) => Assert.Equal(type, Cards.ShipTypeOf(text));

    [Fact]
    public void A_source_with_its_own_keys_tells_type_and_length_once()
    {
        WithFile("id,time,lat,lon,type,length\n7,2024-03-01T00:00:00Z,50,1,Fishing,17\n7,2024-03-01T00:01:00Z,50,1,Fishing,17\n8,2024-03-01T00:01:00Z,50,1,,\n"u8.ToArray(), path =>
            Assert.Equal(new KeyedShip("7", 30, 17), Assert.Single(Assert.Single(new PositionCsv("test", Cards).Read(path)).KeyedShips)));
    }

    [Fact]
    public void Reading_on_from_a_row_gives_the_rest()
    {
        var path = SharedData.Need("ais-noaa-zone01-2017/AIS_2017_01_Zone01_days01-20.csv");
        var all = Gather(new PositionCsv("test", Cards).Read(path));
        var rest = Gather(new PositionCsv("test", Cards).Read(path, 1234));
        Assert.Equal(all.Count.Lines - 1234, rest.Count.Lines);
        Assert.Equal(all.Sightings.TakeLast(100), rest.Sightings.TakeLast(100));
        Assert.Equal(all.Position, rest.Position);
    }

    private static void AssertSame(string path)
    {
        var expected = new SylvanReading("test", Cards).Read(path);
        var found = Gather(new PositionCsv("test", Cards).Read(path));
        Assert.Equal(expected.Sightings, found.Sightings);
        Assert.Equal(expected.Statics, found.Statics);
        Assert.Equal(expected.Rejections, found.Rejections);
        Assert.Equal(expected.Count.Rejected, found.Count.Rejected);
        Assert.Equal(expected.Count.Accepted, found.Count.Accepted);
        Assert.Equal(expected.LastReceived, found.LastReceived);
    }

    private static ObservationBatch Gather(IEnumerable<ObservationBatch> batches)
    {
        var all = new ObservationBatch();
        foreach (var batch in batches)
        {
            all.Sightings.AddRange(batch.Sightings);
            all.Statics.AddRange(batch.Statics);
            all.Rejections.AddRange(batch.Rejections);
            all.Count.Add(batch.Count);
            (all.Position, all.LastReceived) = (batch.Position, batch.LastReceived is { } last && !(all.LastReceived > last) ? last : all.LastReceived);
        }

        return all;
    }

    private static void WithFile(byte[] content, Action<string> test)
    {
        var path = Path.Combine(Path.GetTempPath(), $"mw-{Guid.NewGuid():N}.csv");
        File.WriteAllBytes(path, content);
        try
        {
            test(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
