using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Tracks;

/// <summary>
/// What each MMSI says she is, as claims with first and last time seen. Messages carry parts (24 A the name, 24 B the call
/// sign); a part that is absent leaves the one before. A changed value starts a new claim; the old one stays.
/// </summary>
public sealed class BroadcastIdentities(string source)
{
    /// <summary>How often an unchanged claim is written again with a later last-seen.</summary>
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(30);

    private readonly Dictionary<Mmsi, State> states = [];

    /// <summary>
    /// Takes the claim last written for a vessel, so that after a start, or when another process reads the feed, a part of a
    /// message still joins the parts before it.
    /// </summary>
    public void Remember(IdentityClaim claim)
    {
        if (claim.Mmsi is { } mmsi)
        {
            states[mmsi] = new State(new Values(claim.ImoAsStated, claim.CallSign, claim.Name, claim.ShipType, claim.LengthM), claim.FirstSeen) { LastSeen = claim.LastSeen, WrittenAt = claim.LastSeen };
        }
    }

    /// <summary>Takes a report; gives the claim when it is new, changed, or due to be seen again, else null.</summary>
    public IdentityClaim? Observe(StaticReport report)
    {
        states.TryGetValue(report.Mmsi, out var before);
        var values = new Values(
            report.ImoAsStated ?? before?.Values.Imo,
            report.CallSign ?? before?.Values.CallSign,
            report.Name ?? before?.Values.Name,
            report.ShipType ?? before?.Values.ShipType,
            report.LengthM ?? before?.Values.LengthM);
        if (before is not null && before.Values == values)
        {
            before.LastSeen = report.Time > before.LastSeen ? report.Time : before.LastSeen;
            if (before.LastSeen - before.WrittenAt < Refresh)
            {
                return null;
            }
        }
        else
        {
            states[report.Mmsi] = before = new State(values, report.Time) { LastSeen = report.Time };
        }

        before.WrittenAt = before.LastSeen;
        return new IdentityClaim
        {
            Source = source,
            Origin = ClaimOrigin.Broadcast,
            Mmsi = report.Mmsi,
            ImoAsStated = values.Imo,
            CallSign = values.CallSign,
            Name = values.Name,
            ShipType = values.ShipType,
            LengthM = values.LengthM,
            FirstSeen = before.FirstSeen,
            LastSeen = before.LastSeen,
        };
    }

    private sealed record Values(string? Imo, string? CallSign, string? Name, int? ShipType, double? LengthM);

    private sealed class State(Values values, DateTimeOffset firstSeen)
    {
        public Values Values => values;

        public DateTimeOffset FirstSeen => firstSeen;

        public DateTimeOffset LastSeen { get; set; }

        public DateTimeOffset WrittenAt { get; set; }
    }
}
