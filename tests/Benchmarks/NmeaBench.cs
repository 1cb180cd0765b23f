using System.Diagnostics;
using System.Text;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Records;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// AIS sentences to typed messages on one core, against the decoders that can be had here, in turn and on the same file
/// (PERFORMANCE.md, D1, D2, D4): checksum, tag blocks, parts joined, every field of every message read.
/// </summary>
internal static class NmeaBench
{
    private const int Rounds = 45;

    public static void Run(string[] args)
    {
        var file = args.Length > 0 ? args[0] : "";
        Console.WriteLine(Best("ours", () => Decode(file)));
        Console.WriteLine(Best("floor", () => Floor(file)));
        if (args.Length < 2) { Console.WriteLine(Best("observations", () => Observe(file))); }
    }

    private static string Best(string name, Func<(long Lines, long Messages, long Sum, long Bytes)> run)
    {
        var times = new List<double>();
        (long Lines, long Messages, long Sum, long Bytes) last = default;
        for (var i = 0; i < Rounds; i++)
        {
            var began = Stopwatch.GetTimestamp();
            last = run();
            times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        times.Sort();
        return $"{name}: {last.Lines} lines, {last.Messages} messages, sum {last.Sum}, {last.Bytes} bytes allocated; {times[Rounds / 2]:F4} s median ({times[0]:F4}–{times[^1]:F4}), {last.Lines / times[Rounds / 2] / 1e6:F2} M lines/s";
    }

    private static (long, long, long, long) Decode(string file)
    {
        var count = new IntakeCount();
        var stream = new AisStream("bench", count, _ => { });
        using var input = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        var lines = new ByteLines(input);
        var sums = new Sums();
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (ReadSome(lines, stream, sums))
        {
        }

        return (sums.Lines, sums.Messages, sums.Fields, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // As a feed reads: some thousand lines a call.
    private static bool ReadSome(ByteLines lines, AisStream stream, Sums sums)
    {
        long number = sums.Lines, messages = sums.Messages, fields = sums.Fields;
        var more = true;
        for (var i = 0; i < 4096 && (more = lines.TryRead(out var line)); i++)
        {
            if (stream.Read(line, ++number))
            {
                messages++;
                fields = unchecked(fields + SumOf(stream.Record));
            }
        }

        (sums.Lines, sums.Messages, sums.Fields) = (number, messages, fields);
        return more;
    }

    private sealed class Sums
    {
        public long Lines, Messages, Fields;
    }

    private static (long, long, long, long) Observe(string file)
    {
        var observations = new AisObservations("bench", ReceiverKind.Terrestrial, TimeProvider.System);
        using var input = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        var lines = new ByteLines(input);
        long sum = 0, messages = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (lines.TryRead(out var line))
        {
            observations.Read(line);
            if (observations.Held >= 5000)
            {
                var batch = observations.Take();
                messages += batch.Sightings.Count + batch.Statics.Count;
                sum += batch.Sightings.Count;
            }
        }

        return (observations.LineNumber, messages, sum, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static (long, long, long, long) Floor(string file)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(1 << 18, pinned: true);
        using var input = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
        long at = 0, lines = 0;
        for (int read; (read = RandomAccess.Read(input, buffer, at)) > 0; at += read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        return (lines, 0, at, 0);
    }

    internal static long SumOf(in AisRecord record)
    {
        ref readonly var m = ref record.message;
        unchecked
        {
        long sum = m.Type + m.Repeat + m.Mmsi.Number;
        if (m.hasPosition)
        {
            ref readonly var p = ref m.position;
            sum += p.LonSteps + p.LatSteps + p.SogTenthsAndOne + p.CogTenthsAndOne + p.HeadingAndOne + p.AltitudeAndOne + p.TurnAnd128 + p.StatusAndOne + p.SecondAndOne + p.Manoeuvre + (long)p.Flags + p.StateAndOne;
        }

        if (m.hasStatic)
        {
            ref readonly var s = ref m.statics;
            sum += unchecked((long)((s.NameText.Bits ^ s.CallSignText.Bits ^ s.DestinationText.Bits ^ s.VendorText.Bits ^ s.NameExtension.Bits) >> 8)) + s.ImoNumber + s.Dimensions + s.Eta + s.MotherShipNumber + s.PartAndOne + s.TypeNumber + s.EpfdNumber + s.DraughtTenths + s.VersionAndOne + s.State + (long)s.Flags;
        }

        return sum;
        }
    }
}
