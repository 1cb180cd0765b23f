using System.Buffers.Text;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>
/// Gatehouse time line, proprietary but common in Danish and satellite streams:
/// <c>$PGHP,1,year,month,day,hour,minute,second,millisecond,country,region,station,online,checksum*hh</c>. It gives the receive
/// time and station of the sentence whose checksum it repeats in its last field.
/// </summary>
public readonly record struct PghpLine(DateTimeOffset Time, string? Station, string SentenceChecksum)
{
    public static bool IsPghp(ReadOnlySpan<byte> line) => line.StartsWith("$PGHP,"u8);

    /// <summary>Reads the line. Gives null on success, else the reason.</summary>
    internal static string? Read(ReadOnlySpan<byte> line, StationNames names, out PghpLine pghp)
    {
        pghp = default;
        var star = line.LastIndexOf((byte)'*');
        if (star < 0 || !NmeaChecksum.Matches(line[1..star], line[(star + 1)..]))
        {
            return "time line checksum differs";
        }

        Span<Range> at = stackalloc Range[16];
        var body = line[..star];
        if (NmeaFields.Split(body, at) != 14)
        {
            return "time line without fourteen fields";
        }

        Span<int> n = stackalloc int[7];
        for (var i = 0; i < 7; i++)
        {
            var field = body[at[i + 2]];
            if (!Utf8Parser.TryParse(field, out n[i], out var used) || used != field.Length)
            {
                return "time line not readable";
            }
        }

        if (n[0] is < 1970 or > 2099 || n[1] is < 1 or > 12 || n[2] < 1 || n[2] > DateTime.DaysInMonth(n[0], n[1]) || n[3] is < 0 or > 23
            || n[4] is < 0 or > 59 || n[5] is < 0 or > 59 || n[6] is < 0 or > 999)
        {
            return "time line names no time";
        }

        // The station stands in the base-station field; where that is empty, the region stands for it.
        var station = body[at[11]].IsEmpty ? body[at[10]] : body[at[11]];
        pghp = new PghpLine(
            new DateTimeOffset(n[0], n[1], n[2], n[3], n[4], n[5], n[6], TimeSpan.Zero),
            names.Of(station),
            names.Of(body[at[13]]) ?? "");
        return null;
    }
}
