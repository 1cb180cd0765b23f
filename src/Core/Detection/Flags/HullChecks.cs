using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Flags;

/// <summary>Checks I6, I7, I8 and I10 of SCIENCE 3.2: what is known of the hull against what is broadcast under her number.</summary>
internal static class HullChecks
{
    /// <summary>Lengths of one ship differ by up to this between sources (SCIENCE 3.2, I7).</summary>
    private const double LengthTolerance = 0.1;

    /// <summary>A ship struck off by her register has this long to be taken in by another (SCIENCE 3.2, I10).</summary>
    private static readonly TimeSpan NewFlagWithin = TimeSpan.FromDays(30);

    public static void Of(VesselPicture picture, FlagTables tables, IdentityClaim said, Action<string, string, double, string, string?[]> add)
    {
        var hull = picture.Vessel;
        if (hull.Registers.Where(r => r.Status == RegisterStatus.Scrapped && r.From < said.LastSeen).MaxBy(r => r.From) is { } scrapped && said.Imo is not null)
        {
            add("I6", "contradiction", 3.5, $"{scrapped.Source} has IMO {said.Imo} as broken up since {scrapped.From:yyyy-MM-dd}; the number was broadcast until {said.LastSeen:yyyy-MM-dd}.", [said.Id, scrapped.Id]);
        }

        if (said.LengthM is { } length && hull.Registers.Where(r => r.LengthM is not null).MaxBy(r => r.LastSeen) is { LengthM: { } registered } entry && Math.Abs(length - registered) > LengthTolerance * Math.Max(length, registered))
        {
            add("I7", "contradiction", 1, $"She broadcasts a length of {length:0} m; {entry.Source} has {registered:0} m.", [said.Id, entry.Id]);
        }

        // Sets are changed over in days; two numbers on one hull for longer are two sets, two ships, or a wrong number.
        var other = hull.Broadcasts.Where(b => b.Mmsi is { Kind: MmsiKind.Ship } m && m != said.Mmsi && !Hulls.IsJunk(m) && b.Imo is not null && b.Imo == said.Imo)
            .Select(b => (Claim: b, Days: (Earlier(b.LastSeen, said.LastSeen) - Later(b.FirstSeen, said.FirstSeen)).TotalDays))
            .Where(b => b.Days > Hulls.IdentityOverlap.TotalDays).OrderByDescending(b => b.Days).ThenBy(b => b.Claim.Id, StringComparer.Ordinal).FirstOrDefault();
        if (other.Claim is { } twin)
        {
            add("I8", "behaviour", 1.5, $"IMO {said.Imo} was broadcast under MMSI {said.Mmsi} and under {twin.Mmsi} at once, for {other.Days:0} days.", [said.Id, twin.Id]);
        }

        // Two hulls under one number: static data alone; what the tracks say of it is another detector's.
        var stranger = hull.OthersUnderHerNumber.Select(o => (Claim: o, Days: (Earlier(o.LastSeen, said.LastSeen) - Later(o.FirstSeen, said.FirstSeen)).TotalDays))
            .Where(o => o.Days > Hulls.IdentityOverlap.TotalDays).OrderByDescending(o => o.Days).ThenBy(o => o.Claim.Id, StringComparer.Ordinal).FirstOrDefault();
        if (stranger.Claim is { } shared)
        {
            add("I8", "behaviour", 1.5, $"MMSI {said.Mmsi} was broadcast with IMO {said.Imo} and with IMO {shared.Imo} at once, for {stranger.Days:0} days.", [said.Id, shared.Id]);
        }

        var last = hull.Registers.Where(r => r.Flag is not null && r.Status is not (RegisterStatus.NeverRegistered or RegisterStatus.Scrapped)).MaxBy(r => r.ValidTo ?? r.From);
        if (last is { Status: RegisterStatus.Deleted, ValidTo: { } struckOff } && picture.AsOf - struckOff > NewFlagWithin
            && !(said.Mmsi is { } mmsi && tables.FlagOf(mmsi) is { } claimed && !tables.SameRealm(claimed, last.Flag!.Value)))
        {
            add("I10", "register", 0.5, $"{tables.NameOf(last.Flag!.Value)} struck her off on {struckOff:yyyy-MM-dd}, and no other register that is reached has taken her in since.", [last.Id]);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
