using System.Numerics;

namespace MaritimeWatch.Detection.Series;

/// <summary>
/// The saliency of the points of a series: what is left when the usual shape of its spectrum is taken out (Hou and Zhang 2007,
/// doi:10.1109/CVPR.2007.383267; for time series Ren et al. 2019, doi:10.1145/3292500.3330680). A few points extrapolated
/// from the last ones are added behind, so that the newest real point does not lie on the edge.
/// </summary>
/// <param name="single">Every step rounded to single precision, as the peer's streaming form has it.</param>
internal readonly struct Saliency(int lookahead, int added, int averaging, bool single = false)
{
    /// <summary>Scores are told in tenths: ten times the mean around is the score 1.</summary>
    private const double Scale = 10;
    private const double LeastMean = 1e-8;

    /// <param name="floor">Parts of the spectrum not above it are rounding noise and taken as absent.</param>
    /// <returns>The residual of each point, added ones too; its magnitude is the saliency.</returns>
    public (double[] Real, double[] Magnitude) Of(ReadOnlySpan<double> values, double floor)
    {
        var series = new double[values.Length + added];
        values.CopyTo(series);
        Array.Fill(series, Extrapolated(values.Slice(values.Length - lookahead - 2, lookahead + 1)), values.Length, added);
        var bins = Array.ConvertAll(Fourier.Forward(series), Rounded);
        var sizes = Array.ConvertAll(bins, Size);
        var round = Round;
        var logs = Array.ConvertAll(sizes, s => s > floor ? round(Math.Log(s)) : 0);
        var usual = TrailingMean(logs, averaging);
        for (var i = 0; i < bins.Length; i++)
        {
            var left = Round(Math.Exp(Round(logs[i] - usual[i])));
            bins[i] = logs[i] == 0 ? Complex.Zero : Rounded(Rounded(bins[i] * left) / sizes[i]);
        }

        var residual = Array.ConvertAll(Fourier.Inverse(bins), Rounded);
        return (Array.ConvertAll(residual, r => r.Real), Array.ConvertAll(residual, Size));
    }

    /// <summary>How far a magnitude is from the mean around it.</summary>
    public double Score(double magnitude, double mean) => Math.Abs(magnitude - mean) / Math.Max(mean, LeastMean) / Scale;

    /// <summary>Mean over the last points, fewer at the start, from running sums.</summary>
    public double[] TrailingMean(ReadOnlySpan<double> values, int window)
    {
        double[] sums = [.. values];
        for (var i = 1; i < sums.Length; i++)
        {
            sums[i] = Round(sums[i - 1] + sums[i]);
        }

        double[] means = [.. sums];
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = Round((i < window ? sums[i] : Round(sums[i] - sums[i - window])) / Math.Min(i + 1, window));
        }

        return means;
    }

    // The second of the last values and the sum of the slopes to the newest: so the definition has it.
    private double Extrapolated(ReadOnlySpan<double> last)
    {
        var newest = last.Length - 1;
        var slopes = 0.0;
        for (var i = 0; i < newest; i++)
        {
            slopes = Round(slopes + Round(Round(last[newest] - last[i]) / (newest - i)));
        }

        return Round(last[1] + slopes);
    }

    private double Size(Complex c) => Round(Math.Sqrt(Round(Round(c.Real * c.Real) + Round(c.Imaginary * c.Imaginary))));

    private Complex Rounded(Complex c) => new(Round(c.Real), Round(c.Imaginary));

    private double Round(double value) => single ? (float)value : value;
}
