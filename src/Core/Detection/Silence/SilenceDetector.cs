using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Silence;

/// <summary>
/// A silence is a gap judged against reception: were other ships heard where she must have been, while she was not?
/// Source: SCIENCE 2.3 to 2.5 (log Bayes factor with vessel frailty and outage cap), in its simplest honest form.
/// Innocent causes: each is a named test with a result, see <see cref="SilenceCauses"/>.
/// Not claimed: that anything was switched off, by whom, or why. Without witnesses the answer is that it cannot be told.
/// </summary>
public sealed class SilenceDetector(SilenceOptions options)
{
    public const string ModelVersion = "silence-1 (weights proposed, not calibrated)";

    /// <summary>All silences of the picture longer than the least, oldest first; the last one may still go on.</summary>
    public IEnumerable<Finding> Find(VesselPicture picture, DateTimeOffset since)
    {
        var gapOptions = new GapOptions { Threshold = options.Least, StartTime = since };
        foreach (var gap in GapDetector.Find(picture.TrackId, picture.Fixes.Select(f => Heard.Of(f)), picture.AsOf, gapOptions))
        {
            yield return Judge(picture, gap);
        }
    }

    /// <summary>One gap, judged.</summary>
    public Finding Judge(VesselPicture picture, Gap gap)
    {
        var offIndex = picture.LastAt(gap.Off.Time);
        var off = picture.Fixes[offIndex];
        Fix? on = gap.IsClosed ? picture.Fixes[offIndex + 1] : null;
        var exposure = Exposure.Of(picture, off, on, options);
        var silenceNats = LogBayesFactor(exposure, out var outage);
        var context = new SilenceContext(picture, gap, off, on, exposure, outage, options);
        var evidence = SilenceEvidence.Of(context, silenceNats);
        var kind = ClassOf(context);
        var tellable = kind is FindingClass.Unexplained or FindingClass.DarkMeeting;
        var score = options.PriorNats + evidence.Sum(e => e.Nats);
        var families = evidence.Where(e => e.Nats > 0).Select(e => e.Family).Distinct().Count();
        var alert = tellable && silenceNats >= options.LeastSilenceNats && families >= 2 && score >= options.AlertAtNats && !context.IsSmallCraft;
        return new Finding
        {
            Id = gap.Id,
            Kind = FindingKind.Silence,
            Class = kind,
            Alert = alert,
            Mmsi = picture.Mmsi,
            TrackId = picture.TrackId,
            Imo = picture.Vessel.Imo,
            VesselId = picture.Vessel.Id,
            StartTime = off.Time,
            EndTime = on?.Time,
            Start = off.At,
            End = on?.At,
            Sentence = SilenceWords.Sentence(context),
            Band = !tellable ? Band.CannotTell : score >= Math.Log(1) ? Band.High : score >= Math.Log(0.25) ? Band.Medium : Band.Low,
            PriorNats = options.PriorNats,
            Evidence = evidence,
            InnocentCauses = SilenceCauses.Test(context),
            WhatToCheck = SilenceWords.WhatToCheck(context),
            AsOf = picture.AsOf,
            ModelVersion = ModelVersion,
        };
    }

    /// <summary>
    /// -ln[(1 - w) e^-L + w], with L = (a + n) ln(1 + E*/(a + E)) and w the probability of an outage given who else was heard
    /// before and after (SCIENCE 2.3, 2.4).
    /// </summary>
    private double LogBayesFactor(Exposure exposure, out double outage)
    {
        outage = Math.Max(options.LeastOutage, ProbabilityOfOutage(exposure.OthersBefore, exposure.OthersAfter));
        var l = (options.Frailty + exposure.OwnHeard) * Math.Log(1 + (exposure.ExpectedSlots / (options.Frailty + exposure.OwnExpected)));
        return -Math.Log(((1 - outage) * Math.Exp(-l)) + outage);
    }

    /// <summary>
    /// Of the others heard just before, how many were heard again? Without an outage nineteen of twenty are; an outage may take
    /// any share of them, since some are within another station's range: every share is taken as equally probable.
    /// </summary>
    private double ProbabilityOfOutage(int before, int after)
    {
        const double Usually = 0.95;
        var logOdds = Math.Log(options.LeastOutage / (1 - options.LeastOutage)) - Math.Log(before + 1)
            - LogChoose(before, after) - (after * Math.Log(Usually)) - ((before - after) * Math.Log(1 - Usually));
        return 1 / (1 + Math.Exp(-logOdds));
    }

    private static double LogChoose(int n, int k)
    {
        var sum = 0.0;
        for (var i = 1; i <= k; i++)
        {
            sum += Math.Log(n - k + i) - Math.Log(i);
        }

        return sum;
    }

    private FindingClass ClassOf(SilenceContext context)
    {
        if (context.ImpliedSpeed > options.Impossible)
        {
            return FindingClass.IdentityClash;
        }

        if (context.GoesOnAs is not null)
        {
            return FindingClass.FlagChange;
        }

        if (context.Outage > 0.5 || context.Exposure.IsPoor)
        {
            return FindingClass.Reception;
        }

        if (context.Exposure.ExpectedSlots < 1 || context.IsInDoubt)
        {
            return FindingClass.CannotTell;
        }

        return context.WasAtRest ? FindingClass.Lawful : context.Companion is { MetAgain: true } && !context.Exposure.CouldLeave ? FindingClass.DarkMeeting : FindingClass.Unexplained;
    }
}
