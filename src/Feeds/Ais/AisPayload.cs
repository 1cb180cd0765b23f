using System.Buffers.Binary;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>
/// The bits of one AIS message, freed from the six-bit armour of IEC 61162-1 (VDM sentence; also NMEA 0183 4.x).
/// Fields are read as ITU-R M.1371-5 counts them: bit 0 first, most significant bit first.
/// </summary>
public ref struct AisPayload
{
    /// <summary>Bytes a caller gives: nine sentences of 62 characters are 3,348 bits; eight bytes of slack let every read be one load.</summary>
    public const int BufferLength = 432;

    private readonly Span<byte> bits;

    /// <exception cref="ArgumentException">The buffer is shorter than <see cref="BufferLength"/>.</exception>
    public AisPayload(Span<byte> buffer)
    {
        if (buffer.Length < BufferLength)
        {
            throw new ArgumentException($"A payload buffer has {BufferLength} bytes.", nameof(buffer));
        }

        bits = buffer[..BufferLength];
        bits.Clear();
        BitCount = 0;
    }

    public int BitCount { get; private set; }

    /// <summary>Appends the armoured characters of one sentence, less its fill bits (0 to 5). False on a character outside the armour.</summary>
    public bool Append(ReadOnlySpan<byte> armoured, int fillBits)
    {
        if (BitCount + (armoured.Length * 6) > (BufferLength - 8) * 8)
        {
            return false;
        }

        foreach (var c in armoured)
        {
            // Characters 0..W stand for 0..39, `..w for 40..63.
            int six = c is >= (byte)'0' and <= (byte)'W' ? c - 48 : c is >= (byte)'`' and <= (byte)'w' ? c - 56 : -1;
            if (six < 0)
            {
                return false;
            }

            int at = BitCount >> 3, shift = 10 - (BitCount & 7);
            var two = six << shift;
            bits[at] |= (byte)(two >> 8);
            bits[at + 1] |= (byte)(two & 0xFF);
            BitCount += 6;
        }

        BitCount = Math.Max(0, BitCount - fillBits);
        return true;
    }

    /// <summary>An unsigned field of 1 to 32 bits; bits beyond the message read as zero.</summary>
    public readonly uint U(int start, int length) =>
        (uint)((BinaryPrimitives.ReadUInt64BigEndian(bits[(start >> 3)..]) << (start & 7)) >> (64 - length));

    /// <summary>A field in two's complement.</summary>
    public readonly int S(int start, int length) =>
        (int)(unchecked((long)(BinaryPrimitives.ReadUInt64BigEndian(bits[(start >> 3)..]) << (start & 7))) >> (64 - length));

    public readonly bool Flag(int start) => U(start, 1) == 1;

    /// <summary>
    /// Six-bit text (ITU-R M.1371-5, table 47): ends at the first @, trailing spaces dropped; null when nothing is left.
    /// </summary>
    public readonly string? Text(int start, int characters)
    {
        Span<char> text = stackalloc char[characters];
        var length = 0;
        for (; length < characters && start + (length * 6) + 6 <= BitCount; length++)
        {
            var six = U(start + (length * 6), 6);
            if (six == 0)
            {
                break;
            }

            text[length] = (char)(six < 32 ? six + 64 : six);
        }

        var trimmed = text[..length].TrimEnd(' ');
        return trimmed.IsEmpty ? null : new string(trimmed);
    }
}
