using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Unit.Rules;

namespace MaritimeWatch.Unit.Server;

/// <summary>Colours of <c>palette.json</c> as people see them: contrast by WCAG 2.2, and simulated blindness to a colour.</summary>
internal static class Palettes
{
    /// <summary>Severity 1.0, on linear RGB: Machado, Oliveira and Fernandes 2009, doi:10.1109/TVCG.2009.113, table 1.</summary>
    public static readonly (string Name, double[] Matrix)[] Blindness =
    [
        ("protan", [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998]),
        ("deutan", [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881]),
        ("tritan", [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900]),
    ];

    public static IReadOnlyDictionary<string, Dictionary<string, string>> Read() =>
        JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(House.Text("src/Server/wwwroot/palette.json"))!;

    /// <summary>1 to 21 (WCAG 2.2, "contrast ratio").</summary>
    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    public static string Seen(string hex, double[] matrix)
    {
        var c = Linear(hex);
        return "#" + string.Concat(Enumerable.Range(0, 3).Select(i => Byte((matrix[3 * i] * c[0]) + (matrix[(3 * i) + 1] * c[1]) + (matrix[(3 * i) + 2] * c[2])).ToString("X2", CultureInfo.InvariantCulture)));
    }

    /// <summary>CIE 1976 difference in L*a*b* under D65: about 2 is just to be seen side by side, 10 at a glance.</summary>
    public static double Difference(string one, string other)
    {
        var (a, b) = (Lab(one), Lab(other));
        return Math.Sqrt(Enumerable.Range(0, 3).Sum(i => Math.Pow(a[i] - b[i], 2)));
    }

    private static double Luminance(string hex)
    {
        var c = Linear(hex);
        return (0.2126 * c[0]) + (0.7152 * c[1]) + (0.0722 * c[2]);
    }

    private static double[] Linear(string hex) => [.. new[] { 1, 3, 5 }.Select(i => int.Parse(hex.AsSpan(i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
        .Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4))];

    private static int Byte(double linear)
    {
        var v = Math.Clamp(linear, 0, 1);
        return (int)Math.Round(255 * (v <= 0.0031308 ? 12.92 * v : (1.055 * Math.Pow(v, 1 / 2.4)) - 0.055));
    }

    private static double[] Lab(string hex)
    {
        var c = Linear(hex);
        double x = F(((0.4124 * c[0]) + (0.3576 * c[1]) + (0.1805 * c[2])) / 0.9505), y = F((0.2126 * c[0]) + (0.7152 * c[1]) + (0.0722 * c[2])), z = F(((0.0193 * c[0]) + (0.1192 * c[1]) + (0.9505 * c[2])) / 1.089);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];

        static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
    }
}
