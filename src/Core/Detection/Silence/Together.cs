namespace MaritimeWatch.Detection.Silence;

/// <summary>
/// Others that fell silent, or came back, in the same ten minutes as she: one or two may be chance or company, many are a
/// receiver (SCIENCE 2.4: either an outage or a co-ordinated act, never both).
/// </summary>
/// <param name="Near">Others near that were heard within the hour.</param>
/// <param name="WithHer">Of them, those that fell silent or came back with her.</param>
/// <param name="Outage">Probability that a receiver made them do so.</param>
public readonly record struct Together(int Near, int WithHer, double Outage)
{
    /// <summary>Slots in which it counts as the same time.</summary>
    private const int Window = 3;

    /// <summary>An outage may take any share of the others, every share being as probable; without one they do so at their usual rate (Poisson).</summary>
    /// <param name="seen">Others near, and those with her.</param>
    /// <param name="usuallySilent">Probability that a ship falls silent in a slot of her own accord.</param>
    /// <param name="options">Least probability of an outage.</param>
    internal static Together Of((int Near, int WithHer, int) seen, double usuallySilent, SilenceOptions options)
    {
        if (seen.WithHer == 0)
        {
            return new Together(seen.Near, 0, 0);
        }

        var usual = seen.Near * Window * usuallySilent;
        var logChance = (seen.WithHer * Math.Log(usual)) - usual;
        for (var i = 2; i <= seen.WithHer; i++)
        {
            logChance -= Math.Log(i);
        }

        var odds = options.OutageShare / (1 - options.OutageShare) * Math.Exp(-Math.Log(seen.Near + 1) - logChance);
        return new Together(seen.Near, seen.WithHer, odds / (1 + odds));
    }
}
