using System.Text;
using FsCheck;
using FsCheck.Xunit;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Unit.Feeds.Ais;

public sealed class AisStreamTests
{
    private readonly char[] payload = new char[80];

    [Property(MaxTest = 1000)]
    public bool A_class_A_position_comes_back_as_it_was_sent(int seed)
    {
        var random = new Random(seed);
        var sent = new ClassAPosition(random.Next(1_000_000_000), random.Next(16), random.Next(5) == 0 ? null : random.Next(-700, 700), random.Next(5) == 0 ? null : random.Next(1022) / 10.0, random.Next(2) == 0,
            random.Next(5) == 0 ? null : random.Next(-108_000_000, 108_000_000) / 600_000.0, random.Next(5) == 0 ? null : random.Next(-54_000_000, 54_000_000) / 600_000.0,
            random.Next(5) == 0 ? null : random.Next(3600) / 10.0, random.Next(5) == 0 ? null : random.Next(360), random.Next(64));
        var length = AisEncoder.ClassA(random.Next(2) == 0 ? 1 : 3, sent, random.Next(1 << 19), payload);
        var record = Decoded.Read([Decoded.Sentence(payload.AsSpan(0, length), 0)]).Records.Single();
        var p = record.Message.Position!.Value;
        return record.Message.Mmsi.Number == sent.Mmsi && (int)p.Status! == sent.NavigationalStatus && p.SogKnots == sent.SogKnots && p.HighAccuracy == sent.HighAccuracy
            && Near(p.LonDeg, sent.LonDeg, 1e-9) && Near(p.LatDeg, sent.LatDeg, 1e-9) && p.CogDeg == sent.CogDeg && p.HeadingDeg == sent.HeadingDeg
            && p.UtcSecond == (sent.UtcSecond < 60 ? sent.UtcSecond : null)
            // One step of the indicator is 2 root(rate) / 4.733, at most 12° a minute at 700.
            && Near(p.RotDegPerMin, sent.TurnDegPerMin, 6.5);
    }

