using MaritimeWatch.Units;

namespace MaritimeWatch.Identity.Changes;

/// <summary>One end of an identity on the air: its last message, or its first.</summary>
/// <param name="Claim">What was broadcast.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="At">Where.</param>
public sealed record IdentityEnd(IdentityClaim Claim, DateTimeOffset Time, GeoPoint At);

/// <summary>Why a new identity is taken for the ship of an old one.</summary>
public enum StitchReason
{
    /// <summary>The same IMO number.</summary>
    Imo,

    /// <summary>The same name or call sign, in reach of time and place.</summary>
    NameOrCallSign,

    /// <summary>Within <see cref="StitchOptions.Close"/>, and each is the other's nearest.</summary>
    NearestToEachOther,

    /// <summary>Neither has another candidate.</summary>
    OnlyOnes,
}

/// <summary>An old identity and the new one that goes on where it ended.</summary>
public sealed record Stitch(IdentityEnd Old, IdentityEnd New, StitchReason Reason, Distance Apart, TimeSpan Between);

/// <summary>Bounds of the stitching of identities (Park et al., Science Advances 9, eabp8200, 2023; SCIENCE 3.1).</summary>
public sealed record StitchOptions
{
    /// <summary>Most time between the last message of the old and the first of the new: 60 days.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromDays(60);

    /// <summary>The new one may be heard first by this much, as sets are changed over: a day.</summary>
    public TimeSpan Ahead { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Most distance between the two places: 1,000 m.</summary>
    public Distance Reach { get; init; } = Distance.FromMetres(1000);

    /// <summary>Ships within this lie at one berth: 30 m.</summary>
    public Distance Close { get; init; } = Distance.FromMetres(30);
}

/// <summary>
/// Finds the new identity of a ship whose old one fell silent: in reach of time and place, by the rules of Park et al. 2023, with
/// names and call signs beside the IMO number. Two numbers that differ with right check digits are two ships, however near.
/// The order of the ends does not matter. Not claimed: that a change was unlawful; most are sales and new sets.
/// </summary>
public static class IdentityStitcher
{
    private const double CellDeg = 0.02;

    public static IReadOnlyList<Stitch> Of(IReadOnlyList<IdentityEnd> lasts, IReadOnlyList<IdentityEnd> firsts, StitchOptions? options = null)
    {
        var bounds = options ?? new StitchOptions();
        var near = firsts.Select((f, i) => (f, i)).ToLookup(f => CellOf(f.f.At, 0, 0), f => f.i);
        var candidates = lasts.SelectMany((old, i) => Around(old.At).SelectMany(cell => near[cell]).Select(j => Candidate(old, i, firsts[j], j, bounds)).OfType<Found>())
            .OrderBy(c => c.Rank).ThenBy(c => c.Apart.Metres).ThenBy(c => c.Between).ThenBy(c => c.Old).ThenBy(c => c.New).ToList();
        var (perOld, perNew) = (candidates.ToLookup(c => c.Old), candidates.ToLookup(c => c.New));
        var (takenOld, takenNew) = (new HashSet<int>(), new HashSet<int>());
        var stitches = new List<Stitch>();

        // The surer first; each identity goes on once and comes from one.
        foreach (var candidate in candidates)
        {
            if (!takenOld.Contains(candidate.Old) && !takenNew.Contains(candidate.New) && ReasonOf(candidate) is { } reason)
            {
                takenOld.Add(candidate.Old);
                takenNew.Add(candidate.New);
                stitches.Add(new Stitch(lasts[candidate.Old], firsts[candidate.New], reason, candidate.Apart, candidate.Between));
            }
        }

        return stitches;

        StitchReason? ReasonOf(Found c) => c.Rank switch
        {
            0 => StitchReason.Imo,
            1 => StitchReason.NameOrCallSign,
            _ when c.Apart <= bounds.Close && perOld[c.Old].MinBy(o => o.Apart.Metres) == c && perNew[c.New].MinBy(o => o.Apart.Metres) == c => StitchReason.NearestToEachOther,
            _ when perOld[c.Old].All(o => o == c || takenNew.Contains(o.New)) && perNew[c.New].All(o => o == c || takenOld.Contains(o.Old)) => StitchReason.OnlyOnes,
            _ => null,
        };
    }

    private static Found? Candidate(IdentityEnd old, int i, IdentityEnd now, int j, StitchOptions bounds)
    {
        var between = now.Time - old.Time;
        if (between < -bounds.Ahead || between > bounds.Within || old.Claim.Mmsi == now.Claim.Mmsi || (old.Claim.Imo is { } a && now.Claim.Imo is { } b && a != b))
        {
            return null;
        }

        var apart = Geodesy.Between(old.At, now.At);
        return apart > bounds.Reach ? null : new Found(i, j, RankOf(old.Claim, now.Claim), apart, between);
    }

    private static int RankOf(IdentityClaim old, IdentityClaim now) =>
        old.Imo is not null && old.Imo == now.Imo ? 0 : Same(old.CallSign, now.CallSign, 4) || Same(old.Name, now.Name, 3) ? 1 : 2;

    private static bool Same(string? a, string? b, int least) => a?.Trim() is { } text && text.Length >= least && text.Equals(b?.Trim(), StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(int Row, int Column)> Around(GeoPoint at)
    {
        // Towards the poles a cell is narrower than the reach; there more of them are looked at.
        var columns = (int)Math.Ceiling(1 / Math.Max(0.02, Math.Cos(at.LatDeg * Math.PI / 180)));
        for (var row = -1; row <= 1; row++)
        {
            for (var column = -columns; column <= columns; column++)
            {
                yield return CellOf(at, row, column);
            }
        }
    }

    private static (int Row, int Column) CellOf(GeoPoint at, int rows, int columns)
    {
        const int Round = (int)(360 / CellDeg);
        return ((int)Math.Floor(at.LatDeg / CellDeg) + rows, (((int)Math.Floor(at.LonDeg / CellDeg) + columns) % Round + Round) % Round);
    }

    private sealed record Found(int Old, int New, int Rank, Distance Apart, TimeSpan Between);
}
