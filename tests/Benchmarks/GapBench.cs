using BenchmarkDotNet.Attributes;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Benchmarks;

/// <summary>Gaps with the counts of messages before them, over thirty days of a thousand vessels.</summary>
[MemoryDiagnoser]
public class GapBench
{
    public const int Messages = 500_000;

    private readonly List<(string Track, List<Heard> Heard)> tracks = [];

    [GlobalSetup]
    public void MakeTracks()
    {
        var random = new Random(2);
        var start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        for (var vessel = 0; vessel < 1000; vessel++)
        {
            var heard = new List<Heard>(Messages / 1000);
            var hours = 0.0;
            for (var i = 0; i < Messages / 1000; i++)
            {
                hours += random.Next(200) == 0 ? 10 + (random.NextDouble() * 10) : random.NextDouble() * 2;
                heard.Add(new Heard(start.AddHours(hours), new GeoPoint(50 + random.NextDouble(), random.NextDouble()), (ReceiverKind)random.Next(4)));
            }

            tracks.Add((vessel.ToString(), heard));
        }
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public int Find() => tracks.Sum(t => GapDetector.Find(t.Track, t.Heard, null, new GapOptions()).Count);
}
