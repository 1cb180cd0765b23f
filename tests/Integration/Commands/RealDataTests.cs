using System.Text;
using System.Text.Json;
using MaritimeWatch.Support;

namespace MaritimeWatch.Integration.Commands;

/// <summary>The commands on real data: figures that were counted independently.</summary>
public sealed class RealDataTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task British_Columbia_is_read_whole_and_ships_that_leave_the_rectangle_are_not_raised()
    {
        var summary = await ScoreAsync(SharedData.Need("ais-bc-2018/ais_bc_2018_jul_sep.csv.gz"));
        Assert.Equal(184_263, summary.GetProperty("rowsRead").GetInt64());
        Assert.Equal(726, summary.GetProperty("vessels").GetInt32());
        var intervals = summary.GetProperty("intervalsOverHours");
        Assert.Equal((3929, 1667, 1349), (intervals.GetProperty("1").GetInt32(), intervals.GetProperty("6").GetInt32(), intervals.GetProperty("12").GetInt32()));
        output.WriteLine(summary.GetRawText());
        Assert.InRange(summary.GetProperty("alerts").GetInt32(), 0, 2);
    }

    [Fact]
    public async Task Aleutian_ships_join_a_register_and_the_OFAC_list_by_true_numbers()
    {
        var positions = SharedData.Need("ais-noaa-zone01-2017/AIS_2017_01_Zone01_days01-20.csv");
        // A register with its own column names, made of every second ship that states an IMO number.
        var ships = File.ReadLines(positions).Skip(1).Select(l => l.Split(',')).Where(r => r[8].Length == 10 && r[8] != "IMO0000000").DistinctBy(r => r[0]).ToList();
        var register = new StringBuilder("IMO No,MMSI,Vessel name,Flag\n");
        foreach (var ship in ships.Where((_, i) => i % 2 == 0))
        {
            register.Append($"{ship[8][3..]},{ship[0]},{ship[7]},PA\n");
        }

        await File.WriteAllTextAsync(folder.At("register.csv"), register.ToString(), TestContext.Current.CancellationToken);
        var summary = await ScoreAsync(positions, "--registry", folder.At("register.csv"), "--listings", SharedData.Need("sanctions/ofac_sdn_vessels.json"));
        var joins = summary.GetProperty("joins");
        output.WriteLine(summary.GetRawText());
        Assert.Equal(3264, summary.GetProperty("rowsRead").GetInt64());
        Assert.Equal((ships.Count + 1) / 2, joins.GetProperty("vesselsInRegisterByImo").GetInt32());
        Assert.Equal((ships.Count + 1) / 2, joins.GetProperty("vesselsInRegisterByMmsi").GetInt32());
        Assert.Equal(1450, joins.GetProperty("listings").GetInt32());
        Assert.Equal(33, joins.GetProperty("vesselsWithImo").GetInt32());
    }

    [Fact]
    public async Task Shuffled_and_duplicated_rows_give_the_same_gaps_to_the_byte()
    {
        var positions = SharedData.Need("ais-noaa-zone01-2017/AIS_2017_01_Zone01_days01-20.csv");
        await ScoreAsync(positions, "--min-gap", "1");
        var expected = await File.ReadAllBytesAsync(folder.At("out/gaps.ndjson"), TestContext.Current.CancellationToken);
        Assert.True(expected.Length > 1000);
        var lines = File.ReadAllLines(positions);
        var rows = lines.Skip(1).Concat(lines.Skip(1).Where((_, i) => i % 3 == 0)).ToArray();
        new Random(5).Shuffle(rows);
        await File.WriteAllLinesAsync(folder.At("shuffled.csv"), rows.Prepend(lines[0]), TestContext.Current.CancellationToken);
        var summary = await ScoreAsync(folder.At("shuffled.csv"), "--min-gap", "1");
        Assert.Equal(rows.Length, summary.GetProperty("rowsRead").GetInt64());
        Assert.True(summary.GetProperty("duplicates").GetInt64() >= 1000);
        Assert.Equal(expected, await File.ReadAllBytesAsync(folder.At("out/gaps.ndjson"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_finding_line_has_the_fields_of_the_contract_and_adds_up()
    {
        await ScoreAsync(SharedData.Need("ais-noaa-zone01-2017/AIS_2017_01_Zone01_days01-20.csv"), "--min-gap", "1");
        string[] fields = ["id", "kind", "class", "alert", "mmsi", "trackId", "imo", "vesselId", "startTime", "endTime", "start", "end", "band", "probability", "priorNats", "scoreNats", "evidence", "innocentCauses", "modelVersion"];
        var count = 0;
        foreach (var line in File.ReadLines(folder.At("out/findings.ndjson")))
        {
            using var finding = JsonDocument.Parse(line);
            var root = finding.RootElement;
            Assert.All(fields, field => Assert.True(root.TryGetProperty(field, out _), field));
            var sum = root.GetProperty("priorNats").GetDouble() + root.GetProperty("evidence").EnumerateArray().Sum(e => e.GetProperty("nats").GetDouble());
            Assert.Equal(sum, root.GetProperty("scoreNats").GetDouble(), 1e-9);
            count++;
        }

        Assert.True(count > 10);
    }

    [Fact]
    public async Task The_Norwegian_sample_gives_all_messages()
    {
        var program = await RunningProgram.RunAsync("decode", "--nmea", SharedData.Need("nmea-norway-nm4/Ais1000Lines.nm4"), "--out", folder.At("decoded.ndjson"));
        Assert.Equal(0, program.ExitCode);
        Assert.Equal(877, File.ReadLines(folder.At("decoded.ndjson")).Count());
        Assert.Empty(File.ReadLines(folder.At("decoded.ndjson.rejections.ndjson")));
    }

    [Theory]
    [InlineData("ais-noaa-us-20220103/AIS_2022_01_03_burst.csv.gz", 59_375)]
    [InlineData("ais-global-burst-2019/ais_20190701_5min.csv.gz", 42_625)]
    [InlineData("ais-northsea-2022/ais_northsea_20221101.csv.gz", 35_082)]
    public async Task Every_row_of_a_real_file_is_accounted_for(string file, long rows)
    {
        var summary = await ScoreAsync(SharedData.Need(file), "--min-gap", "24");
        Assert.Equal(rows, summary.GetProperty("rowsRead").GetInt64());
        Assert.Equal(rows, summary.GetProperty("accepted").GetInt64() + summary.GetProperty("duplicates").GetInt64() + summary.GetProperty("rejected").EnumerateObject().Sum(r => r.Value.GetInt64()));
    }

    private async Task<JsonElement> ScoreAsync(string positions, params string[] more)
    {
        var program = await RunningProgram.RunAsync(["score", "--positions", positions, "--out", folder.At("out"), .. more]);
        Assert.True(program.ExitCode == 0, program.Errors);
        return JsonDocument.Parse(File.ReadAllText(folder.At("out/summary.json"))).RootElement;
    }
}
