namespace MaritimeWatch.Detection.Series;

/// <summary>
/// Tails of counts: Poisson, or negative binomial when the counts vary more than that. The variance is mean + excess · mean²;
/// an excess of 0 is Poisson (Cameron and Trivedi 2013, doi:10.1017/CBO9781139013567, chapter 3).
/// </summary>
internal static class CountTail
{
    private const double Negligible = 1e-17;

    public static double AtLeast(int count, double mean, double excess)
    {
        if (count <= mean)
        {
            return count == 0 ? 1 : Math.Max(0, 1 - AtMost(count - 1, mean, excess));
        }

        double sum = 1, term = 1;
        for (var k = count + 1; term > Negligible * sum; k++)
        {
            term *= Ratio(k, mean, excess);
            sum += term;
        }

        return Math.Min(1, Math.Exp(LogOf(count, mean, excess)) * sum);
    }

    public static double AtMost(int count, double mean, double excess)
    {
        if (count > mean)
        {
            return Math.Max(0, 1 - AtLeast(count + 1, mean, excess));
        }

        double sum = 1, term = 1;
        for (var k = count; k > 0 && term > Negligible * sum; k--)
        {
            term /= Ratio(k, mean, excess);
            sum += term;
        }

        return Math.Min(1, Math.Exp(LogOf(count, mean, excess)) * sum);
    }

    private static double LogOf(int count, double mean, double excess)
    {
        // Of a small excess the closed form loses digits; its limit is the Poisson one.
        var log = excess * mean < 1e-9 ? -mean : -Math.Log(1 + (excess * mean)) / excess;
        for (var k = 1; k <= count; k++)
        {
            log += Math.Log(Ratio(k, mean, excess));
        }

        return log;
    }

    // The probability of k over that of k - 1.
    private static double Ratio(int k, double mean, double excess) => mean * (1 + (excess * (k - 1))) / (k * (1 + (excess * mean)));
}
