namespace MaritimeWatch.Detection.Series;

/// <summary>
/// How far in the tail of the last scores a score lies, the distribution being a sum of Gaussian kernels over them.
/// Single precision where the definition has it, so that its figures are met to the last digits.
/// </summary>
internal sealed class KernelPValue(int length)
{
    private const double LeastWidth = 1e-6;

    private readonly Queue<float> history = new();
    private double squares;

    /// <summary>True when as many scores are kept as the history holds.</summary>
    public bool Full => history.Count == length;

    /// <summary>Share of the history's mass above the score, 0 to 1; then the score joins the history.</summary>
    public double Next(float score)
    {
        var n = history.Count;
        var share = 0.5;
        if (n > 0)
        {
            var width = Math.Max(LeastWidth, Math.Sqrt(2) * (n == 1 ? 1 : Math.Sqrt(squares) / n));
            double sum = 0, added = 0;
            foreach (var old in history)
            {
                var difference = (double)score - old;
                sum += Erf(difference / width);
                added += difference * difference;
            }

            share = 0.5 - (sum / (2 * n));
            squares += added;
        }

        history.Enqueue(score);
        if (n == length)
        {
            Forget(history.Dequeue(), score);
        }

        return share;
    }

    private void Forget(float oldest, float newest)
    {
        var removed = 0.0;
        foreach (var old in history)
        {
            double single = oldest - old;
            removed += single * single;
        }

        // The newest is in the history already; against it the definition does not round.
        double rounded = oldest - newest, exact = (double)oldest - newest;
        squares -= removed - (rounded * rounded) + (exact * exact);
    }

    /// <summary>Error function (Abramowitz and Stegun 1964, 7.1.26; error up to 1.5e-7).</summary>
    public static double Erf(double x)
    {
        var t = 1 / (1 + (0.3275911 * Math.Abs(x)));
        var tail = ((((((((1.061405429 * t) - 1.453152027) * t) + 1.421413741) * t) - 0.284496736) * t) + 0.254829592) * t * Math.Exp(-x * x);
        return x >= 0 ? 1 - tail : tail - 1;
    }
}
