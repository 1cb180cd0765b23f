using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Silence;

/// <summary>A stretch of silence as weighed.</summary>
internal sealed record Weighed(double Silent, int Slots, double Expected, double Leaves, double Outage, IReadOnlyList<WitnessStep> Steps);

/// <summary>
/// How well one vessel is heard against the average ship: a Gamma distribution of mean <paramref name="Shape"/> /
/// <paramref name="Rate"/>, in eight parts of equal probability (SCIENCE 2.3).
/// </summary>
internal readonly record struct Frailty(double Shape, double Rate)
{
    private static readonly double[] Normal = [-1.5341, -0.8871, -0.4888, -0.1573, 0.1573, 0.4888, 0.8871, 1.5341];

    /// <summary>Most an antenna can do for a ship.</summary>
    private const double Most = 3;

    public int Parts => Normal.Length;

    /// <summary>Wilson and Hilferty 1931: the cube root of a Gamma variable is nearly normal; within 2 % for shapes of 2 and more.</summary>
    public double Part(int i)
    {
        var root = 1 - (1 / (9 * Shape)) + (Normal[i] / (3 * Math.Sqrt(Shape)));
        return Math.Min(Most, Shape / Rate * root * root * root);
    }
}

/// <summary>Weighs a stretch of silence over the ways she can have gone.</summary>
internal sealed class Weighing(VesselPicture picture, ReceptionView view, long until, Frailty frailty, SilenceOptions options)
{
    /// <param name="from">Where she was last heard.</param>
    /// <param name="to">Where she was heard again, null when only the beginning is weighed.</param>
    /// <param name="first">First slot of the stretch.</param>
    /// <param name="last">Last slot.</param>
    /// <param name="cruise">Her usual speed.</param>
    /// <param name="top">Her top speed.</param>
    public Weighed Of(Fix from, Fix? to, long first, long last, Speed cruise, Speed top)
    {
        var slots = (int)(last - first + 1);
        if (slots <= 0)
        {
            return new Weighed(1, 0, 0, 1, 0, []);
        }

        double? cog = from.SogKnots is >= 3 && from.CogDeg is { } course ? course : null;
        var ways = Ways.Of(from.At, cog, to?.At, slots, cruise, top);
        var steps = OutageChain.Witnesses(picture.Reception, view, Place, first, last, until, picture.TrackId, options);
        var chain = new OutageChain(steps, to is not null, options);
        var missed = new double[steps.Count];
        var logMissed = new double[steps.Count];
        var all = new double[steps.Count];
        double silent = 0, expected = 0, leaves = 0;
        foreach (var way in ways)
        {
            var sum = LogMissed(way, first, slots, steps, logMissed);
            expected += way.Weight * sum;
            leaves += sum < 1 ? way.Weight : 0;
            var ofWay = 0.0;
            for (var part = 0; part < frailty.Parts; part++)
            {
                for (var i = 0; i < missed.Length; i++)
                {
                    missed[i] = Math.Exp(frailty.Part(part) * logMissed[i]);
                    all[i] += way.Weight * missed[i] / frailty.Parts;
                }

                ofWay += chain.Silent(missed) / frailty.Parts;
            }

            silent += way.Weight * ofWay;
        }

        return new Weighed(Math.Min(1, silent), slots, expected, leaves, chain.Throughout(all), steps);

        // Others are looked for where she was most probably: on the straight line, or a while on along her course.
        GeoPoint Place(long slot)
        {
            if (to is { } other)
            {
                return Geodesy.Along(from.At, other.At, (slot - first + 1.0) / (slots + 1.0));
            }

            var on = HeardSlots.SlotLength * Math.Clamp(slot - first + 1, 0, OnwardSlots);
            return cog is { } course ? Geodesy.Destination(from.At, Course.FromDegrees(course), cruise * on) : from.At;
        }
    }

    /// <summary>Dead reckoning along a course is worth something for two hours.</summary>
    private const int OnwardSlots = 12;

    /// <summary>Logarithm of the probability of missing her in each step while the receiver is up, and the slots she should have been heard in.</summary>
    private double LogMissed(in Way way, long first, int slots, IReadOnlyList<WitnessStep> steps, double[] logMissed)
    {
        Array.Clear(logMissed);
        var expected = 0.0;
        var (missedThere, there, share) = (0, default(Stratum), default(HeardShare));
        for (var i = 0; i < slots; i++)
        {
            // Where no other ship was heard nobody testifies that reception stood: nothing is expected of her then.
            var testimony = steps[i / HeardSlots.SlotsInStep].Testimony(options.TestifiesWithin);
            if (testimony == 0)
            {
                continue;
            }

            var stratum = new Stratum(way.Cells[i], picture.Transponder, Stratum.BlockOf((first + i) / HeardSlots.SlotsPerHour));
            if (missedThere == 0 || stratum != there)
            {
                (missedThere, there, share) = (0, stratum, view.Of(stratum));
            }

            var q = share.After(missedThere++ / view.SlotsThatCountAsOne);
            expected += q * testimony;
            logMissed[i / HeardSlots.SlotsInStep] += Math.Log(1 - q) * testimony / view.SlotsThatCountAsOne;
        }

        return expected;
    }
}
