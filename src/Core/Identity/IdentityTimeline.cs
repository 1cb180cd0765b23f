using MaritimeWatch.Identity.Changes;
using MaritimeWatch.Units;

namespace MaritimeWatch.Identity;

/// <summary>An attribute of identity that has a history.</summary>
public enum TimelineAttribute
{
    Flag,
    Mmsi,
    CallSign,
    Name,
    Owner,
    ClassSociety,
}

/// <summary>How a stretch of a lane stands to what the other lanes say.</summary>
public enum SpanState
{
    /// <summary>Said, and by no other source otherwise.</summary>
    Stated,

    /// <summary>Another source says otherwise of the same time.</summary>
    Conflict,

    /// <summary>The source says that it was not so: struck off, or never registered.</summary>
    Denied,

    /// <summary>The source says nothing of this time. It is not "no flag".</summary>
    NoInformation,
}

/// <summary>A stretch of time in a lane.</summary>
/// <param name="From">Start, UTC.</param>
/// <param name="To">End, UTC; null while it goes on as far as is known.</param>
/// <param name="Value">What is said, as text; null for <see cref="SpanState.NoInformation"/>.</param>
/// <param name="State">How it stands to the others.</param>
/// <param name="StartIsStated">False where the start is only when it was first seen: it may have begun before.</param>
/// <param name="EndIsStated">False where the end is only when it was last seen.</param>
/// <param name="Claims">Ids of the claims it rests on.</param>
/// <param name="Against">Ids of the claims that say otherwise.</param>
public sealed record TimelineSpan(DateTimeOffset From, DateTimeOffset? To, string? Value, SpanState State, bool StartIsStated, bool EndIsStated, IReadOnlyList<string> Claims, IReadOnlyList<string> Against);

/// <summary>What one source says over time.</summary>
public sealed record TimelineLane(string Source, ClaimOrigin Origin, IReadOnlyList<TimelineSpan> Spans);

/// <summary>
/// The history of one attribute of a hull as each source tells it, one lane a source, with the times of validity; and as it was known
/// at a moment: a claim that was seen later is left out (two times, R. Snodgrass, Developing Time-Oriented Database Applications, 1999).
/// Nothing is decided here between sources: where they differ both stand, marked.
/// </summary>
public static class IdentityTimeline
{
    /// <param name="claims">Claims of one hull.</param>
    /// <param name="attribute">What of the identity.</param>
    /// <param name="tables">Tables of MIDs and call signs.</param>
    /// <param name="knownAt">The moment of knowledge; null for all that is known.</param>
    public static IReadOnlyList<TimelineLane> Of(IEnumerable<IdentityClaim> claims, TimelineAttribute attribute, FlagTables tables, DateTimeOffset? knownAt = null)
    {
        var known = claims.Where(c => knownAt is not { } at || c.FirstSeen <= at).Select(c => Part.Of(c, attribute, tables, knownAt)).OfType<Part>().OrderBy(p => p.From).ThenBy(p => p.Claim.Id, StringComparer.Ordinal).ToList();

        // An entry that stands goes on as long as anything is known of the hull, or until it is known to have been replaced in its own lane.
        var latest = known.Select(p => p.Until).DefaultIfEmpty().Max();
        known = [.. known.Select(p => p.Open ? p with { Until = known.Where(o => o.Claim.Source == p.Claim.Source && o.From > p.From && o.Value != p.Value).Select(o => o.From).Append(latest).Min() } : p)];
        return [.. known.GroupBy(p => (p.Claim.Source, p.Claim.Origin)).OrderBy(g => g.Key.Origin).ThenBy(g => g.Key.Source, StringComparer.Ordinal)
            .Select(lane => new TimelineLane(lane.Key.Source, lane.Key.Origin, Spans([.. lane], known, attribute, tables)))];
    }

