namespace MaritimeWatch.Detection.Reception;

/// <summary>
/// What is known of the share of ten-minute slots in which a transmitting vessel is heard: a Beta distribution, with the
/// slots of the prior counted in (SCIENCE 2.2).
/// </summary>
/// <param name="HeardSlots">First parameter, greater than zero.</param>
/// <param name="MissedSlots">Second parameter, greater than zero.</param>
public readonly record struct HeardShare(double HeardSlots, double MissedSlots)
{
    /// <summary>Expected share, 0 to 1.</summary>
    public double Mean => HeardSlots / (HeardSlots + MissedSlots);

    /// <summary>Share expected in a further slot after some were missed there already: what is uncertain is not independent from slot to slot (beta-binomial, SCIENCE 2.3).</summary>
    public double After(double missed) => HeardSlots / (HeardSlots + MissedSlots + missed);

    /// <summary>Bounds between which the share lies with 95 % probability.</summary>
    public (double Low, double High) Interval95 => (Quantile(0.025), Quantile(0.975));

    private double Quantile(double p)
    {
        double low = 0, high = 1;
        for (var i = 0; i < 40; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Below(middle) < p ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>Regularised incomplete beta function by its continued fraction (NIST Digital Library of Mathematical Functions, 8.17.22).</summary>
    private double Below(double x)
    {
        var (a, b) = (HeardSlots, MissedSlots);
        if (x > (a + 1) / (a + b + 2))
        {
            return 1 - new HeardShare(b, a).Below(1 - x);
        }

        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x))) / a;
        double c = 1, d = 1 - ((a + b) * x / (a + 1));
        d = 1 / (Math.Abs(d) < 1e-300 ? 1e-300 : d);
        var f = d;
        for (var m = 1; m < 300; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            (c, d) = (1 + (even / c), 1 / (1 + (even * d)));
            f *= c * d;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            (c, d) = (1 + (odd / c), 1 / (1 + (odd * d)));
            f *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-12)
            {
                break;
            }
        }

        return front * f;
    }

    /// <summary>Stirling's series after shifting the argument above 8 (DLMF 5.11.1); good to 1e-10.</summary>
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        while (x < 8)
        {
            shift -= Math.Log(x);
            x++;
        }

        var x2 = 1 / (x * x);
        return shift + ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + ((1.0 / 12 - (x2 * (1.0 / 360 - (x2 / 1260)))) / x);
    }
}
