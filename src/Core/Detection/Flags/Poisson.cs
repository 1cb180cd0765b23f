namespace MaritimeWatch.Detection.Flags;

/// <summary>Tail of a Poisson count.</summary>
internal static class Poisson
{
    /// <summary>P(N >= n) for a mean of at least 0, exact for small means too.</summary>
    public static double AtLeast(int n, double mean)
    {
        double term = Math.Exp(-mean), below = 0;
        for (var k = 0; k < n; k++)
        {
            below += term;
            term *= mean / (k + 1);
        }

        // For small means the complement loses digits; the first terms of the tail are exact.
        return n > 0 && mean < 1 ? Enumerable.Range(0, 20).Aggregate((Sum: 0.0, Term: term), (s, k) => (s.Sum + s.Term, s.Term * mean / (n + k + 1))).Sum : Math.Max(1e-15, 1 - below);
    }
}
