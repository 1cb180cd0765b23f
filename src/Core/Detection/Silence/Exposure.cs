using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Silence;

/// <summary>
/// How much a silence should have been heard, had she kept transmitting: over the ways she can have gone, with the reception
/// learnt there, her own record of being heard, and what the others tell of the receiver (SCIENCE 2.3, 2.4).
/// </summary>
public sealed record Exposure
{
    /// <summary>
    /// Probability of hearing nothing of her when she kept transmitting; between <see cref="SilenceOptions.LeastOutage"/> and 1.
    /// </summary>
    public required double SilentIfTransmitting { get; init; }

    /// <summary>Log Bayes factor of the silence, nats: how much less probable it is when she kept transmitting.</summary>
    public double Nats => -Math.Log(SilentIfTransmitting);

    /// <summary>Ten-minute slots weighed.</summary>
    public required int Slots { get; init; }

    /// <summary>Slots in which she should have been heard, mean over the ways.</summary>
    public required double ExpectedSlots { get; init; }

    /// <summary>Share of the ways, by weight, on which she would hardly have been heard at all: they leave the water where reception is known.</summary>
    public required double Leaves { get; init; }

    /// <summary>Probability that the receiver was down whenever she should have been heard, given the others.</summary>
    public required double Outage { get; init; }

    /// <summary>Others that fell silent with her, or came back with her.</summary>
    public required Together Together { get; init; }

    /// <summary>Half hours in which some other ship told of the receiver, and those in which one was heard.</summary>
    public required int WitnessedSteps { get; init; }

    public required int HeardSteps { get; init; }

    /// <summary>Half hours weighed.</summary>
    public required int Steps { get; init; }

    /// <summary>Most others heard in one half hour.</summary>
    public required int MostHeard { get; init; }

    /// <summary>Others that were to be heard in the first hour, and those that were.</summary>
    public required int OthersHeardFirst { get; init; }

    public required int OthersMissedFirst { get; init; }

    /// <summary>Reception where she was last heard.</summary>
    public required HeardShare Here { get; init; }

    /// <summary>How much more often ships under way fall silent where she did than elsewhere, natural logarithm.</summary>
    public required double FallsSilentHere { get; init; }

    /// <summary>Slots heard of ships under way in her last cell, and how many were the last for an hour.</summary>
    public required (double Moving, double Silent) SilencesHere { get; init; }

    /// <summary>Probability that a ship under way near there falls silent in a slot of her own accord.</summary>
    public required double UsuallySilent { get; init; }

    /// <summary>How much more often she herself fell silent before than ships do, natural logarithm.</summary>
    public required double OftenSilent { get; init; }

    /// <summary>Her own slots in the look-back: heard, and expected by the reception learnt.</summary>
    public required int OwnHeard { get; init; }

    public required double OwnExpected { get; init; }

    /// <summary>Slots of the last two hours before in which she was heard, and those since she was first heard in that time.</summary>
    public required (int Heard, int Of) JustBefore { get; init; }

    public required Speed TopSpeed { get; init; }

    public required Speed Cruise { get; init; }

    public static Exposure Of(VesselPicture picture, Fix off, Fix? on, SilenceOptions options)
    {
        // Of a longer silence only its first day is weighed: what came after it may have been anywhere. So it stands once that is known.
        on = on is { } back && back.Time - off.Time <= options.Weighed ? on : null;
        var open = off.Time + options.Weighed;
        var end = on?.Time ?? (picture.AsOf < open ? picture.AsOf : open);
        long first = HeardSlots.SlotOf(off.Time) + 1, last = HeardSlots.SlotOf(end) - 1;
        var known = end + HeardSlots.WitnessBracket;
        var until = HeardSlots.SlotOf(known < picture.AsOf ? known : picture.AsOf);
        var view = new ReceptionView(picture.Grid, Math.Min(HeardSlots.HourOf(known), picture.LearntTo), OwnMisses(picture, first, last));
        var (top, cruise) = Speeds(picture.Fixes, off);
        var (ownHeard, ownExpected) = Own(picture, off, view, options);
        var weighed = new Weighing(picture, view, until, new Frailty(options.Frailty + ownHeard, options.Frailty + ownExpected), options)
            .Of(off, on, first, on is null ? Math.Min(last, first + (long)(options.WeighedOpen / HeardSlots.SlotLength) - 1) : last, cruise, top);
        var usually = view.UsuallySilent;
        var together = Together.Of(picture.Reception.Together(off.At, options.WitnessRadius, first - 1, until, picture.TrackId), usually, options);
        if (on is { } heardAgain)
        {
            var (near, _, cameBack) = picture.Reception.Together(heardAgain.At, options.WitnessRadius, last + 1, until, picture.TrackId);
            var withHer = Together.Of((near, cameBack, 0), usually, options);
            together = withHer.Outage > together.Outage ? withHer : together;
        }

        var silent = ((1 - together.Outage) * weighed.Silent) + together.Outage;
        var cell = Cell.Of(off.LatDeg, off.LonDeg);
        return new Exposure
        {
            SilentIfTransmitting = ((1 - options.LeastOutage) * silent) + options.LeastOutage,
            Slots = weighed.Slots,
            ExpectedSlots = weighed.Expected,
            Leaves = weighed.Leaves,
            Outage = Math.Max(weighed.Outage, together.Outage),
            Together = together,
            Steps = weighed.Steps.Count,
            WitnessedSteps = weighed.Steps.Count(s => s.Heard + s.Missed > 0),
            HeardSteps = weighed.Steps.Count(s => s.Heard > 0),
            MostHeard = weighed.Steps.Select(s => s.Heard).DefaultIfEmpty().Max(),
            OthersHeardFirst = weighed.Steps.Take(2).Select(s => s.Heard).DefaultIfEmpty().Max(),
            OthersMissedFirst = weighed.Steps.Take(2).Select(s => s.Missed).DefaultIfEmpty().Max(),
            Here = view.Of(new Stratum(cell, off.Transponder, Stratum.BlockOf(HeardSlots.HourOf(off.Time)))),
            FallsSilentHere = view.FallsSilentHere(cell),
            SilencesHere = view.SilencesHere(cell),
            UsuallySilent = usually * Math.Exp(Math.Max(0, view.FallsSilentHere(cell))),
            OftenSilent = view.FallsSilent(picture.TrackId, HeardSlots.HourOf(off.Time)),
            OwnHeard = ownHeard,
            OwnExpected = ownExpected,
            JustBefore = JustBeforeOf(picture, first - 1),
            TopSpeed = top,
            Cruise = cruise,
        };
    }

