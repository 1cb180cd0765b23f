namespace MaritimeWatch.Detection.Series;

/// <summary>The scale between the sensitivity of a margin, 0 to 100, and its width in units, as DetectEntireAnomalyBySrCnn defines it.</summary>
internal static class SpectralScale
{
    private static readonly double[] Widths = [.. Enumerable.Range(0, 101).Select(s => Width(s))];

    public static double Margin(double unit, double sensitivity)
    {
        var below = (int)sensitivity;
        var width = below == 100 ? Widths[100] : Widths[below] + ((Widths[below + 1] - Widths[below]) * (sensitivity - below));
        return unit * width;
    }

    /// <summary>The inverse: 1 for the widest margin or beyond.</summary>
    public static double Score(double units)
    {
        for (var s = 99; s >= 0; s--)
        {
            if (Widths[s] >= units)
            {
                return (99 - s + ((units - Widths[s + 1]) / (Widths[s] - Widths[s + 1]))) / 100;
            }
        }

        return 1;
    }

    private static double Width(int s) => s switch
    {
        < 25 => (0.8 * (s - 25) * (s - 25)) + 32,
        < 45 => (-1.25 * (s + 5)) + 67.5,
        < 55 => (-0.4 * (s + 5)) + 25,
        < 65 => (-0.04 * (s + 5)) + 3.4,
        < 75 => (-0.03 * (s + 5)) + 2.7,
        < 85 => (-0.015 * (s + 5)) + 1.5,
        < 93 => (-0.011818181818181818 * (s + 5)) + 1.2136363636363636,
        93 => 0.0436363636363637,
        94 => 0.012,
        < 100 => 0.008 - (0.001925 * (s - 95)),
        _ => 0,
    };
}
