using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage.Raw;

/// <summary>How the raw log of a feed stands.</summary>
/// <param name="Kept">Records written since the start.</param>
/// <param name="Lost">Records that could not be written since the start.</param>
/// <param name="Fault">Why the last could not be written; null when it was.</param>
public sealed record RawState(long Kept, long Lost, string? Fault);

/// <summary>Takes a record with its receive time.</summary>
public delegate void RawRecord(DateTimeOffset received, ReadOnlySpan<byte> record);

/// <summary>
/// Records as they were received, in files by feed and hour of receipt under one folder of the machine that reads the feed:
/// <c>FEED/2026-03-14T06.log</c> while the hour is open, <c>.log.gz</c> (RFC 1952, read by any gzip) after it. Lines as <c>RawLines</c> makes them.
/// Each append is given to the system before it returns, so a killed process loses none; a power cut may lose the last seconds. A disk that is full
/// stops nothing: what could not be written is counted and told.
/// </summary>
public sealed class RawLog(string folder, TimeSpan kept)
{
    private const string Open = ".log", Closed = ".log.gz", Packing = ".log.packing", Unfinished = ".part", NameFile = "name";

    private readonly Lock gate = new();
    private readonly Dictionary<string, FeedLog> feeds = [];

    /// <summary>False when this house keeps no raw records.</summary>
    public bool Keeps => kept > TimeSpan.Zero;

    /// <summary>True when records of any feed lie on this machine.</summary>
    public bool IsHere => Directory.Exists(folder) && Directory.EnumerateDirectories(folder).Any();

    public RawState StateOf(string feed)
    {
        lock (gate)
        {
            return feeds.TryGetValue(feed, out var log) ? new RawState(log.Kept, log.Lost, log.Fault) : new RawState(0, 0, null);
        }
    }

    /// <summary>Names of feeds whose records are not being kept now, with the reason and how many were lost.</summary>
    public IReadOnlyList<(string Feed, RawState State)> Faults()
    {
        lock (gate)
        {
            return [.. feeds.Where(f => f.Value.Fault is not null).Select(f => (f.Key, new RawState(f.Value.Kept, f.Value.Lost, f.Value.Fault)))];
        }
    }

    /// <summary>Writes the records of a stretch; never fails.</summary>
    public void Append(string feed, IEnumerable<(long Hour, ReadOnlyMemory<byte> Text)> hours, long count)
    {
        if (!Keeps)
        {
            return;
        }

        lock (gate)
        {
            var log = feeds.TryGetValue(feed, out var known) ? known : feeds[feed] = new FeedLog();
            try
            {
                var own = FolderOf(feed);
                foreach (var (hour, text) in hours)
                {
                    Write(Path.Combine(own, NameOf(hour) + Open), text.Span);
                    log.Newest = Math.Max(log.Newest, hour);
                }

                (log.Kept, log.Fault) = (log.Kept + count, null);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                (log.Lost, log.Fault) = (log.Lost + count, e.Message);
            }
        }
    }

    /// <summary>Packs the hours that are over, and deletes what is older than it is kept. Gives what was deleted, a line each.</summary>
    public IReadOnlyList<string> Tidy()
    {
        var deleted = new List<string>();
        List<(string Feed, long Newest)> all;
        lock (gate)
        {
            all = [.. feeds.Select(f => (f.Key, f.Value.Newest))];
        }

        foreach (var (feed, newest) in all.Where(f => f.Newest > 0))
        {
            var own = FolderOf(feed);
            foreach (var hour in Directory.EnumerateFiles(own).Where(f => f.EndsWith(Open, StringComparison.Ordinal) || f.EndsWith(Packing, StringComparison.Ordinal)).Select(HourOf).Where(h => h < newest - 1).Distinct().Order().ToList())
            {
                Pack(Path.Combine(own, NameOf(hour)));
            }

            var oldest = newest - (long)kept.TotalHours;
            var old = Directory.EnumerateFiles(own).Where(f => HourOf(f) is > 0 and var hour && hour < oldest).ToList();
            old.ForEach(File.Delete);
            if (old.Count > 0)
            {
                deleted.Add($"{old.Count} hours of feed {feed} before {FactId.Iso(DateTimeOffset.FromUnixTimeSeconds(oldest * 3600))}");
            }
        }

        return deleted;
    }

