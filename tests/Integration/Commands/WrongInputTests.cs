using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using MaritimeWatch.Support;

namespace MaritimeWatch.Integration.Commands;

/// <summary>Wrong input gives one clear line and a non-zero exit, never a stack trace.</summary>
public sealed class WrongInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_truncated_gz_is_told()
    {
        var whole = new MemoryStream();
        await using (var zip = new GZipStream(whole, CompressionLevel.Optimal, leaveOpen: true))
        {
            var random = new Random(1);
            zip.Write("MMSI,BaseDateTime,LAT,LON\n"u8);
            for (var i = 0; i < 20_000; i++)
            {
                zip.Write(System.Text.Encoding.ASCII.GetBytes($"{random.Next(200_000_000, 700_000_000)},2024-01-01T00:00:00,{random.NextDouble()},{random.NextDouble()}\n"));
            }
        }

        await File.WriteAllBytesAsync(folder.At("cut.csv.gz"), whole.ToArray()[..(int)(whole.Length / 2)], TestContext.Current.CancellationToken);
        await ToldAsync("cut short", "score", "--positions", folder.At("cut.csv.gz"), "--out", folder.At("out"));
    }

    [Fact]
    public async Task An_empty_file_is_told()
    {
        await File.WriteAllBytesAsync(folder.At("empty.csv"), [], TestContext.Current.CancellationToken);
        await ToldAsync("empty file", "score", "--positions", folder.At("empty.csv"), "--out", folder.At("out"));
        await ToldAsync("empty file", "decode", "--nmea", folder.At("empty.csv"), "--out", folder.At("out.ndjson"));
    }

    [Fact]
    public async Task A_picture_named_csv_is_told()
    {
        await File.WriteAllBytesAsync(folder.At("picture.csv"), [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', 0, 0, 1, 0], TestContext.Current.CancellationToken);
        await ToldAsync("binary data", "score", "--positions", folder.At("picture.csv"), "--out", folder.At("out"));
    }

    [Fact]
    public async Task A_file_cut_short_is_told_in_every_form_and_by_the_preview_too()
    {
        await File.WriteAllTextAsync(folder.At("cut.parquet"), "PAR1 and no more", TestContext.Current.CancellationToken);
        await ToldAsync("cut short or damaged", "score", "--positions", folder.At("cut.parquet"), "--out", folder.At("out"));
        await ToldAsync("cut short or damaged", "preview", folder.At("cut.parquet"));
        await File.WriteAllTextAsync(folder.At("cut.geojson"), "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",", TestContext.Current.CancellationToken);
        await ToldAsync("cut short", "score", "--positions", folder.At("cut.geojson"), "--out", folder.At("out"));
        await File.WriteAllTextAsync(folder.At("cut.naf"), "//SR//TM/POS//RC/ABCD//DA/2024", TestContext.Current.CancellationToken);
        await ToldAsync("No usable position", "score", "--positions", folder.At("cut.naf"), "--out", folder.At("out"));
        await ToldAsync("none of the first 1 rows", "preview", folder.At("cut.naf"));
    }

    [Fact]
    public async Task A_missing_column_is_told_by_name_and_how_to_map_it()
    {
        await File.WriteAllTextAsync(folder.At("short.csv"), "MMSI,Zeit,LAT,LON\n1,2,3,4\n", TestContext.Current.CancellationToken);
        await ToldAsync("column for time", "score", "--positions", folder.At("short.csv"), "--out", folder.At("out"));
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_told() =>
        await ToldAsync("no such file", "score", "--positions", folder.At("nowhere.csv"), "--out", folder.At("out"));

    [Fact]
    public async Task A_busy_port_is_told()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await ToldAsync("the port is in use", "serve", "--urls", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", "--set", $"Node:DataFolder={folder.At("data")}");
    }

    [Fact]
    public async Task A_feed_file_that_does_not_exist_is_told_and_the_watch_ends() =>
        await ToldAsync("no such file", "serve", folder.At("nowhere.nmea"), "--urls", SharedData.FreeAddress(), "--set", $"Node:DataFolder={folder.At("data")}");

    [Fact]
    public async Task A_setting_that_does_not_exist_is_told() =>
        await ToldAsync("Exercise", "serve", "--urls", SharedData.FreeAddress(), "--set", $"Node:DataFolder={folder.At("data")}", "Exercise:Sped=3");

    [Theory]
    [InlineData("serve")]
    [InlineData("replay")]
    [InlineData("score")]
    [InlineData("decode")]
    public async Task Help_names_every_option(string command)
    {
        var program = await RunningProgram.RunAsync(command, "--help");
        Assert.Equal(0, program.ExitCode);
        Assert.Contains("Usage:", program.Output, StringComparison.Ordinal);
        Assert.Contains("--", program.Output, StringComparison.Ordinal);
    }

    private static async Task ToldAsync(string expected, params string[] arguments)
    {
        var program = await RunningProgram.RunAsync(arguments);
        Assert.NotEqual(0, program.ExitCode);
        var said = program.Errors.Trim();
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.Single(said.Split('\n'));
        Assert.DoesNotContain("   at ", program.Output + said, StringComparison.Ordinal);
    }
}
