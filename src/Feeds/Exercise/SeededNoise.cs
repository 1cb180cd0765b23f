namespace MaritimeWatch.Feeds.Exercise;

/// <summary>
/// Repeatable chance without a state: the same seed and counters give the same number in any order, so a run may start
/// anywhere. Mixing after S. Vigna's SplitMix64 (public domain, 2015; Steele et al., OOPSLA 2014).
/// </summary>
internal static class SeededNoise
{
    /// <summary>A number in [0, 1).</summary>
    public static double Unit(long seed, long a, long b = 0, long c = 0)
    {
        unchecked
        {
            var x = (ulong)seed;
            x = Mix(x + 0x9E3779B97F4A7C15UL + (ulong)a);
            x = Mix(x + 0x9E3779B97F4A7C15UL + (ulong)b);
            x = Mix(x + 0x9E3779B97F4A7C15UL + (ulong)c);
            return (x >> 11) * (1.0 / (1UL << 53));
        }
    }

    /// <summary>A number in [low, high).</summary>
    public static double Between(double low, double high, long seed, long a, long b = 0, long c = 0) => low + ((high - low) * Unit(seed, a, b, c));

    /// <summary>A whole number in [0, count).</summary>
    public static int Below(int count, long seed, long a, long b = 0, long c = 0) => (int)(Unit(seed, a, b, c) * count);

    private static ulong Mix(ulong x)
    {
        unchecked
        {
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
            return x ^ (x >> 31);
        }
    }
}
