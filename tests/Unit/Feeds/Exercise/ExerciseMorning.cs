using System.Diagnostics;
using System.Globalization;
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
            var (tags, fields) = SentenceReader.Split(line.Text);
            AreMarked &= tags['t'] == "EXERCISE" && tags['s'].StartsWith("EXER-", StringComparison.Ordinal);
            var atS = (int)(long.Parse(tags['c'], CultureInfo.InvariantCulture) - startS);
            var payload = fields[5];
            if (fields[1] == "2")
            {
                var key = tags['s'] + tags['g'][4..];
                if (fields[2] == "1")
                {
                    firstParts[key] = payload;
                    continue;
                }

                Assert.True(firstParts.Remove(key, out var first), "The second part came without its first.");
                payload = first + payload;
            }

            Take(payload, fields[6][0] - '0', atS, (int)(line.DeliveredAt - Scenario.Start).TotalSeconds, stations[tags['s']]);
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

    private void Take(string payload, int fill, int atS, int deliveredS, int station)
    {
        var bits = SentenceReader.Bits(payload, fill);
        var type = SentenceReader.Unsigned(bits, 0, 6);
        var mmsi = SentenceReader.Unsigned(bits, 8, 30);
        LinesByType[type] = LinesByType.GetValueOrDefault(type) + 1;
        switch (type)
        {
            case 1 or 3:
                Debug.Assert(bits.Length == 168);
                Fixes.Add(new HeardFix(atS, deliveredS, mmsi, type, SentenceReader.Signed(bits, 89, 27) / 600000.0, SentenceReader.Signed(bits, 61, 28) / 600000.0, SentenceReader.Unsigned(bits, 50, 10) / 10.0, SentenceReader.Unsigned(bits, 38, 4), station));
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
