using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Tracks;

/// <summary>What a vessel was heard to say and has not said a second time; absent fields wait for nothing.</summary>
public sealed record SaidOnce(Mmsi Mmsi, Said? Imo, Said? CallSign, Said? Name);

/// <summary>A value and when it was first heard.</summary>
public sealed record Said(string Value, DateTimeOffset At);

/// <summary>
/// What each MMSI says she is, as claims with first and last time seen. Messages carry parts (24 A the name, 24 B the call
/// sign); a part that is absent leaves the one before. A changed value starts a new claim; the old one stays. Its state is what
/// the store holds: the last claims (<see cref="Remember(IdentityClaim)"/>) and what waits for a second transmission.
/// </summary>
public sealed class BroadcastIdentities(string source)
{
    /// <summary>How many vessels may wait for a second transmission before the oldest are forgotten.</summary>
    private const int MostWaiting = 500;

    /// <summary>How often an unchanged claim is written again with a later last-seen.</summary>
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(30);

    /// <summary>Within this time the same words are one transmission, heard by another station.</summary>
    private static readonly TimeSpan OneTransmission = TimeSpan.FromSeconds(30);

    /// <summary>What was said once and not again within this time is forgotten; static data are sent every 6 minutes (ITU-R M.1371-5, annex 1, 4.2).</summary>
    private static readonly TimeSpan WaitsFor = TimeSpan.FromHours(1);

    private readonly Dictionary<Mmsi, State> states = [];
    private readonly Dictionary<Mmsi, SaidOnce> waiting = [];

    /// <summary>Takes the claim last written for a vessel, so that another process reads on as this one would have.</summary>
    public void Remember(IdentityClaim claim)
    {
        if (claim.Mmsi is { } mmsi)
        {
            states[mmsi] = new State(new Values(claim.ImoAsStated, claim.CallSign, claim.Name, claim.ShipType, claim.LengthM), claim.FirstSeen) { LastSeen = claim.LastSeen, WrittenAt = claim.LastSeen };
            waiting.Remove(mmsi);
        }
    }

    /// <summary>Takes what waited for a second transmission where the reader before stood.</summary>
    public void Remember(SaidOnce said) => waiting[said.Mmsi] = said;

    /// <summary>What waits for a second transmission at <paramref name="now"/>, the feed's time.</summary>
    public IReadOnlyList<SaidOnce> Waiting(DateTimeOffset now)
    {
        foreach (var old in waiting.Values.Where(w => Latest(w) < now - WaitsFor).ToList())
        {
            waiting.Remove(old.Mmsi);
        }

        if (waiting.Count > MostWaiting)
        {
            foreach (var old in waiting.Values.OrderByDescending(Latest).Skip(MostWaiting).ToList())
            {
                waiting.Remove(old.Mmsi);
            }
        }

        return [.. waiting.Values];
    }

    /// <summary>Takes a report; gives the claim when it is new, changed, or due to be seen again, else null.</summary>
    public IdentityClaim? Observe(StaticReport report)
    {
        states.TryGetValue(report.Mmsi, out var before);
        if (report.NeedsSecond && !IsSecond(report, before?.Values))
        {
            return null;
        }

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

    private static DateTimeOffset Latest(SaidOnce said) => new[] { said.Imo?.At, said.CallSign?.At, said.Name?.At }.Max() ?? DateTimeOffset.MinValue;

    /// <summary>True when everything the report says was said before, by the claim or by an earlier transmission; what is new waits.</summary>
    private bool IsSecond(StaticReport report, Values? claimed)
    {
        var said = waiting.GetValueOrDefault(report.Mmsi) ?? new SaidOnce(report.Mmsi, null, null, null);
        var imo = Heard(report.ImoAsStated, claimed?.Imo, said.Imo, report.Time);
        var callSign = Heard(report.CallSign, claimed?.CallSign, said.CallSign, report.Time);
        var name = Heard(report.Name, claimed?.Name, said.Name, report.Time);
        var all = imo.Agrees && callSign.Agrees && name.Agrees;
        var left = new SaidOnce(report.Mmsi, Left(imo.Waits, all ? report.ImoAsStated : null), Left(callSign.Waits, all ? report.CallSign : null), Left(name.Waits, all ? report.Name : null));
        if (left is { Imo: null, CallSign: null, Name: null })
        {
            waiting.Remove(report.Mmsi);
        }
        else
        {
            waiting[report.Mmsi] = left;
        }

        return all;
    }

    // What is claimed already leaves another value waiting: two ships under one number are both heard.
    private static (bool Agrees, Said? Waits) Heard(string? value, string? claimed, Said? said, DateTimeOffset at) =>
        value is null || value == claimed ? (true, said)
        : value != said?.Value ? (false, new Said(value, at))
        : ((at - said.At).Duration() > OneTransmission, said);

    private static Said? Left(Said? waits, string? taken) => waits is not null && waits.Value == taken ? null : waits;

    private sealed record Values(string? Imo, string? CallSign, string? Name, int? ShipType, double? LengthM);

    private sealed class State(Values values, DateTimeOffset firstSeen)
    {
        public Values Values => values;

        public DateTimeOffset FirstSeen => firstSeen;

        public DateTimeOffset LastSeen { get; set; }

        public DateTimeOffset WrittenAt { get; set; }
    }
}
