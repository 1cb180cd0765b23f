using System.Text;
using MaritimeWatch.Feeds.Ais;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// A made-up stream of sentences in the mix of a national coast service (message 1 71 %, 5 14 %, 3 13 %, 18 1.4 %, 24 0.7 %), every
/// field random, in random order, with a fixed seed: a sample that repeats is learnt by the branch predictor.
/// </summary>
internal static class NmeaFile
{
    public static void Write(string path, int messages, bool tagged)
    {
        using var file = new StreamWriter(path, false, Encoding.ASCII, 1 << 16) { NewLine = "\r\n" };
        var random = new Random(20261125);
        var payload = new char[80];
        for (var i = 0; i < messages; i++)
        {
            var (length, bits) = Message(random, payload);
            var fill = AisEncoder.FillBits(bits);
            var tag = tagged ? $"s:r00366{random.Next(10_000):0000},c:{1_700_000_000 + (i / 100)}" : null;
            if (length <= 60)
            {
                Sentence(file, tag, $"AIVDM,1,1,,{(i % 2 == 0 ? 'A' : 'B')},{payload.AsSpan(0, length)},{fill}");
                continue;
            }

            var group = tag is null ? "" : $",g:1-2-{i % 10_000}";
            Sentence(file, tag is null ? null : tag + group, $"AIVDM,2,1,{i % 10},A,{payload.AsSpan(0, 60)},0");
            Sentence(file, tag is null ? null : $"g:2-2-{i % 10_000}", $"AIVDM,2,2,{i % 10},A,{payload.AsSpan(60, length - 60)},{fill}");
        }
    }

    private static (int Length, int Bits) Message(Random random, Span<char> payload)
    {
        var mmsi = random.Next(200_000_000, 776_000_000);
        var draw = random.Next(1000);
        switch (draw)
        {
            case < 840:
                var type = draw < 710 ? 1 : 3;
                return (AisEncoder.ClassA(type, new ClassAPosition(mmsi, random.Next(16), random.Next(3) == 0 ? null : random.Next(-120, 120), random.Next(1023) / 10.0, random.Next(2) == 0, Lon(random), Lat(random), random.Next(3600) / 10.0, random.Next(6) == 0 ? null : random.Next(360), random.Next(60)), random.Next(1 << 19), payload), 168);
            case < 980:
                return (AisEncoder.Static(new StaticAndVoyage(mmsi, random.Next(1_000_000, 10_000_000), Word(random, 7), Word(random, 20), random.Next(100), Offsets(random), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(500_000)), random.Next(256) / 10.0, Word(random, 20)), payload), 424);
            case < 994:
                return (AisEncoder.ClassB(new ClassBPosition(mmsi, random.Next(1023) / 10.0, true, Lon(random), Lat(random), random.Next(3600) / 10.0, random.Next(360), random.Next(60)), payload), 168);
            case < 997:
                return (AisEncoder.NameOfClassB(mmsi, Word(random, 20), payload), 160);
            default:
                return (AisEncoder.DetailsOfClassB(mmsi, random.Next(100), Word(random, 3), Word(random, 7), Offsets(random), payload), 168);
        }
    }

    private static void Sentence(StreamWriter file, string? tag, string body)
    {
        if (tag is not null)
        {
            file.Write($"\\{tag}*{NmeaChecksum.Of(Encoding.ASCII.GetBytes(tag)):X2}\\");
        }

        file.WriteLine($"!{body}*{NmeaChecksum.Of(Encoding.ASCII.GetBytes(body)):X2}");
    }

    private static double Lon(Random random) => random.Next(-107_999_999, 107_999_999) / 600_000.0;

    private static double Lat(Random random) => random.Next(-53_999_999, 53_999_999) / 600_000.0;

    private static AntennaOffsets Offsets(Random random) => new(random.Next(1, 400), random.Next(1, 100), random.Next(1, 40), random.Next(1, 40));

    private static string Word(Random random, int longest) => string.Create(random.Next(3, longest + 1), random, static (text, from) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = (char)from.Next('A', 'Z' + 1);
        }
    });
}
