using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>
/// Lines of a byte stream, without copying: a line is valid until the next read. A line longer than
/// <see cref="LongestLine"/> is given in pieces of that length, so a binary file cannot fill the memory.
/// </summary>
public sealed class ByteLines(Stream stream)
{
    /// <summary>Far above the 82 characters of NMEA 0183 plus a tag block, and above any CSV row met.</summary>
    public const int LongestLine = 65_536;

    private readonly byte[] buffer = new byte[4 * LongestLine];
    private int start, end;
    private bool ended;

    /// <summary>Bytes given so far, line endings included: the place to resume from.</summary>
    public long Consumed { get; private set; }

    /// <summary>Next line without its ending; false at the end of the stream.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            // Most lines end within 64 bytes: one look at them spares a call.
            var near = end - start >= Vector512<byte>.Count
                ? Vector512.Equals(Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(buffer), (nuint)start), Vector512.Create((byte)'\n')).ExtractMostSignificantBits()
                : 0;
            if (near != 0)
            {
                var length = BitOperations.TrailingZeroCount(near);
                return Give(length, length + 1, out line);
            }

            var unread = buffer.AsSpan(start, end - start);
            var newline = unread.IndexOf((byte)'\n');
            if (newline < 0 && unread.Length >= LongestLine)
            {
                return Give(LongestLine, LongestLine, out line);
            }

            if (newline >= 0)
            {
                return Give(newline, newline + 1, out line);
            }

            if (ended)
            {
                return Give(unread.Length, unread.Length, out line) && !line.IsEmpty;
            }

            unread.CopyTo(buffer);
            (start, end) = (0, unread.Length);
            var read = stream.Read(buffer, end, buffer.Length - end);
            end += read;
            ended = read == 0;
        }
    }

    private bool Give(int length, int used, out ReadOnlySpan<byte> line)
    {
        while (length > 0 && buffer[start + length - 1] == '\r')
        {
            length--;
        }

        line = buffer.AsSpan(start, length);
        start = unchecked(start + used);
        Consumed = unchecked(Consumed + used);
        return true;
    }
}
