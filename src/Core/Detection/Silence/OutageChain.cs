using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Silence;

/// <summary>What the others tell of reception in one step of half an hour of a silence.</summary>
/// <param name="Down">Natural logarithm of how much more probable what was seen of the others is with the receiver down than up, when it was up in the step before.</param>
/// <param name="StillGone">The same of those that stay missed from the step before: they count against a receiver that has just come back.</param>
/// <param name="Heard">Others near that were heard.</param>
/// <param name="Missed">Others that must have been near and were not heard.</param>
/// <param name="NearestHeard">Distance of the nearest that was heard; null when none was.</param>
public readonly record struct WitnessStep(double Down, double StillGone, int Heard, int Missed, Distance? NearestHeard)
{
    /// <summary>How far the nearest one heard testifies that reception stood at her own place, 0 to 1.</summary>
    public double Testimony(Distance reach) => NearestHeard is { } away ? Math.Exp(-away.NauticalMiles / reach.NauticalMiles) : 0;
}

/// <summary>
/// Was the receiver up or down? Two states from half hour to half hour, told apart by what was heard of the others: a
/// ship heard close by says that reception stood here, one far off says little, one that vanished says that it failed
/// (SCIENCE 2.4; the forward recursion of a hidden Markov chain, Rabiner 1989, doi 10.1109/5.18626).
/// </summary>
public sealed class OutageChain
{
    /// <summary>Two ships at one place share the receiver but for this rest: another station may hear one of them.</summary>
    private const double MostAlike = 0.97;

    /// <summary>Beyond this no more is to be said.</summary>
    private const double Most = 30;

    private readonly double fails, recovers;
    private readonly WitnessStep[] steps;
    private readonly bool endsHeard;

    /// <param name="steps">What the others tell, step by step from the beginning of the silence.</param>
    /// <param name="endsHeard">True when she was heard after the last step, so that the receiver was up again.</param>
    /// <param name="options">Length and frequency of outages.</param>
    public OutageChain(IReadOnlyList<WitnessStep> steps, bool endsHeard, SilenceOptions options)
    {
        this.steps = [.. steps];
        this.endsHeard = endsHeard;
        recovers = options.StepLength / options.UsualOutage;
        fails = recovers * options.OutageShare / (1 - options.OutageShare);
    }

    /// <summary>
    /// Probability of hearing nothing of her, given all that is known of the others, when she kept transmitting.
    /// </summary>
    /// <param name="missedIfUp">For each step, the probability of missing her while the receiver is up, 0 to 1.</param>
    public double Silent(ReadOnlySpan<double> missedIfUp)
    {
        // Two passes in one: with her silence, and with nothing known of her. The scale is common and cancels.
        double up = 1, down = 0, anyUp = 1, anyDown = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            var (weight, back) = (Math.Exp(steps[i].Down), recovers * Math.Exp(-steps[i].StillGone));
            (up, down) = (((up * (1 - fails)) + (down * back)) * missedIfUp[i], ((up * fails) + (down * (1 - recovers))) * weight);
            (anyUp, anyDown) = ((anyUp * (1 - fails)) + (anyDown * back), ((anyUp * fails) + (anyDown * (1 - recovers))) * weight);
            var scale = anyUp + anyDown;
            (up, down, anyUp, anyDown) = (up / scale, down / scale, anyUp / scale, anyDown / scale);
        }

        return endsHeard ? ((up * (1 - fails)) + (down * recovers)) / ((anyUp * (1 - fails)) + (anyDown * recovers)) : up + down;
    }

    /// <summary>Probability that the receiver was down whenever she should have been heard, whatever she did.</summary>
    /// <param name="missedIfUp">As for <see cref="Silent"/>; steps in which she is missed for certain ask nothing of the receiver.</param>
    public double Throughout(ReadOnlySpan<double> missedIfUp)
    {
        Span<double> hard = stackalloc double[missedIfUp.Length];
        for (var i = 0; i < hard.Length; i++)
        {
            hard[i] = missedIfUp[i] > 0.9 ? 1 : 0;
        }

        return hard.ContainsAnyExcept(1.0) ? Silent(hard) : 0;
    }

    /// <summary>Gathers what the others tell in each step. Ties to nobody's identity: terms are added in order of their value.</summary>
    public static IReadOnlyList<WitnessStep> Witnesses(HeardSlots slots, ReceptionView view, Func<long, GeoPoint> placeAt, long first, long last, long until, string except, SilenceOptions options)
    {
        var among = slots.Around(placeAt(first), placeAt(last), options.WitnessRadius, first, last, except);
        var missedBefore = new HashSet<string>();
        var steps = new List<WitnessStep>();
        for (var slot = first - HeardSlots.SlotsInStep; slot <= last; slot += HeardSlots.SlotsInStep)
        {
            List<double> now = [], still = [];
            var (heard, missed, close) = (0, new HashSet<string>(), 0);
            Distance? nearest = null;

            // The nearest tell of her place; many heard further off tell only that some other station stands.
            var near = slots.WitnessesIn(among, slot, (int)Math.Min(HeardSlots.SlotsInStep, last - slot + 1), placeAt(slot), options.WitnessRadius, until)
                .OrderBy(w => w.Away).ThenBy(w => w.At.LatDeg).ThenBy(w => w.At.LonDeg).ThenBy(w => w.Heard).Take(options.NearestWitnesses);
            foreach (var w in near)
            {
                var apart = 1 - (MostAlike * Math.Exp(-w.Away.NauticalMiles / options.OutageReach.NauticalMiles));
                if (w.Heard)
                {
                    heard++;
                    close += w.Away <= options.TrafficRadius ? 1 : 0;
                    nearest ??= w.Away;
                    now.Add(Math.Log(apart));
                    continue;
                }

                // Missed because the receiver is down, or by chance, or because she went silent herself.
                var share = view.Of(new Stratum(Cell.Of(w.At.LatDeg, w.At.LonDeg), w.Class, Stratum.BlockOf(slot / HeardSlots.SlotsPerHour))).Mean;
                var inStep = (1 - ((1 - share) * (1 - share))) * (1 - options.SilentOfTheirOwn);
                missed.Add(w.TrackId);
                (missedBefore.Contains(w.TrackId) ? still : now).Add(Math.Log((1 - (apart * inStep)) / (1 - inStep)));
            }

            if (slot >= first)
            {
                // In order of value, so that nobody's identity decides the last bit.
                // Nobody heard where many usually are: counts of ships vary more than chance, so a Gamma-Poisson of shape 1.
                if (close == 0)
                {
                    now.Add(Math.Log(1 + view.UsuallyHeard(placeAt(slot), options.TrafficRadius)));
                }

                now.Sort();
                still.Sort();
                steps.Add(new WitnessStep(Math.Clamp(now.Sum(), -Most, Most), Math.Min(still.Sum(), Most), heard, missed.Count, nearest));
            }

            missedBefore = missed;
        }

        return steps;
    }
}
