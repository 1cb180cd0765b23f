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
    public const string ModelVersion = "silence-2 (weights and calibration fitted on training months, see the model card)";

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
        var context = new SilenceContext(picture, gap, off, on, exposure, options);
        if (exposure.Nats >= options.LeastSilenceNats)
        {
            context.LookAtWays();
        }

        var evidence = SilenceEvidence.Of(context);
        var kind = ClassOf(context);
        var tellable = AlertRule.Tells(kind);
        var score = options.PriorNats + evidence.Sum(e => e.Nats);
        var alert = AlertRule.Raises(kind, evidence, context.IsSmallCraft, options);
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
            Calibrated = options.Calibration.Of(score),
            Band = !tellable ? Band.CannotTell : options.Calibration.Of(score) switch { >= 0.5 => Band.High, >= 0.1 => Band.Medium, _ => Band.Low },
            PriorNats = options.PriorNats,
            Evidence = evidence,
            InnocentCauses = SilenceCauses.Test(context),
            WhatToCheck = SilenceWords.WhatToCheck(context),
            AsOf = picture.AsOf,
            ModelVersion = ModelVersion,
        };
    }

    private FindingClass ClassOf(SilenceContext context)
    {
        if (context.ImpliedSpeed > options.Impossible)
        {
            return FindingClass.IdentityClash;
        }

        if (context.Astray is not null)
        {
            return FindingClass.Interference;
        }

        if (context.IsShared)
        {
            return FindingClass.IdentityClash;
        }

        if (context.GoesOnAs is not null)
        {
            return FindingClass.FlagChange;
        }

        var x = context.Exposure;
        if (context.IsInDoubt || x.WitnessedSteps == 0)
        {
            return FindingClass.CannotTell;
        }

        if (x.Here.Mean < options.LeastReception)
        {
            return FindingClass.Reception;
        }

        if (x.Nats < options.LeastTellableNats)
        {
            return x.Outage > 0.2 || x.Here.Mean < 0.5 || x.Leaves > 0.2 ? FindingClass.Reception : FindingClass.CannotTell;
        }

        return context.WasAtRest ? FindingClass.Lawful : context.Companion is { MetAgain: true, ByChance: < 0.2 } ? FindingClass.DarkMeeting
            : context.Crossed.Any(c => c.Crossing.MustCross || c.Crossing.Share.Share >= options.MostlyCrossed) ? FindingClass.DarkTransit : FindingClass.Unexplained;
    }
}
