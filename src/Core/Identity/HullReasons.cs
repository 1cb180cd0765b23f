namespace MaritimeWatch.Identity;

/// <summary>Why one claim stands with a hull, and what speaks against it.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Reason">What joined it.</param>
/// <param name="Score">How sure the join is, in nats: proposals, the same for every flag. 3 and more is as good as sure; a person's decision has none.</param>
/// <param name="For">One sentence.</param>
/// <param name="Against">Sentences; empty where nothing was found against it.</param>
public sealed record ClaimReason(IdentityClaim Claim, JoinReason Reason, double? Score, string For, IReadOnlyList<string> Against);

/// <summary>Shows the reasons behind a hull, so that a person can split it or leave it (PRODUCT 4.2, R2 and R4).</summary>
public static class HullReasons
{
    private const double OfImo = 5, OfMmsi = 3.5, OfCallSignAndName = 4, OtherLength = -2, OtherName = -1, OtherType = -0.5;

    /// <param name="hull">A hull as read from numbers and decisions.</param>
    public static IReadOnlyList<ClaimReason> Of(Hull hull) => [.. hull.Claims.Select(one => Of(one, hull))];

    private static ClaimReason Of(HullClaim one, Hull hull)
    {
        var claim = one.Claim;
        var against = new List<(double Nats, string Text)>();
        foreach (var other in hull.Claims.Select(c => c.Claim).Where(o => o != claim && Hulls.Overlap(o, claim, TimeSpan.Zero)))
        {
            if (claim.LengthM is { } a && other.LengthM is { } b && Math.Abs(a - b) > 0.1 * Math.Max(a, b))
            {
                against.Add((OtherLength, $"{other.Source} has a length of {b:0} m at the same time; this claim has {a:0} m."));
            }

            if (claim.Name is { } name && other.Name is { } called && TypingErrors.Between(name.ToUpperInvariant(), called.ToUpperInvariant()) > 2)
            {
                against.Add((OtherName, $"{other.Source} calls her {called} at the same time."));
            }

            if (claim.ShipType / 10 is { } type && other.ShipType / 10 is { } kind && type != kind)
            {
                against.Add((OtherType, $"{other.Source} has another type of ship at the same time."));
            }
        }

        var (score, why) = one.Reason switch
        {
            JoinReason.Imo => (OfImo, $"It names IMO {claim.Imo}, as the hull's other claims do."),
            JoinReason.MmsiAtTheTime => (OfMmsi, $"It names MMSI {claim.Mmsi} within {Hulls.MmsiSlack.TotalDays:0} days of a time at which this hull used it and no other did."),
            JoinReason.CallSignAndName => (OfCallSignAndName, $"It names call sign {claim.CallSign} and name {claim.Name}, which no other hull has."),
            JoinReason.Decision => ((double?)null, "A person decided so; the reason is kept with the decision."),
            _ => (null, "It is the hull's first claim; nothing else joins it."),
        };
        var distinct = against.DistinctBy(a => a.Text).ToList();
        return new ClaimReason(claim, one.Reason, score is { } s ? s + distinct.GroupBy(a => a.Nats).Sum(g => g.Key) : null, why, [.. distinct.Select(a => a.Text)]);
    }
}
