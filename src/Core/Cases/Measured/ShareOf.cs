namespace MaritimeWatch.Cases.Measured;

/// <summary>
/// A share with its 95 % interval after Wilson (1927, doi 10.1080/01621459.1927.10502953), which stays within 0 and 1 and holds for few cases too.
/// </summary>
/// <param name="Part">Cases that count.</param>
/// <param name="Whole">Cases in all.</param>
public readonly record struct ShareOf(int Part, int Whole)
{
    // The normal distribution's 97.5 % point.
    private const double Z = 1.959963984540054;

    /// <summary>0 to 1; null of no cases.</summary>
    public double? Share => Whole == 0 ? null : (double)Part / Whole;

    /// <summary>Lower end of the interval, 0 to 1; null of no cases.</summary>
    public double? Low => End(-1);

    /// <summary>Upper end of the interval, 0 to 1; null of no cases.</summary>
    public double? High => End(1);

    private double? End(int side)
    {
        if (Whole == 0)
        {
            return null;
        }

        double n = Whole, p = Part / n;
        var middle = p + (Z * Z / (2 * n));
        var half = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
        // At none and at all the end is exact; rounding must not carry it beyond.
        return side < 0 ? Part == 0 ? 0 : (middle - half) / (1 + (Z * Z / n)) : Part == Whole ? 1 : (middle + half) / (1 + (Z * Z / n));
    }
}
