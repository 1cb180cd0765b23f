using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using FsCheck.Xunit;
using MaritimeWatch.Feeds.Ais;

namespace MaritimeWatch.Unit.Feeds.Ais;

/// <summary>What the processor's vectors give is what one value at a time gives.</summary>
public sealed class VectorTests
{
    [Property(MaxTest = 2000)]
    public bool Any_text_unpacks_to_the_bits_of_its_characters_one_by_one(int seed)
    {
        var random = new Random(seed);
        var text = new byte[AisPayload.MostCharacters + SixBit.Step];
        random.NextBytes(text);
        var length = random.Next(1, random.Next(2) == 0 ? 40 : AisPayload.MostCharacters);
        for (var i = 0; i < length; i++)
        {
            var six = random.Next(64);
            text[i] = (byte)(six < 40 ? six + 48 : six + 56);
        }

        if (random.Next(3) == 0)
        {
            text[random.Next(length)] = (byte)random.Next(256);
        }

        var sixes = text.AsSpan(0, length).ToArray().Select(c => c is >= 48 and < 88 ? c - 48 : c is >= 96 and < 120 ? c - 56 : -1).ToList();
        var payload = new AisPayload(new byte[AisPayload.BufferLength]);
        if (!payload.Read(text, length, 0))
        {
            return sixes.Contains(-1);
        }

        var bits = string.Concat(sixes.Select(s => Convert.ToString(s, 2).PadLeft(6, '0')));
        for (var i = 0; i < 40; i++)
        {
            var (start, width) = (random.Next(bits.Length), random.Next(1, 33));
            var field = Convert.ToUInt32(bits.PadRight(bits.Length + 32, '0').Substring(start, width), 2);
            if (payload.U(start, width) != field || payload.S(start, width) != unchecked((int)(field << (32 - width)) >> (32 - width))
                || (start + width <= 192 && (payload.Short.U(start, width) != payload.U(start, width) || payload.Short.S(start, width) != payload.S(start, width))))
            {
                return false;
            }
        }

        return !sixes.Contains(-1);
    }

    [Property(MaxTest = 1000)]
    public bool Packing_without_the_processors_vectors_gives_the_same_bytes(int seed)
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor has no AVX2: there is one way of packing alone.");
        var six = new byte[SixBit.Step];
        new Random(seed).NextBytes(six);
        var values = Vector256.Create(six) & Vector256.Create((byte)63);
        return SixBit.PackByVector(values) == SixBit.PackPlainly(values);
    }

    [Property(MaxTest = 1000)]
    public bool Eight_characters_at_once_are_those_of_the_table(int seed)
    {
        var sixes = (ulong)new Random(seed).NextInt64(1L << 48);
        var ascii = string.Concat(Enumerable.Range(0, 8).Select(i => (int)((sixes >> (42 - (6 * i))) & 63)).Select(six => (char)(six < 32 ? six + 64 : six)));
        var given = SixBit.Ascii(sixes);
        return ascii == string.Concat(Enumerable.Range(0, 8).Select(i => (char)((given >> (56 - (8 * i))) & 255)))
            && (!Bmi2.X64.IsSupported || SixBit.Apart(sixes) == Bmi2.X64.ParallelBitDeposit(sixes, 0x3F3F3F3F3F3F3F3F));
    }

    [Property(MaxTest = 1000)]
    public bool The_checksum_is_the_exclusive_or_of_all_characters(int seed)
    {
        var random = new Random(seed);
        var text = new byte[random.Next(200)];
        random.NextBytes(text);
        var sum = text.Aggregate(0, (all, c) => all ^ c);
        return NmeaChecksum.Of(text) == sum
            && (text.Length < Vector256<byte>.Count || NmeaChecksum.OfLong(in MemoryMarshal.GetReference(text.AsSpan()), text.Length) == sum)
            && NmeaChecksum.Matches(text, Encoding.ASCII.GetBytes($"{sum:X2}")) && !NmeaChecksum.Matches(text, Encoding.ASCII.GetBytes($"{sum ^ 1:X2}"));
    }
}
