using System.IO.Compression;
using System.Text;
using MaritimeWatch.Storage.Raw;
using MaritimeWatch.Support;

namespace MaritimeWatch.Integration.Stores;

/// <summary>The log of records as received: found by hour, packed when the hour is over, deleted in its time, and no reason to stop when the disk is full.</summary>
public sealed class RawLogTests : IDisposable
{
    private static readonly long Hour = Samples.Noon.ToUnixTimeSeconds() / 3600;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static void Append(RawLog log, string feed, params (long Hour, string Record)[] records) =>
        log.Append(feed, records.Select(r => (r.Hour, (ReadOnlyMemory<byte>)Encoding.Latin1.GetBytes($"{r.Hour * 3_600_000}\t{r.Record}\n"))), records.Length);

    private static List<string> Read(RawLog log, string feed, long from, long to)
    {
        var found = new List<string>();
        log.Read(feed, DateTimeOffset.FromUnixTimeSeconds(from * 3600), DateTimeOffset.FromUnixTimeSeconds((to * 3600) + 1), (_, record) => found.Add(Encoding.Latin1.GetString(record)), TestContext.Current.CancellationToken);
        return found;
    }

    [Fact]
    public void What_was_appended_is_read_by_its_hour_from_a_log_opened_anew()
    {
        Append(new RawLog(folder.At("raw"), TimeSpan.FromDays(30)), "a/b: c", (Hour, "one"), (Hour + 1, "two"));
        Append(new RawLog(folder.At("raw"), TimeSpan.FromDays(30)), "a/b: c", (Hour, "three"));
        var log = new RawLog(folder.At("raw"), TimeSpan.FromDays(30));
        Assert.Equal(["a/b: c"], log.Feeds());
        Assert.Equal(["one", "three"], Read(log, "a/b: c", Hour, Hour));
        Assert.Equal(["one", "three", "two"], Read(log, "a/b: c", Hour, Hour + 1));
        Assert.Empty(Read(log, "other", Hour, Hour + 1));
    }

    [Fact]
    public void Hours_that_are_over_are_packed_in_a_form_any_gzip_reads_and_late_records_join_them()
    {
        var log = new RawLog(folder.At("raw"), TimeSpan.FromDays(30));
        Append(log, "feed", (Hour, "one"), (Hour + 3, "now"));
        Assert.Empty(log.Tidy());
        Append(log, "feed", (Hour, "late"));
        Assert.Equal(["one", "late"], Read(log, "feed", Hour, Hour));
        log.Tidy();
        Assert.Equal(["one", "late"], Read(log, "feed", Hour, Hour));
        var packed = Assert.Single(Directory.EnumerateFiles(folder.At("raw"), "*.gz", SearchOption.AllDirectories));
        using var text = new StreamReader(new GZipStream(File.OpenRead(packed), CompressionMode.Decompress));
        Assert.Equal($"{Hour * 3_600_000}\tone\n{Hour * 3_600_000}\tlate\n", text.ReadToEnd());
        Assert.Equal(["now"], Read(log, "feed", Hour + 3, Hour + 3));
    }

    [Fact]
    public void What_is_older_than_it_is_kept_goes_and_is_told()
    {
        var log = new RawLog(folder.At("raw"), TimeSpan.FromHours(5));
        Append(log, "feed", (Hour, "old"), (Hour + 8, "now"));
        Assert.Contains("1 hours of feed feed before", Assert.Single(log.Tidy()), StringComparison.Ordinal);
        Assert.Empty(Read(log, "feed", Hour, Hour + 2));
        Assert.Empty(log.Tidy());
    }

    [Fact]
    public void A_disk_that_takes_nothing_is_counted_and_told_and_stops_nothing()
    {
        File.WriteAllText(folder.At("raw"), "a file stands where the folder should be");
        var log = new RawLog(folder.At("raw"), TimeSpan.FromDays(30));
        Append(log, "feed", (Hour, "one"), (Hour, "two"));
        Assert.Equal((0L, 2L), (log.StateOf("feed").Kept, log.StateOf("feed").Lost));
        Assert.Equal("feed", Assert.Single(log.Faults()).Feed);
        File.Delete(folder.At("raw"));
        Append(log, "feed", (Hour, "three"));
        Assert.Equal(new RawState(1, 2, null), log.StateOf("feed"));
        Assert.Empty(log.Faults());
    }
}
