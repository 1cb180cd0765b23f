namespace MaritimeWatch.Server.Bench;

/// <summary>
/// The benchmark's own random numbers: SplitMix64 (Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195). The same words give
/// the same numbers on every machine, and a new injection does not disturb the others.
/// </summary>
internal sealed class BenchRandom
{
    private ulong state;

    /// <param name="seed">The seed of the run.</param>
    /// <param name="words">What the numbers are for.</param>
    public BenchRandom(long seed, params string[] words) => state = HashOf(seed, words);

    /// <summary>A number made of a seed and words alone (FNV-1a, 64 bits, then mixed).</summary>
    public static ulong HashOf(long seed, params string[] words)
    {
        unchecked
        {
            var hash = 14695981039346656037UL ^ (ulong)seed;
            foreach (var letter in string.Join('\n', words))
            {
                hash = (hash ^ letter) * 1099511628211UL;
            }

            return Mix(hash);
        }
    }

    /// <summary>From 0 up to but not including 1.</summary>
    public double Unit()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
        }

        return (Mix(state) >> 11) * (1.0 / (1UL << 53));
    }

    public double Between(double low, double high) => low + ((high - low) * Unit());

    public int Below(int count) => (int)(Unit() * count);

    public T Of<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    public bool Chance(double share) => Unit() < share;

    /// <summary>Lognormal by its median and the standard deviation of its logarithm (Box and Muller).</summary>
    public double LogNormal(double median, double sigma) =>
        median * Math.Exp(sigma * Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit()));

    /// <summary>Shuffles in place (Fisher and Yates).</summary>
    public void Shuffle<T>(IList<T> list)
    {
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
