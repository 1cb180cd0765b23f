using MaritimeWatch.Feeds.Ais;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>Bytes as they come, cut into lines. A half line waits for its rest; one that is too long is read as unreadable pieces.</summary>
internal sealed class NmeaLines(AisObservations observations)
{
    private readonly byte[] buffer = new byte[4 * ByteLines.LongestLine];
    private int waiting;

    /// <summary>Where the next bytes go; never empty.</summary>
    public Memory<byte> Room => buffer.AsMemory(waiting);

    /// <summary>Reads the whole lines, now that this many bytes have come to <see cref="Room"/>.</summary>
    public void Came(int length)
    {
        var text = buffer.AsSpan(0, waiting + length);
        var rest = Whole(text, observations);
        if (rest.Length > ByteLines.LongestLine)
        {
            observations.Read(rest);
            rest = [];
        }

        rest.CopyTo(buffer);
        waiting = rest.Length;
    }

    /// <summary>The bytes have ended: what waits for its rest is a line by itself, and no part of a message is joined to what comes next.</summary>
    public void End()
    {
        if (waiting > 0)
        {
            observations.Read(buffer.AsSpan(0, waiting));
            waiting = 0;
        }

        observations.End();
    }

    /// <summary>Reads a text that stands by itself, such as a datagram: its last line needs no line ending.</summary>
    public static void ReadAll(ReadOnlySpan<byte> text, AisObservations observations)
    {
        var rest = Whole(text, observations);
        if (!rest.IsEmpty)
        {
            observations.Read(rest.TrimEnd((byte)'\r'));
        }
    }

    /// <summary>How many lines <see cref="ReadAll"/> would read.</summary>
    public static int CountIn(ReadOnlySpan<byte> text) => text.Count((byte)'\n') + (text.IsEmpty || text[^1] == '\n' ? 0 : 1);

    private static ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> rest, AisObservations observations)
    {
        for (var newline = rest.IndexOf((byte)'\n'); newline >= 0; newline = rest.IndexOf((byte)'\n'))
        {
            observations.Read(rest[..newline].TrimEnd((byte)'\r'));
            rest = rest[(newline + 1)..];
        }

        return rest;
    }
}

/// <summary>A stream of NMEA lines: TCP with or without TLS.</summary>
internal sealed class NmeaStreamLink(Stream stream, AisObservations observations) : ILink
{
    private readonly NmeaLines lines = new(observations);
    private int came;

    public long Held => observations.Held;

    public async Task ReceiveAsync(CancellationToken cancel)
    {
        came = await stream.ReadAsync(lines.Room, cancel);
        if (came == 0)
        {
            throw new EndOfStreamException("closed the connection");
        }
    }

    public void Read() => lines.Came(came);

    public ObservationBatch Take() => observations.Take();

    public void End() => lines.End();

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
