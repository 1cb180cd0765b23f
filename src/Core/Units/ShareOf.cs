namespace MaritimeWatch.Units;

/// <summary>
/// A share with its 95 % interval after Wilson (JASA 22, 1927, doi 10.1080/01621459.1927.10502953), which stays within 0 and 1 and holds for few cases too.
/// </summary>
/// <param name="Part">Cases that count.</param>
/// <param name="Whole">Cases in all.</param>
public readonly record struct ShareOf(int Part, int Whole)
{
    // The normal distribution's 97.5 % point.
    private const double Z = 1.959964;

    /// <summary>0 to 1; null of no cases.</summary>
    public double? Share => Whole == 0 ? null : (double)Part / Whole;

    /// <summary>Lower end of the interval, 0 to 1; null of no cases. At none it is 0 exactly: rounding must not carry it beyond.</summary>
    public double? Low => Part == 0 && Whole > 0 ? 0 : Middle - Half;

    /// <summary>Upper end of the interval, 0 to 1; null of no cases. At all it is 1 exactly.</summary>
    public double? High => Part == Whole && Whole > 0 ? 1 : Middle + Half;

    private double? Middle => (Share + (Z * Z / (2 * Whole))) / (1 + (Z * Z / Whole));

    private double? Half => Share is { } share ? Z / (1 + (Z * Z / Whole)) * Math.Sqrt((share * (1 - share) / Whole) + (Z * Z / (4.0 * Whole * Whole))) : null;
}
