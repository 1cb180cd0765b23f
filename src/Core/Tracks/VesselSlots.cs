using System.Numerics;
using System.Runtime.CompilerServices;

namespace MaritimeWatch.Tracks;

/// <summary>Numbers of vessels, each to a place 0, 1, 2, … in order of first sight: what lets the state of many vessels lie in arrays.</summary>
internal sealed class VesselSlots
{
    // Open addressing at most half full; a key is the number and one, so that zero is free. Key and slot lie together: one line of cache a look.
    private long[] table = new long[1 << 10];
    private int[] numbers = new int[1 << 9];
    private int shift = 32 - 10;

    public int Count { get; private set; }

    /// <summary>The number a slot was given for.</summary>
    public int NumberOf(int slot) => numbers[slot];

    /// <summary>Slot of a vessel's number (0 or more); a number not seen before gets the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(int number)
    {
        unchecked
        {
            var (places, key) = (table, number + 1);
            var at = (uint)number * 2_654_435_769u >> shift;
            while (true)
            {
                var found = places[at];
                if ((int)found == key)
                {
                    return (int)(found >> 32);
                }

                if (found == 0)
                {
                    return Add(number);
                }

                at = (at + 1) & (uint)(places.Length - 1);
            }
        }
    }

    private int Add(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfEqual(number, int.MaxValue);
        if (Count == numbers.Length)
        {
            Array.Resize(ref numbers, Count * 2);
            table = new long[table.Length * 2];
            shift = 32 - BitOperations.Log2((uint)table.Length);
            for (var slot = 0; slot < Count; slot++)
            {
                Put(numbers[slot], slot);
            }
        }

        numbers[Count] = number;
        Put(number, Count);
        return Count++;
    }

    private void Put(int number, int slot)
    {
        unchecked
        {
            var at = (uint)number * 2_654_435_769u >> shift;
            while (table[at] != 0)
            {
                at = (at + 1) & (uint)(table.Length - 1);
            }

            table[at] = ((long)slot << 32) | (uint)(number + 1);
        }
    }
}