    private static List<TimelineSpan> Spans(IReadOnlyList<Part> lane, IReadOnlyList<Part> all, TimelineAttribute attribute, FlagTables tables)
    {
        var runs = new List<List<Part>>();
        foreach (var part in lane)
        {
            // The same value again, without a silence of months between, is one stretch.
            if (runs.Count > 0 && runs[^1][0] is var first && first.Value == part.Value && first.Denies == part.Denies && part.From - runs[^1].Max(p => p.Until) <= Hulls.MmsiSlack)
            {
                runs[^1].Add(part);
            }
            else
            {
                runs.Add([part]);
            }
        }

        var spans = new List<TimelineSpan>();
        foreach (var run in runs)
        {
            var (from, until) = (run.Min(p => p.From), run.Max(p => p.Until));
            if (spans.Count > 0 && spans[^1].To is { } ended && from - ended > Hulls.IdentityOverlap)
            {
                spans.Add(new TimelineSpan(ended, from, null, SpanState.NoInformation, false, false, [], []));
            }

            var against = all.Where(o => !run.Contains(o) && o.Denies == run[0].Denies && o.Value != run[0].Value && Common(from, until, o.From, o.Until) > Hulls.IdentityOverlap && !Agree(o, run[0], attribute, tables)
                || o.Denies != run[0].Denies && o.Value == run[0].Value && Common(from, until, o.From, o.Until) > TimeSpan.Zero).Select(o => o.Claim.Id).Distinct().Order(StringComparer.Ordinal).ToList();
            var open = run.Any(p => p.Open);
            spans.Add(new TimelineSpan(from, open ? null : until, run[0].Value, run[0].Denies ? SpanState.Denied : against.Count > 0 ? SpanState.Conflict : SpanState.Stated,
                run.Any(p => p.From == from && p.Claim.ValidFrom is not null), run.Any(p => p.Until == until && p.Claim.ValidTo is not null), [.. run.Select(p => p.Claim.Id)], against));
        }

        return spans;
    }

    private static TimeSpan Common(DateTimeOffset aFrom, DateTimeOffset aTo, DateTimeOffset bFrom, DateTimeOffset bTo) => (aTo < bTo ? aTo : bTo) - (aFrom > bFrom ? aFrom : bFrom);

    private static bool Agree(Part a, Part b, TimelineAttribute attribute, FlagTables tables) => attribute == TimelineAttribute.Flag
        ? FlagState.TryParse(a.Value, out var one) && FlagState.TryParse(b.Value, out var other) && tables.SameRealm(one, other)
        : attribute != TimelineAttribute.Mmsi && TypingErrors.Between(a.Value, b.Value) <= 1;

    /// <summary>One claim's word on the attribute.</summary>
    private sealed record Part(IdentityClaim Claim, string Value, DateTimeOffset From, DateTimeOffset Until, bool Open, bool Denies)
    {
        public static Part? Of(IdentityClaim claim, TimelineAttribute attribute, FlagTables tables, DateTimeOffset? knownAt)
        {
            var value = attribute switch
            {
                TimelineAttribute.Flag => (claim.Flag ?? PointedFlag.Of(claim, tables).ByMid)?.Code,
                TimelineAttribute.Mmsi => claim.Mmsi?.ToString(),
                TimelineAttribute.CallSign => claim.CallSign?.Trim().ToUpperInvariant(),
                TimelineAttribute.Name => claim.Name?.Trim().ToUpperInvariant(),
                TimelineAttribute.Owner => claim.Owner?.Trim().ToUpperInvariant(),
                _ => claim.ClassSociety?.Trim().ToUpperInvariant(),
            };
            if (string.IsNullOrEmpty(value) || (attribute == TimelineAttribute.Flag && claim.Status is RegisterStatus.UnderCheck))
            {
                return null;
            }

            // What a source says now of an unlimited time goes on as long as the source is known to say so.
            var seen = knownAt < claim.LastSeen ? knownAt.Value : claim.LastSeen;
            var ends = claim.ValidTo ?? seen;
            var denies = attribute == TimelineAttribute.Flag && claim.Status is RegisterStatus.NeverRegistered or RegisterStatus.CertificateNotOurs;
            var open = claim.ValidTo is null && claim.Origin == ClaimOrigin.Register && claim.Status is RegisterStatus.Registered or RegisterStatus.Provisional;
            return new Part(claim, value, claim.From, ends < claim.From ? claim.From : ends, open && claim.ValidTo is null, denies);
        }
    }
}
