namespace MaritimeWatch.Detection.Silence;

/// <summary>
/// From score to measured frequency: of a hundred silences with such a score, so many were unexplained, where 1 in 100 losses of
/// signal is. Monotone by construction (isotonic regression: Ayer et al. 1955, doi 10.1214/aoms/1177728423), straight between
/// its points.
/// </summary>
/// <param name="Points">Score in nats and frequency from 0 to 1, both rising.</param>
public sealed record Calibration(IReadOnlyList<(double ScoreNats, double Frequency)> Points)
{
    /// <summary>Measured on the training months with <c>bench --training</c>; the test months see it only as it stands.</summary>
    public static Calibration Fitted { get; } = new([
        (-5.0, 0.0), (-4.0, 0.003), (-2.3, 0.017), (-1.65, 0.04), (-1.4, 0.11), (-1.0, 0.22), (-0.85, 0.38), (-0.7, 0.48), (-0.55, 0.7), (-0.2, 0.8), (0.1, 0.85), (1.0, 0.88), (2.0, 0.97)]);

    /// <summary>The frequency at a score.</summary>
    public double Of(double scoreNats)
    {
        if (scoreNats <= Points[0].ScoreNats)
        {
            return Points[0].Frequency;
        }

        for (var i = 1; i < Points.Count; i++)
        {
            var ((x0, y0), (x1, y1)) = (Points[i - 1], Points[i]);
            if (scoreNats <= x1)
            {
                return y0 + ((y1 - y0) * (scoreNats - x0) / (x1 - x0));
            }
        }

        return Points[^1].Frequency;
    }
}
