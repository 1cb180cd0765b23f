using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Support;

namespace MaritimeWatch.Unit.Feeds.Exercise;

/// <summary>A position report as read from a line; time in whole seconds since the start.</summary>
internal readonly record struct HeardFix(int AtS, int DeliveredS, int Mmsi, int Type, double LatDeg, double LonDeg, double SogKnots, int Status, int Station);

/// <summary>A static report as read from lines.</summary>
internal sealed record HeardStatic(int AtS, int Mmsi, int Type, int Imo, string CallSign, string Name, double DraughtM, string Destination);

/// <summary>The first nine hours, in which every truth happens, read once for all tests.</summary>
internal sealed class ExerciseMorning
{
    private static readonly Lazy<ExerciseMorning> Once = new(() => new ExerciseMorning());

    private ExerciseMorning()
    {
        Scenario = ExerciseScenario.Load(Folder);
        var stations = Scenario.Receivers.Select((r, i) => (r.Name, i)).ToDictionary(p => p.Name, p => p.i);
        var firstParts = new Dictionary<string, string>();
        var startS = Scenario.Start.ToUnixTimeSeconds();
        var last = Scenario.Start;
        foreach (var line in Scenario.Lines().TakeWhile(l => l.DeliveredAt < Scenario.Start.AddHours(9)))
        {
            Lines++;
            IsInOrder &= line.DeliveredAt >= last;
            last = line.DeliveredAt;
            Digest(line, "first", 0);
            Digest(line, "late", LateFromMs);
            var read = SentenceReader.Split(line.Text);
            AreMarked &= read.Mark == "EXERCISE" && read.Source.StartsWith("EXER-", StringComparison.Ordinal);
            var payload = read.Payload;
            if (read.Parts == 2)
            {
                var key = read.Source + read.Group;
                if (read.Part == 1)
                {
                    firstParts[key] = payload;
                    continue;
                }

                Assert.True(firstParts.Remove(key, out var first), "The second part came without its first.");
                payload = first + payload;
            }

            Take(payload, read.FillBits, (int)(read.UnixS - startS), (int)(line.DeliveredAt - Scenario.Start).TotalSeconds, stations[read.Source]);
        }

        ByMmsi = Fixes.ToLookup(f => f.Mmsi);
    }

    public static ExerciseMorning Instance => Once.Value;

    public static string Folder => Path.Combine(SharedData.Root, "seeds", "exercise");

    public ExerciseScenario Scenario { get; }

    public List<HeardFix> Fixes { get; } = [];

    public List<HeardStatic> Statics { get; } = [];

    public ILookup<int, HeardFix> ByMmsi { get; }

    public Dictionary<int, int> LinesByType { get; } = [];

    public long Lines { get; }

    public bool IsInOrder { get; } = true;

    public bool AreMarked { get; } = true;

    public int SecondsOf(DateTimeOffset time) => (int)(time - Scenario.Start).TotalSeconds;

    public ExerciseTruth Truth(ExerciseTruthKind kind) => Scenario.Truths.Single(t => t.Truth == kind);

    /// <summary>SHA-256 of 100 000 lines from the start, and from a time in the middle of the backlog.</summary>
    public string DigestOf(string part) => Convert.ToHexString(digests[part].Hash.GetCurrentHash());

    public const int LateFromMs = 9_603_500, DigestedLines = 100_000;

    private readonly Dictionary<string, (IncrementalHash Hash, int Count)> digests = new()
    {
        ["first"] = (IncrementalHash.CreateHash(HashAlgorithmName.SHA256), 0),
        ["late"] = (IncrementalHash.CreateHash(HashAlgorithmName.SHA256), 0),
    };

    public static byte[] BytesOf(ExerciseLine line) => Encoding.ASCII.GetBytes($"{line.DeliveredAt.UtcTicks} {line.Text}\n");

    private readonly (string Payload, HeardFix Fix)?[] seen = new (string, HeardFix)?[4096];

    private void Digest(ExerciseLine line, string part, int fromMs)
    {
        var (hash, count) = digests[part];
        if (count < DigestedLines && (line.DeliveredAt - Scenario.Start).TotalMilliseconds >= fromMs)
        {
            hash.AppendData(BytesOf(line));
            digests[part] = (hash, count + 1);
        }
    }

    private void Take(string payload, int fill, int atS, int deliveredS, int station)
    {
        // Another station heard the same: the same letters need no second reading.
        var place = payload.GetHashCode() & (seen.Length - 1);
        if (seen[place] is var (known, fix) && known == payload)
        {
            LinesByType[fix.Type]++;
            Fixes.Add(fix with { AtS = atS, DeliveredS = deliveredS, Station = station });
            return;
        }

        var bits = SentenceReader.Bits(payload, fill);
        var type = SentenceReader.Unsigned(bits, 0, 6);
        var mmsi = SentenceReader.Unsigned(bits, 8, 30);
        LinesByType[type] = LinesByType.GetValueOrDefault(type) + 1;
        switch (type)
        {
            case 1 or 3:
                Debug.Assert(bits.Length == 168);
                Fixes.Add(new HeardFix(atS, deliveredS, mmsi, type, SentenceReader.Signed(bits, 89, 27) / 600000.0, SentenceReader.Signed(bits, 61, 28) / 600000.0, SentenceReader.Unsigned(bits, 50, 10) / 10.0, SentenceReader.Unsigned(bits, 38, 4), station));
                seen[place] = (payload, Fixes[^1]);
                break;
            case 18:
                Fixes.Add(new HeardFix(atS, deliveredS, mmsi, type, SentenceReader.Signed(bits, 85, 27) / 600000.0, SentenceReader.Signed(bits, 57, 28) / 600000.0, SentenceReader.Unsigned(bits, 46, 10) / 10.0, 15, station));
                break;
            case 5:
                Assert.Equal(424, bits.Length);
                Statics.Add(new HeardStatic(atS, mmsi, 5, SentenceReader.Unsigned(bits, 40, 30), SentenceReader.Text(bits, 70, 7), SentenceReader.Text(bits, 112, 20), SentenceReader.Unsigned(bits, 294, 8) / 10.0, SentenceReader.Text(bits, 302, 20)));
                break;
            case 24 when SentenceReader.Unsigned(bits, 38, 2) == 0:
                Statics.Add(new HeardStatic(atS, mmsi, 24, 0, "", SentenceReader.Text(bits, 40, 20), 0, ""));
                break;
            default:
                Assert.Contains(type, new[] { 4, 24 });
                break;
        }
    }
}
