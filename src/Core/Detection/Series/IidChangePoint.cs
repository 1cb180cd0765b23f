namespace MaritimeWatch.Detection.Series;

/// <summary>
/// Changes of a stream without trend or cycle: p-values are bet on, and where the bets of a window win too much, the values no
/// longer come from one distribution (Ho 2005, doi:10.1145/1102351.1102392; Fedorova et al. 2012, arXiv:1204.3251). Defined as
/// DetectIidChangePoint is. It names the point where evidence sufficed, some points late; <see cref="LevelShift"/> names
/// the point of the change.
/// </summary>
public sealed class IidChangePoint(IidChangePointOptions options)
{
    private readonly KernelPValue history = new(options.History);
    private readonly Queue<double> bets = new();
    private int points, muted;

    public IidPoint Next(double value)
    {
        points++;
        var p = IidSpike.Tail(history.Next((float)value), SeriesSide.TwoSided);
        var bet = LogBet(p);
        while (bets.Count < options.History - 1)
        {
            bets.Enqueue(bet);
        }

        bets.Enqueue(bet);
        if (bets.Count > options.History)
        {
            bets.Dequeue();
        }

        var evidence = Math.Exp(bets.Sum());
        var alert = history.Full && muted == 0 && points >= (options.WarmUp ? 2 : 1) * options.History
            && evidence >= Math.Exp(options.History * LogBet(1 - (options.ConfidencePercent / 100)));
        muted = alert ? options.History - 1 : Math.Max(0, muted - 1);
        return new IidPoint(alert, (float)value, p, evidence);
    }

    private double LogBet(double p) => options.Martingale switch
    {
        Martingale.Power => Math.Log(options.Epsilon) + ((options.Epsilon - 1) * Math.Log(p)),
        _ => Math.Log((p * Math.Log(p)) + 1 - p) - (2 * Math.Log(-Math.Log(p))) - Math.Log(p),
    };
}
