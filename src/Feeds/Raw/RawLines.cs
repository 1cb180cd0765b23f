using System.Buffers;
using System.Buffers.Text;

namespace MaritimeWatch.Feeds.Raw;

/// <summary>
/// Records of a stretch as they were received, by hour of receipt. Each is a line: the receive time in milliseconds since 1970, a tab, the
/// record byte for byte. The time is the source's own where it says one, else that of arrival.
/// </summary>
public sealed class RawLines
{
    private const int LongestTime = 20;

    private readonly Dictionary<long, ArrayBufferWriter<byte>> hours = [];
    private ArrayBufferWriter<byte>? last;
    private long lastHour = -1;

    /// <summary>Records in it.</summary>
    public long Count { get; private set; }

    /// <summary>Text by hour since 1970.</summary>
    public IEnumerable<(long Hour, ReadOnlyMemory<byte> Text)> Hours => hours.Select(h => (h.Key, h.Value.WrittenMemory));

    /// <summary>Adds a record; one without a known receive time cannot be found again and is left out.</summary>
    public void Add(DateTimeOffset? received, ReadOnlySpan<byte> record)
    {
        if (received is not { } time)
        {
            return;
        }

        var ms = time.ToUnixTimeMilliseconds();
        if (last is null || ms / 3_600_000 != lastHour)
        {
            lastHour = ms / 3_600_000;
            last = hours.TryGetValue(lastHour, out var known) ? known : hours[lastHour] = new ArrayBufferWriter<byte>(1 << 12);
        }

        var room = last.GetSpan(LongestTime + record.Length + 2);
        Utf8Formatter.TryFormat(ms, room, out var at);
        room[at++] = (byte)'\t';
        record.CopyTo(room[at..]);
        // A record is a line: what breaks it within is white space of its notation (JSON).
        room.Slice(at, record.Length).Replace((byte)'\n', (byte)' ');
        room.Slice(at, record.Length).Replace((byte)'\r', (byte)' ');
        at += record.Length;
        room[at++] = (byte)'\n';
        last.Advance(at);
        Count++;
    }
}