    [Property(MaxTest = 500)]
    public bool Static_data_come_back_from_two_parts_in_either_order(int seed)
    {
        var random = new Random(seed);
        var sent = new StaticAndVoyage(random.Next(1_000_000_000), random.Next(10_000_000), Word(random, 7), Word(random, 20), random.Next(256), new AntennaOffsets(random.Next(512), random.Next(512), random.Next(64), random.Next(64)),
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(500_000)), random.Next(256) / 10.0, Word(random, 20));
        var length = AisEncoder.Static(sent, payload);
        string[] parts = [Decoded.Sentence(payload.AsSpan(0, 56), 0, 2, 1, "3"), Decoded.Sentence(payload.AsSpan(56, length - 56), 2, 2, 2, "3")];
        return new[] { parts, [parts[1], parts[0]] }.All(order =>
        {
            var s = Decoded.Read(order).Records.Single().Message.Static!.Value;
            return (s.Imo ?? 0) == sent.Imo && s.CallSign == sent.CallSign && s.Name == sent.Name && s.Destination == sent.Destination && (s.ShipType ?? 0) == sent.ShipType
                && ((s.ToBowM ?? 0, s.ToSternM ?? 0, s.ToPortM ?? 0, s.ToStarboardM ?? 0) == (sent.Offsets.ToBowM, sent.Offsets.ToSternM, sent.Offsets.ToPortM, sent.Offsets.ToStarboardM))
                && (s.DraughtM ?? 0) == sent.DraughtM && (s.EtaMonth, s.EtaDay, s.EtaHour, s.EtaMinute) == (sent.Eta!.Value.Month, sent.Eta.Value.Day, sent.Eta.Value.Hour, sent.Eta.Value.Minute);
        });
    }

    [Property(MaxTest = 500)]
    public bool Class_B_comes_back_as_it_was_sent(int seed)
    {
        var random = new Random(seed);
        var sent = new ClassBPosition(random.Next(1_000_000_000), random.Next(1022) / 10.0, true, random.Next(-108_000_000, 108_000_000) / 600_000.0, random.Next(-54_000_000, 54_000_000) / 600_000.0, random.Next(3600) / 10.0, null, random.Next(60));
        var name = Word(random, 20);
        var m18 = Decoded.Read([Decoded.Sentence(payload.AsSpan(0, AisEncoder.ClassB(sent, payload)), 0)]).Records.Single().Message;
        var m19 = Decoded.Read([Decoded.Sentence(payload.AsSpan(0, AisEncoder.ClassBExtended(sent, name, 36, new AntennaOffsets(6, 5, 2, 1), payload)), 0)]).Records.Single().Message;
        return m19.Static is { ShipType: 36, ToBowM: 6, ToStarboardM: 1 } s && s.Name == name && new[] { m18, m19 }.All(m => m.Transponder == TransponderClass.B && m.Mmsi.Number == sent.Mmsi
            && m.Position is { HeadingDeg: null } p && p.SogKnots == sent.SogKnots && p.CogDeg == sent.CogDeg && Near(p.LatDeg, sent.LatDeg, 1e-9) && Near(p.LonDeg, sent.LonDeg, 1e-9) && p.UtcSecond == sent.UtcSecond);
    }

    [Property(MaxTest = 300)]
    public bool Every_line_of_any_mixture_is_accepted_rejected_or_a_duplicate(int seed)
    {
        var random = new Random(seed);
        var lines = Enumerable.Range(0, 60).SelectMany(i => Mixed(random, i)).ToArray();
        random.Shuffle(lines);
        var (_, count, rejections) = Decoded.Read(lines);
        var observations = new AisObservations("test", ReceiverKind.Terrestrial);
        foreach (var line in lines)
        {
            observations.Read(line);
        }

        observations.End();
        var second = observations.Take().Count;
        return count.Lines == lines.Length && count.Lines == count.Accepted + count.Duplicates + count.RejectedTotal && rejections.Count == count.RejectedTotal
            && second.Lines == lines.Length && second.Lines == second.Accepted + second.Duplicates + second.RejectedTotal;
    }

    [Theory]
    [InlineData("c:99999999999")]
    [InlineData("c:253402300798999")]
    [InlineData("c:-1")]
    [InlineData("c:99999999999999999999")]
    public void A_tag_block_with_a_time_at_the_end_of_the_calendar_is_refused_and_the_stream_goes_on(string field)
    {
        var good = Decoded.Sentence("177KQJ5000G?tO`K>RA1wUbN0TKH", 0);
        var observations = new AisObservations("test", ReceiverKind.Terrestrial);
        observations.Read(Encoding.ASCII.GetBytes($"\\{field}*{NmeaChecksum.Of(Encoding.ASCII.GetBytes(field)):X2}\\{good}"));
        observations.Read(Encoding.ASCII.GetBytes($"\\c:1700000000*{NmeaChecksum.Of("c:1700000000"u8):X2}\\{good}"));
        var batch = observations.Take();
        Assert.Equal((1, 1L), (batch.Sightings.Count, batch.Count.Rejected["tag block time not readable"]));
    }

    [Property(MaxTest = 1000)]
    public bool A_tag_block_says_its_station_time_and_group_whatever_their_order_and_length(int seed)
    {
        var random = new Random(seed);
        var station = new string([.. Enumerable.Range(0, random.Next(1, 24)).Select(_ => (char)random.Next('0', 'z' + 1) is var c && c is '\\' ? 'x' : c)]);
        var seconds = random.NextInt64(0, 4_102_444_800);
        var ms = seconds * 1000 + random.Next(1000);
        var milliseconds = random.Next(2) == 0 && ms > 100_000_000_000;
        var group = random.NextInt64(0, 1_000_000);
        string[] fields = [$"s:{station}", $"c:{(milliseconds ? ms : seconds)}", $"g:1-2-{group}", "n:12", "t:x"];
        random.Shuffle(fields);
        var text = Encoding.ASCII.GetBytes(string.Join(',', fields));
        var names = new StationNames();
        return new[] { 0, 1 }.All(_ =>
        {
            var tag = TagBlock.Nothing;
            return TagBlock.ReadInto(Encoding.ASCII.GetBytes($"{Encoding.ASCII.GetString(text)}*{NmeaChecksum.Of(text):X2}"), names, ref tag) is null
                && tag.Station == station && tag.Time == DateTimeOffset.FromUnixTimeMilliseconds(milliseconds ? ms : seconds * 1000) && tag.Group == group && !tag.ChecksumDiffers;
        });
    }

    [Fact]
    public void One_transmission_heard_by_two_stations_is_one_observation()
    {
        var good = Decoded.Sentence("177KQJ5000G?tO`K>RA1wUbN0TKH", 0);
        var observations = new AisObservations("test", ReceiverKind.Terrestrial);
        foreach (var tag in new[] { "s:a,c:1700000000", "s:b,c:1700000002" })
        {
            observations.Read(Encoding.ASCII.GetBytes($"\\{tag}*{NmeaChecksum.Of(Encoding.ASCII.GetBytes(tag)):X2}\\{good}"));
        }

        var batch = observations.Take();
        Assert.Equal((1, 1L, 1L), (batch.Sightings.Count, batch.Count.Duplicates, batch.Count.Accepted));
    }

    private byte[][] Mixed(Random random, int i)
    {
        var good = Decoded.Sentence(payload.AsSpan(0, AisEncoder.ClassA(1, new ClassAPosition(i, 0, null, 5, false, 1, 50, 90, null, 7), 0, payload)), 0);
        var tag = $"c:{random.NextInt64(0, 300_000_000_000_000)}";
        var bytes = new byte[random.Next(120)];
        random.NextBytes(bytes);
        var broken = Encoding.ASCII.GetBytes(good);
        broken[random.Next(broken.Length)] ^= (byte)random.Next(1, 256);
        var length = AisEncoder.Static(new StaticAndVoyage(i, 0, "A", "B", 70, default, null, 0, "C"), payload);
        return random.Next(6) switch
        {
            0 => [Encoding.ASCII.GetBytes(good)],
            1 => [broken],
            2 => [bytes],
            3 => [Encoding.ASCII.GetBytes(Decoded.Sentence(payload.AsSpan(0, 56), 0, 2, 1, $"{i % 10}")), Encoding.ASCII.GetBytes(Decoded.Sentence(payload.AsSpan(56, length - 56), 2, 2, 2, $"{i % 10}"))],
            4 => [Encoding.ASCII.GetBytes($"\\{tag}*{NmeaChecksum.Of(Encoding.ASCII.GetBytes(tag)):X2}\\{good}")],
            _ => [Encoding.ASCII.GetBytes(Decoded.Sentence(new string('w', random.Next(1, 60)), random.Next(6), 1 + random.Next(9), 1, $"{i % 10}"))],
        };
    }

    private static bool Near(double? a, double? b, double within) => a is null == b is null && (a is not { } x || Math.Abs(x - b!.Value) <= within);

    private static string Word(Random random, int longest) => new([.. Enumerable.Range(0, random.Next(1, longest + 1)).Select(_ => (char)random.Next('A', 'Z' + 1))]);
}
