using System.Diagnostics;
using System.Text.Json;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Records;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// AIS sentences to typed messages on one core, against the decoders that can be had here, in turn and on the same file
/// (PERFORMANCE.md, D1, D2, D4): checksum, tag blocks, parts joined, every field of every message read. A run is worth nothing
/// unless all found the same: counts by type and sums of fields are compared.
/// </summary>
internal static class NmeaBench
{
    private const int Rounds = 5, OurPasses = 9;

    public static int Run(string[] args)
    {
        var messages = args.Length > 0 ? int.Parse(args[0]) : 2_000_000;
        var (plain, tagged) = (Path.Combine(Path.GetTempPath(), "mw-bench.nmea"), Path.Combine(Path.GetTempPath(), "mw-bench-tagged.nmea"));
        NmeaFile.Write(plain, messages, tagged: false);
        NmeaFile.Write(tagged, messages, tagged: true);
        Sums ours = new(), theirs = new();
        var (own, floor, gpsd, node, withTags, observed) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        long bytes = 0, observedBytes = 0, observations = 0;
        var (hasGpsd, script) = (Found("gpsdecode", "--version"), NodeScript());
        for (var round = 0; round < Rounds; round++)
        {
            for (var pass = 0; pass < OurPasses; pass++)
            {
                own.Add(Timed(() => (ours, bytes) = Decode(plain)));
                withTags.Add(Timed(() => Decode(tagged)));
            }

            floor.Add(Timed(() => Floor(plain)));
            observed.Add(Timed(() => (observations, observedBytes) = Observe(tagged)));
            if (hasGpsd)
            {
                gpsd.Add(Timed(() => Shell($"gpsdecode < '{plain}' > /dev/null")));
            }

            if (script is not null)
            {
                node.Add(double.Parse(Shell($"node '{script}' '{plain}'").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        Console.WriteLine($"{ours.Lines:N0} lines, {ours.Messages:N0} messages, {new FileInfo(plain).Length / 1e6:0} MB; {Environment.ProcessorCount} cores; medians (range) of {Rounds} rounds in turn, ours of {own.Count} passes");
        var mine = Print("ours, all fields", own, ours.Lines, null);
        Print("ours, tag blocks and groups", withTags, ours.Lines, null);
        Print("ours, to observations of a feed", observed, ours.Lines, null);
        Print("floor: read and count lines", floor, ours.Lines, mine);
        Print(hasGpsd ? "gpsdecode to JSON" : "gpsdecode: not here (apt-get install gpsd-clients)", gpsd, ours.Lines, mine);
        Print(script is not null ? "ggencoder (node)" : "ggencoder: not here (npm install ggencoder in the temporary folder mw-ggencoder)", node, ours.Lines, mine);
        Console.WriteLine($"allocated: {(double)bytes / ours.Messages:0.0000} bytes a message decoded, {(double)observedBytes / observations:0.0} a message as observation ({observations:N0} positions and static reports)");
        return hasGpsd ? Compare(ours, theirs = Gpsd(plain)) : 0;
    }

    private static double Print(string name, List<double> seconds, long lines, double? ours)
    {
        if (seconds.Count == 0)
        {
            Console.WriteLine($"  {name}");
            return 0;
        }

        seconds.Sort();
        var median = seconds[seconds.Count / 2];
        Console.WriteLine($"  {name,-34} {median,8:0.0000} s ({seconds[0]:0.0000}–{seconds[^1]:0.0000})  {lines / median / 1e6,8:0.00} M lines/s{(ours is { } m ? $"  ours is {median / m:0.0}x" : "")}");
        return median;
    }

    private static int Compare(Sums ours, Sums theirs)
    {
        var same = ours.ByType.OrderBy(t => t.Key).SequenceEqual(theirs.ByType.OrderBy(t => t.Key)) && ours.Compared == theirs.Compared;
        Console.WriteLine($"{(same ? "equal" : "UNEQUAL")}: ours {string.Join(' ', ours.ByType.OrderBy(t => t.Key))} sum {ours.Compared}, gpsdecode {string.Join(' ', theirs.ByType.OrderBy(t => t.Key))} sum {theirs.Compared}");
        return same ? 0 : 1;
    }

    private static double Timed(Action run)
    {
        var began = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static (Sums, long) Decode(string file)
    {
        var stream = new AisStream("bench", new IntakeCount(), _ => { });
        using var input = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        var (lines, sums) = (new ByteLines(input), new Sums());
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (ReadSome(lines, stream, sums))
        {
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        sums.Close();
        return (sums, allocated);
    }

    // As a feed reads: some thousand lines a call.
    private static bool ReadSome(ByteLines lines, AisStream stream, Sums sums)
    {
        var more = true;
        for (var i = 0; i < 4096 && (more = lines.TryRead(out var line)); i++)
        {
            if (stream.Read(line, ++sums.Lines))
            {
                sums.Add(stream.Record);
            }
        }

        return more;
    }

    private static (long, long) Observe(string file)
    {
        var observations = new AisObservations("bench", ReceiverKind.Terrestrial);
        using var input = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        var lines = new ByteLines(input);
        long taken = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (lines.TryRead(out var line))
        {
            observations.Read(line);
            if (observations.Held >= NmeaFileFeed.LinesPerBatch)
            {
                var batch = observations.Take();
                taken += batch.Sightings.Count + batch.Statics.Count;
            }
        }

        return (taken, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Floor(string file)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(1 << 18, pinned: true);
        using var input = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
        long at = 0, lines = 0;
        for (int read; (read = RandomAccess.Read(input, buffer, at)) > 0; at += read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }
    }

    // Unscaled, so that whole numbers are compared; each part of a message 24 by itself.
    private static Sums Gpsd(string file)
    {
        var sums = new Sums();
        foreach (var line in Shell($"gpsdecode --unscaled --split24 < '{file}'").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            var m = json.RootElement;
            long Of(string name) => m.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
            var type = (int)Of("type");
            sums.ByType[type] = sums.ByType.GetValueOrDefault(type) + 1;
            sums.Compared += Of("mmsi") + (type is 1 or 3 or 18 ? Of("lon") + Of("lat") + Of("speed") + Of("course") + (Of("heading") is < 360 and var heading ? heading : 0) + Of("second")
                : type == 5 ? Of("imo") + Of("shiptype") + Of("to_bow") + Of("to_stern") + Of("to_port") + Of("to_starboard") + Of("draught") + m.GetProperty("shipname").GetString()!.Length + m.GetProperty("destination").GetString()!.Length : 0);
        }

        return sums;
    }

    private static string? NodeScript()
    {
        var folder = Path.Combine(Path.GetTempPath(), "mw-ggencoder");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "ggencoder")))
        {
            return null;
        }

        var script = Path.Combine(folder, "bench.js");
        File.WriteAllText(script, """
            const { AisDecode } = require('ggencoder');
            const lines = require('fs').readFileSync(process.argv[2], 'latin1').split('\r\n').filter(l => l);
            const session = {}, began = process.hrtime.bigint();
            let valid = 0;
            for (const line of lines) if (new AisDecode(line, session).valid) valid++;
            console.log(Number(process.hrtime.bigint() - began) / 1e9, valid);
            """);
        return script;
    }

    private static bool Found(string program, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Shell(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    /// <summary>What a pass found: all fields read, and those compared with the other decoder.</summary>
    private sealed class Sums
    {
        public long Lines, Messages, Fields, Compared;

        public Dictionary<int, long> ByType { get; } = [];

        private readonly long[] types = new long[28];

        public void Add(in AisRecord record)
        {
            unchecked
            {
                Messages++;
                ref readonly var m = ref record.message;
                types[m.Type]++;
                Fields += m.Type + m.Repeat + m.Mmsi.Number;
                Compared += m.Mmsi.Number;
                if (m.hasPosition)
                {
                    ref readonly var p = ref m.position;
                    Compared += p.LonSteps + p.LatSteps + p.SogTenthsAndOne + p.CogTenthsAndOne + p.SecondAndOne + p.HeadingAndOne - 3 - (p.HeadingAndOne > 0 ? 1 : 0);
                    Fields += p.AltitudeAndOne + p.TurnAnd128 + p.StatusAndOne + p.Manoeuvre + (long)p.Flags + p.StateAndOne;
                }

                if (m.hasStatic)
                {
                    ref readonly var s = ref m.statics;
                    Fields += (long)((s.NameText.Bits ^ s.CallSignText.Bits ^ s.DestinationText.Bits ^ s.VendorText.Bits) >> 8) + s.Eta + s.MotherShipNumber + s.PartAndOne + s.EpfdNumber + s.VersionAndOne + (long)s.Flags;
                    Compared += m.Type != 5 ? 0 : s.ImoNumber + s.TypeNumber + s.Dimensions / (1 << 21) + (s.Dimensions >> 12) % 512 + (s.Dimensions >> 6) % 64 + s.Dimensions % 64 + s.DraughtTenths + s.NameText.Length + s.DestinationText.Length;
                }
            }
        }

        public void Close()
        {
            for (var type = 1; type < types.Length; type++)
            {
                if (types[type] > 0)
                {
                    ByType[type] = types[type];
                }
            }
        }
    }
}