    /// <summary>Feeds of which records lie here.</summary>
    public IReadOnlyList<string> Feeds() => Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Select(d => Path.Combine(d, NameFile)).Where(File.Exists).Select(File.ReadAllText).Order(StringComparer.Ordinal)] : [];

    /// <summary>Reads the records of a feed received in the hours that a period touches, in the order they were kept.</summary>
    /// <remarks>The whole of those hours is given, so that parts of a message before the period are known; the reader takes what is its own.</remarks>
    public void Read(string feed, DateTimeOffset from, DateTimeOffset to, RawRecord each, CancellationToken cancel = default)
    {
        var own = Path.Combine(folder, SafeName(feed));
        for (var hour = from.ToUnixTimeSeconds() / 3600; hour * 3600 < to.ToUnixTimeSeconds() + 1; hour++)
        {
            foreach (var end in new[] { Closed, Packing, Open })
            {
                cancel.ThrowIfCancellationRequested();
                var path = Path.Combine(own, NameOf(hour) + end);
                if (File.Exists(path))
                {
                    ReadFile(path, end == Closed, each);
                }
            }
        }
    }

    private static void ReadFile(string path, bool packed, RawRecord each)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        using Stream text = packed ? new GZipStream(file, CompressionMode.Decompress) : file;
        var (buffer, length) = (new byte[1 << 18], 0);
        for (int read; (read = text.Read(buffer, length, buffer.Length - length)) > 0;)
        {
            var rest = buffer.AsSpan(0, length += read);
            for (var end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
            {
                var line = rest[..end];
                rest = rest[(end + 1)..];
                if (Utf8Parser.TryParse(line, out long ms, out var digits) && digits < line.Length && line[digits] == '\t')
                {
                    each(DateTimeOffset.FromUnixTimeMilliseconds(ms), line[(digits + 1)..]);
                }
            }

            rest.CopyTo(buffer);
            length = rest.Length;
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * buffer.Length);
            }
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> text)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read | FileShare.Delete, 0);
        var before = file.Length;
        file.Position = before;
        try
        {
            file.Write(text);
        }
        catch (IOException)
        {
            // Half a line would spoil the next one.
            file.SetLength(before);
            throw;
        }
    }

    // A late record opens a closed hour again: its file is added to the packed one. The feed is not held up: what is being packed has a name of
    // its own. Killed on the way, records stand twice, and are read once.
    private void Pack(string hour)
    {
        lock (gate)
        {
            if (!File.Exists(hour + Packing))
            {
                File.Move(hour + Open, hour + Packing);
            }
        }

        using (var into = File.Create(hour + Closed + Unfinished))
        {
            if (File.Exists(hour + Closed))
            {
                using var before = File.OpenRead(hour + Closed);
                before.CopyTo(into);
            }

            using var zip = new GZipStream(into, CompressionLevel.Fastest, leaveOpen: true);
            using var text = File.OpenRead(hour + Packing);
            text.CopyTo(zip);
        }

        File.Move(hour + Closed + Unfinished, hour + Closed, overwrite: true);
        File.Delete(hour + Packing);
    }

    private string FolderOf(string feed)
    {
        var own = Path.Combine(folder, SafeName(feed));
        if (!File.Exists(Path.Combine(own, NameFile)))
        {
            Directory.CreateDirectory(own);
            File.WriteAllText(Path.Combine(own, NameFile), feed);
        }

        return own;
    }

    // A feed's name may hold anything; two names never share a folder.
    private static string SafeName(string feed) => new StringBuilder().AppendJoin("", feed.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_')).Append('-').Append(FactId.Of(feed)[..6]).ToString();

    private static string NameOf(long hour) => FactId.Iso(DateTimeOffset.FromUnixTimeSeconds(hour * 3600))[..13];

    private static long HourOf(string path) => Path.GetFileName(path) is { Length: > 13 } name
        && DateTimeOffset.TryParseExact(name[..13], "yyyy-MM-dd'T'HH", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var hour) ? hour.ToUnixTimeSeconds() / 3600 : 0;

    private sealed class FeedLog
    {
        public long Kept { get; set; }

        public long Lost { get; set; }

        public long Newest { get; set; }

        public string? Fault { get; set; }
    }
}
