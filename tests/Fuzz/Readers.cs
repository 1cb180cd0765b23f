using System.Text;
using System.Text.Json;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Feeds.Registers;
using MaritimeWatch.Identity;
using MaritimeWatch.Records;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Fuzz;

/// <summary>
/// The readers under fuzzing. Any exception but the one a reader promises is a finding, and so is an input whose lines are not all
/// accounted for, or that takes or keeps more memory than its size warrants.
/// </summary>
internal static class Readers
{
    private static readonly DateTimeOffset Date = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, Action<byte[]>> All = new()
    {
        ["line"] = Line,
        ["tag"] = Tag,
        ["payload"] = Payload,
        ["csv"] = Csv,
        ["position"] = Position,
        ["card"] = Card,
        ["register"] = Register,
    };

    // A file in memory would not go through the same door: the readers of files get one, of this process alone.
    private static readonly string OwnFile = Path.Combine(Path.GetTempPath(), $"mw-fuzz-{Environment.ProcessId}");

    private static readonly Lazy<ColumnCards> Columns = new(() => ColumnCards.Load(Seed("feeds", "position-columns.json")));

    private static readonly Lazy<FlagTables> Flags = new(() => new FlagTables(SeedText("mid.csv"), SeedText("call-sign-series.csv"), SeedText("flags.csv"), SeedText("flag-realms.csv"), SeedText("flag-names.csv")));

    private static readonly Lazy<RegisterCard> FlagRegister = new(() => RegisterCard.Load(Seed("feeds", "registers", "flag-register.json")));

    public static IEnumerable<string> Names => All.Keys;

    public static Action<byte[]>? Of(string name) => All.GetValueOrDefault(name);

    // A stream of lines, as a feed brings them: tag blocks, time lines, parts in any order.
    private static void Line(byte[] input)
    {
        var observations = new AisObservations("fuzz", ReceiverKind.Terrestrial);
        long lines = 0;
        for (var rest = (ReadOnlySpan<byte>)input; !rest.IsEmpty; lines++)
        {
            var end = rest.IndexOf((byte)'\n');
            observations.Read(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        observations.End();
        var batch = observations.Take();
        Holds(batch.Count.Lines == lines, $"{lines} lines, {batch.Count.Lines} counted");
        Holds(batch.Count.Lines == batch.Count.Accepted + batch.Count.Duplicates + batch.Count.RejectedTotal, "the count does not add up");
        Holds(batch.Rejections.Count == batch.Count.RejectedTotal, "a rejection is missing");
    }

    private static void Tag(byte[] input)
    {
        if (TagBlock.Read(input, out var tag) is null)
        {
            Holds(tag.Time is not { } time || time.Year is >= 1970 and < 2101, "a time outside the calendar");
        }
    }

    // The bits themselves: every byte becomes armour in a sentence with a right checksum, so that each input is a message.
    private static void Payload(byte[] input)
    {
        var body = new StringBuilder("AIVDM,1,1,,A,");
        foreach (var b in input)
        {
            var six = b & 63;
            body.Append((char)(six < 40 ? six + 48 : six + 56));
        }

        var text = Encoding.ASCII.GetBytes(body.Append(',').Append(input.Length % 6).ToString());
        var stream = new AisStream("fuzz", new IntakeCount(), _ => { });
        if (stream.Read(Encoding.ASCII.GetBytes($"!{Encoding.ASCII.GetString(text)}*{NmeaChecksum.Of(text):X2}"), 1))
        {
            var message = stream.Record.Message;
            Holds(message.Position is not { HasPlace: true } p || (p.LatDeg is >= -90 and <= 90 && p.LonDeg is >= -180 and <= 180), "a place that is not on Earth");
            using var json = new Utf8JsonWriter(Stream.Null);
            AisJson.Write(json, stream.Record);
        }
    }

    private static void Csv(byte[] input) => ReadFile(input, path =>
    {
        foreach (var batch in new PositionCsv("fuzz", Columns.Value).Read(path))
        {
            Account(batch.Count, batch.Rejections.Count);
        }
    });

    // Whatever the content is taken for: NMEA, CSV, JSON, GeoJSON, Parquet, NAF.
    private static void Position(byte[] input) => ReadFile(input, path =>
    {
        foreach (var batch in PositionFiles.Open("fuzz", path, Columns.Value).ReadAsync(null, CancellationToken.None).ToBlockingEnumerable())
        {
            Account(batch.Count, batch.Rejections.Count);
        }
    });

    private static void Card(byte[] input)
    {
        try
        {
            _ = RegisterCard.Read(new MemoryStream(input));
        }
        catch (JsonException)
        {
            // What the reader promises for something that is no card.
        }
    }

    private static void Register(byte[] input) => ReadFile(input, path =>
    {
        var content = new RegisterReader("fuzz", FlagRegister.Value, Flags.Value).Read(path, Date);
        Holds(content.Count.Lines == content.Count.Accepted + content.Count.RejectedTotal, "the count does not add up");
    });

    private static void ReadFile(byte[] input, Action<string> read)
    {
        File.WriteAllBytes(OwnFile, input);
        try
        {
            read(OwnFile);
        }
        catch (InputException e)
        {
            // One clear line for an input that cannot be used at all.
            Holds(!e.Message.Contains('\n', StringComparison.Ordinal), "a message of several lines");
        }
    }

    private static void Account(IntakeCount count, int rejections)
    {
        Holds(count.Lines == count.Accepted + count.Duplicates + count.RejectedTotal, "the count does not add up");
        Holds(rejections == count.RejectedTotal, "a rejection is missing");
    }

    private static void Holds(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidDataException(what);
        }
    }

    private static string SeedText(string name) => File.ReadAllText(Seed(name), Encoding.UTF8);

    private static string Seed(params string[] name)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "seeds", "mid.csv")))
        {
            at = at.Parent;
        }

        return Path.Combine([at?.FullName ?? throw new DirectoryNotFoundException("seeds/ was not found above the program."), "seeds", .. name]);
    }
}
