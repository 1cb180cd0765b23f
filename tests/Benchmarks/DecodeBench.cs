using System.Text;
using BenchmarkDotNet.Attributes;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Records;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// AIS decoding on one thread: checksum, tag block, parts joined, all fields of the message. Sentences are made with
/// randomised fields, since a repeated sample is learnt by the branch predictor.
/// </summary>
[MemoryDiagnoser]
public class DecodeBench
{
    public const int Lines = 100_000;

    private byte[][] lines = [];

    [GlobalSetup]
    public void MakeLines()
    {
        var random = new Random(1);
        lines = [.. Enumerable.Range(0, Lines).Select(_ => Encoding.ASCII.GetBytes(Line(random)))];
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public long Decode()
    {
        var count = new IntakeCount();
        var stream = new AisStream("bench", count, _ => { });
        long sum = 0, number = 0;
        foreach (var line in lines)
        {
            if (stream.Read(line, ++number))
            {
                sum += stream.Record.Message.Mmsi.Number + (long)((stream.Record.Message.Position?.LatDeg ?? 0) * 1e6);
            }
        }

        return sum;
    }

    // A class A position report of random fields, armoured by hand so that the bench needs nothing but the standard.
    private static string Line(Random random)
    {
        Span<byte> six = stackalloc byte[28];
        random.NextBytes(six);
        six[0] = 1;
        var payload = new StringBuilder(28);
        foreach (var b in six)
        {
            var value = b & 63;
            payload.Append((char)(value < 40 ? value + 48 : value + 56));
        }

        // MMSI bits 8 to 37 must stay under 10^9: the top bits are cleared.
        payload[1] = (char)('0' + (random.Next(4) == 0 ? 1 : 0));
        payload[2] = '3';
        var body = $"AIVDM,1,1,,A,{payload},0";
        return $"!{body}*{NmeaChecksum.Of(Encoding.ASCII.GetBytes(body)):X2}";
    }
}

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
