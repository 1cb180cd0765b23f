using System.IO.Compression;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Support;

namespace MaritimeWatch.Integration.Transports;

/// <summary>Files that are put into a folder while it is watched.</summary>
public sealed class FolderTransportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_watch_killed_within_a_file_reads_on_from_the_mark_of_each_file_and_reads_none_twice()
    {
        File.WriteAllText(folder.At("a.nmea"), Sentences.TimedLines(0, 500));
        File.SetLastWriteTimeUtc(folder.At("a.nmea"), DateTime.UnixEpoch.AddYears(50));
        File.WriteAllText(folder.At("b.nmea"), Sentences.TimedLines(500, 12_000));
        await using var killed = new Consumer();
        killed.Start(Feed(killed));
        await killed.UntilAsync(c => c.All >= 500 + NmeaFileFeed.LinesPerBatch);
        await killed.StopAsync();

        await using var next = new Consumer();
        next.Start(Feed(next), killed.Position);
        await next.AccountsForAsync(12_500 - killed.All, "folder killed");
        File.WriteAllText(folder.At("c.nmea"), Sentences.TimedLines(20_000, 7));
        await next.AccountsForAsync(12_500 - killed.All + 7, "folder, a file more");
        Assert.Equal(12_507, killed.Count.Accepted + next.Count.Accepted);
    }

    [Fact]
    public async Task A_file_being_written_waits_a_half_line_is_one_rejection_and_a_file_that_grows_is_read_on()
    {
        await using var consumer = new Consumer();
        consumer.Start(Feed(consumer));
        File.WriteAllText(folder.At("coming.nmea.part"), Sentences.TimedLines(0, 10) + Sentences.Timed(10)[..20]);
        File.WriteAllText(folder.At("here.nmea"), Sentences.TimedLines(100, 5));
        await consumer.UntilAsync(c => c.All == 5);
        File.Move(folder.At("coming.nmea.part"), folder.At("came.nmea"));
        await consumer.UntilAsync(c => c.All == 16);
        File.AppendAllText(folder.At("here.nmea"), Sentences.TimedLines(105, 5));
        await consumer.AccountsForAsync(21, "folder half a line");
        Assert.Equal((20, 1), (consumer.Count.Accepted, consumer.Count.RejectedTotal));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_one_rejection_and_the_others_go_on()
    {
        File.WriteAllBytes(folder.At("a.bin"), [.. Enumerable.Range(0, 1000).Select(i => (byte)(i % 251))]);
        await using (var packed = new GZipStream(File.Create(folder.At("b.nmea.gz")), CompressionLevel.Fastest))
        {
            await packed.WriteAsync(Sentences.Bytes(Sentences.TimedLines(0, 50)), TestContext.Current.CancellationToken);
        }

        await using var consumer = new Consumer();
        consumer.Start(Feed(consumer));
        await consumer.AccountsForAsync(51, "folder, a bad file");
        Assert.Equal(("file not readable", "a.bin"), (consumer.Rejections.Single().Reason, consumer.Rejections.Single().Place));
    }

    [Fact]
    public async Task A_folder_that_vanishes_is_said_and_watched_again_when_it_is_back()
    {
        var inner = folder.At("inbox");
        await using var consumer = new Consumer();
        consumer.Start(new FolderFeed(consumer.Setting, inner, Open, Look));
        await consumer.UntilAsync(c => c.Said.Count > 0);
        Assert.Contains("cannot be read", consumer.Said[0].Text, StringComparison.Ordinal);
        Directory.CreateDirectory(inner);
        File.WriteAllText(Path.Combine(inner, "a.nmea"), Sentences.TimedLines(0, 5));
        await consumer.AccountsForAsync(5, "folder late");
        Assert.True(consumer.Said[^1] is { Connected: true, NotConnectedTo: not null }, "The time without the folder is told.");
    }

    [Fact]
    public async Task Files_put_in_faster_than_we_read_all_wait_and_none_is_lost()
    {
        const int Files = 30, Each = 1_000;
        await using var consumer = new Consumer { Pause = TimeSpan.FromMilliseconds(50) };
        consumer.Start(Feed(consumer));
        for (var i = 0; i < Files; i++)
        {
            File.WriteAllText(folder.At($".{i}.tmp"), Sentences.TimedLines(i * Each, Each));
            File.Move(folder.At($".{i}.tmp"), folder.At($"{i}.nmea"));
        }

        await consumer.AccountsForAsync(Files * Each, "folder ten times our speed");
        Assert.Equal((Files * Each, 0), (consumer.Count.Accepted, consumer.Count.Lost));
    }

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private FolderFeed Feed(Consumer consumer) => new(consumer.Setting, folder.Path, Open, Look);

    private static NmeaFileFeed Open(string name, string path)
    {
        Assert.Equal(FileContent.Nmea, InputFile.Recognise(path));
        return new NmeaFileFeed(name, path);
    }
}

/// <summary>One file, read once.</summary>
public sealed class FileTransportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_reader_killed_within_a_file_goes_on_at_its_byte_and_the_half_line_at_the_end_is_one_rejection()
    {
        var path = folder.At("a.nmea");
        File.WriteAllText(path, Sentences.TimedLines(0, 20_000) + Sentences.Timed(20_000)[..25]);
        await using var killed = new Consumer { Pause = TimeSpan.FromMilliseconds(50) };
        killed.Start(new NmeaFileFeed("file", path));
        await killed.UntilAsync(c => c.All >= NmeaFileFeed.LinesPerBatch);
        await killed.StopAsync();
        await using var next = new Consumer();
        next.Start(new NmeaFileFeed("file", path), killed.Position);
        await next.AccountsForAsync(20_001 - killed.All, $"file killed after {killed.All}");
        Assert.Equal((20_000, 1), (killed.Count.Accepted + next.Count.Accepted, next.Count.RejectedTotal));
    }
}