    /// <summary>How far back her speeds are looked at, 24 h.</summary>
    public static readonly TimeSpan SpeedsOf = TimeSpan.FromHours(24);

    private static Dictionary<Stratum, int> OwnMisses(VesselPicture picture, long first, long last)
    {
        var misses = new Dictionary<Stratum, int>();
        foreach (var (slot, seen) in picture.Reception.SeenOf(picture.TrackId, first, Math.Min(last, first + 100)).Concat(picture.Reception.SeenOf(picture.TrackId, Math.Max(first + 101, last - 5), last)))
        {
            var stratum = new Stratum(Cell.Of(seen.At.LatDeg, seen.At.LonDeg), seen.Class, Stratum.BlockOf(slot / HeardSlots.SlotsPerHour));
            misses[stratum] = misses.GetValueOrDefault(stratum) + 1;
        }

        return misses;
    }

    private static (int Heard, double Expected) Own(VesselPicture picture, Fix off, ReceptionView view, SilenceOptions options)
    {
        var to = HeardSlots.SlotOf(off.Time);
        var (heard, expected) = (0, 0.0);
        foreach (var (slot, seen) in picture.Reception.SeenOf(picture.TrackId, to - (long)(options.LookBack / HeardSlots.SlotLength) + 1, to))
        {
            heard += seen.Receivers != 0 ? 1 : 0;
            expected += view.Of(new Stratum(Cell.Of(seen.At.LatDeg, seen.At.LonDeg), seen.Class, Stratum.BlockOf(slot / HeardSlots.SlotsPerHour))).Mean;
        }

        return (heard, expected);
    }

    private static (int, int) JustBeforeOf(VesselPicture picture, long off)
    {
        const int Slots = 12;
        var seen = picture.Reception.SeenOf(picture.TrackId, off - Slots + 1, off).Where(s => s.Seen.Receivers != 0).Select(s => s.Slot).ToList();
        return (seen.Count, seen.Count == 0 ? 0 : (int)(off - seen[0] + 1));
    }

    /// <summary>
    /// The fastest she is taken to go: her own 99th percentile of speed, a tenth more, and 2 kn of current (SCIENCE 2.6), never
    /// under 10 kn, so that a ship seen only at rest is still given way; and her usual speed, the median under way.
    /// </summary>
    /// <param name="fixes">Hers; those of the day before the silence count.</param>
    /// <param name="off">Her last fix before it.</param>
    public static (Speed Top, Speed Cruise) Speeds(IReadOnlyList<Fix> fixes, Fix off)
    {
        // The same day whether more of her is at hand or not, so that live and recorded data give the same.
        var speeds = fixes.Where(f => f.Time <= off.Time && f.Time > off.Time - SpeedsOf).Select(f => f.SogKnots).OfType<double>().Where(s => s < 60).Order().ToList();
        var p99 = speeds.Count > 0 ? speeds[(int)((speeds.Count - 1) * 0.99)] : off.SogKnots ?? 10;
        var underWay = speeds.Where(s => s >= 3).ToList();
        var median = underWay.Count > 0 ? underWay[underWay.Count / 2] : 8;
        var top = Math.Clamp((p99 * 1.1) + 2, 10, 50);
        return (Speed.FromKnots(top), Speed.FromKnots(Math.Min(median, top)));
    }
}
