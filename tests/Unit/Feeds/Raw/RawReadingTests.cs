using System.Text;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Feeds.Raw;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Feeds.Raw;

public sealed class RawReadingTests
{
    private const string Position = "!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C";

    private static readonly string[] Static = ["!AIVDM,2,1,1,A,55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8,0*1C", "!AIVDM,2,2,1,A,88888888880,2*25"];

    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private static List<(DateTimeOffset At, byte[] Text)> KeptOf(params string[] lines)
    {
        var observations = new AisObservations("feed", ReceiverKind.Terrestrial, TimeProvider.System) { KeepsRaw = true };
        foreach (var line in lines)
        {
            observations.Read(Encoding.Latin1.GetBytes(line));
        }

        return [.. from hour in observations.Take().Raw!.Hours
                   from line in Encoding.Latin1.GetString(hour.Text.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                   let cut = line.IndexOf('\t', StringComparison.Ordinal)
                   select (DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(line[..cut], System.Globalization.CultureInfo.InvariantCulture)), Encoding.Latin1.GetBytes(line[(cut + 1)..]))];
    }

    private static IReadOnlyList<RawMessage> Read(IEnumerable<(DateTimeOffset At, byte[] Text)> kept, Func<Mmsi, bool>? wanted = null)
    {
        var reading = new RawReading("feed", wanted ?? (_ => true), DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        foreach (var (at, text) in kept)
        {
            reading.Read(at, text);
        }

        return reading.Found;
    }

    [Fact]
    public void A_line_is_kept_byte_for_byte_and_read_again_as_what_it_said()
    {
        var message = Assert.Single(Read(KeptOf(Position)));
        Assert.Equal((477_553_000, 1, Position), (message.Mmsi.Number, message.Type, Assert.Single(message.Lines)));
        Assert.Equal(47.58283, message.At!.Value.LatDeg, 4);
    }

    [Fact]
    public void A_message_of_two_parts_comes_with_both_lines_though_others_stand_between()
    {
        var found = Read(KeptOf(Static[0], Position, Static[1]));
        Assert.Equal(Static, Assert.Single(found, m => m.Type == 5).Lines);
        Assert.Single(found, m => m.Type == 1);
    }

    [Fact]
    public void A_tag_block_tells_station_and_time_and_refused_lines_are_kept_too()
    {
        var tagged = $"\\s:station7,c:{Noon.ToUnixTimeSeconds()}*{Checksum($"s:station7,c:{Noon.ToUnixTimeSeconds()}")}\\{Position}";
        var kept = KeptOf(tagged, "!AIVDM,broken\u00ff", Position);
        Assert.Equal(3, kept.Count);
        var message = Read(kept)[0];
        Assert.Equal((Noon, "station7", tagged), (message.ReceivedAt, message.Station, message.Lines[0]));
    }

    [Fact]
    public void Others_are_left_out_and_a_record_kept_twice_is_one()
    {
        var kept = KeptOf(Position, Static[0], Static[1]);
        Assert.Empty(Read(kept, m => m.Number == 1));
        Assert.Single(Read([.. kept, .. kept], m => m.Number == 477_553_000));
    }

    private static string Checksum(string text) => text.Aggregate(0, (sum, c) => sum ^ c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture);
}
