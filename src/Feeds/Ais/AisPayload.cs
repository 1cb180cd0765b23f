using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>
/// The bits of one AIS message, freed from the six-bit armour of IEC 61162-1 (VDM sentence; also NMEA 0183 4.x).
/// Fields are read as ITU-R M.1371-5 counts them: bit 0 first, most significant bit first.
/// </summary>
public ref struct AisPayload
{
    /// <summary>Most characters of a message: nine sentences of 62 are 558; a single long one is taken to 565.</summary>
    public const int MostCharacters = 565;

    /// <summary>Bytes a caller gives: 565 characters are 424; the rest lets every read and write be one step.</summary>
    public const int BufferLength = 480;

    private readonly ref byte bits;

    /// <exception cref="ArgumentException">The buffer is shorter than <see cref="BufferLength"/>.</exception>
    public AisPayload(Span<byte> buffer)
    {
        if (buffer.Length < BufferLength)
        {
            ThrowShort();
        }

        bits = ref MemoryMarshal.GetReference(buffer);
        BitCount = 0;
    }

    /// <summary>The message that a buffer still holds.</summary>
    internal AisPayload(Span<byte> buffer, int bitCount)
        : this(buffer) => BitCount = bitCount;

    public int BitCount { get; private set; }

    /// <summary>
    /// Takes the armoured characters of a message, less the fill bits of the last. False on a character outside the armour, or on more than
    /// <see cref="MostCharacters"/>. The text may go on behind the armour, so that the characters need not be copied.
    /// </summary>
    /// <param name="text">Text that begins with the armour.</param>
    /// <param name="length">Characters of armour, at most the length of the text.</param>
    /// <param name="fillBits">0 to 5.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Read(ReadOnlySpan<byte> text, int length, int fillBits)
    {
        if (length > MostCharacters || length > text.Length)
        {
            return false;
        }

        ref var first = ref MemoryMarshal.GetReference(text);
        int at = 0, bytes = 0;
        for (; at < length; at += SixBit.Step, bytes += 24)
        {
            var count = Math.Min(SixBit.Step, length - at);
            if (!(at + SixBit.Step <= text.Length ? SixBit.TryUnpack(ref Unsafe.Add(ref first, at), count, out var packed) : TryUnpackEnd(text[at..], count, out packed)))
            {
                return false;
            }

            packed.StoreUnsafe(ref Unsafe.Add(ref bits, bytes));
        }

        // What a reader may ask for behind the message is zero.
        Vector256<byte>.Zero.StoreUnsafe(ref Unsafe.Add(ref bits, bytes));
        BitCount = Math.Max(0, (length * 6) - fillBits);
        return true;
    }

    /// <summary>Takes a message of up to 192 bits that is unpacked already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Take(Vector256<byte> packed, int bitCount)
    {
        packed.StoreUnsafe(ref bits);
        BitCount = bitCount;
    }

    private static bool TryUnpackEnd(ReadOnlySpan<byte> text, int count, out Vector256<byte> packed)
    {
        Span<byte> whole = stackalloc byte[SixBit.Step];
        text[..count].CopyTo(whole);
        return SixBit.TryUnpack(ref MemoryMarshal.GetReference(whole), count, out packed);
    }

    /// <summary>The first 192 bits.</summary>
    internal readonly ShortPayload Short => new(Vector256.LoadUnsafe(ref bits));

    /// <summary>An unsigned field of 1 to 32 bits; bits up to four bytes beyond the message read as zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly uint U(int start, int length) => unchecked((uint)(Eight(start) >> (64 - length)));

    /// <summary>A field in two's complement.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int S(int start, int length) => unchecked((int)((long)Eight(start) >> (64 - length)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Flag(int start) => (long)unchecked((long)Eight(start)) < 0;

    /// <summary>Up to 24 characters of six-bit text, without a string.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly SixBitText Packed(int start, int characters) => characters switch
    {
        <= 0 => default,
        <= 8 => new SixBitText(SixBit.Ascii(Eight(start) >> 16) & ulong.MaxValue << ((8 - characters) * 8)),
        <= 16 => new SixBitText(SixBit.Ascii(Eight(start) >> 16), SixBit.Ascii(Eight(start + 48) >> 16) & ulong.MaxValue << ((16 - characters) * 8)),
        _ => new SixBitText(SixBit.Ascii(Eight(start) >> 16), SixBit.Ascii(Eight(start + 48) >> 16), SixBit.Ascii(Eight(start + 96) >> 16) & ulong.MaxValue << ((24 - characters) * 8)),
    };

    /// <summary>
    /// Six-bit text (ITU-R M.1371-5, table 47): ends at the first @, trailing spaces dropped; null when nothing is left.
    /// </summary>
    public readonly string? Text(int start, int characters)
    {
        Span<char> text = stackalloc char[Math.Clamp(characters, 0, MostCharacters)];
        var length = 0;
        for (; length < text.Length && start + (length * 6) + 6 <= BitCount; length++)
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

    /// <summary>A number by which two messages of the same bits are known as one: multiply and fold, after the pattern of wyhash (Wang Yi).</summary>
    internal readonly ulong Hash()
    {
        ulong hash = unchecked((ulong)BitCount * 0x9E3779B97F4A7C15);
        for (var at = 0; at < BitCount; at += 64)
        {
            var word = BitCount - at < 64 ? Eight(at) & (ulong.MaxValue << (64 - (BitCount - at))) : Eight(at);
            var high = Math.BigMul(word ^ 0xA0761D6478BD642F, hash ^ 0xE7037ED1A0B428DB, out var low);
            hash = high ^ low;
        }

        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong Eight(int start)
    {
        if (unchecked((uint)start) > (BufferLength - 8) * 8)
        {
            ThrowOutside();
        }

        var read = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bits, start >> 3));
        return (BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(read) : read) << (start & 7);
    }

    private static void ThrowShort() => throw new ArgumentException($"A payload buffer has {BufferLength} bytes.", "buffer");

    private static void ThrowOutside() => throw new ArgumentOutOfRangeException("start", "A field lies within the buffer.");
}
