using System.Globalization;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Identity;
using MaritimeWatch.Identity.Changes;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench.Flags;

/// <summary>Reflag or not, on pairs of identities with known flags; and the stitching of old to new with the IMO number hidden.</summary>
internal static class ReflagTable
{
    public static void Reflagged(TextWriter to, IReadOnlyList<IdentityPair> pairs, FlagTables tables, long seed)
    {
        var judged = pairs.Select(p => (Pair: p, Said: IdentityChange.Of(p.Old, p.New, tables))).ToList();
        var naive = pairs.Select(p => (Pair: p, Said: PointedFlag.Of(p.Old, tables).ByMid != PointedFlag.Of(p.New, tables).ByMid)).ToList();
        to.WriteLine($"\nReflagged or not: {pairs.Count} changes of identity, {pairs.Count(p => p.Reflagged)} of flag (flags hidden; 95 % by bootstrap of ships)");
        Line("model", [.. judged.Select(j => (j.Pair.Reflagged, j.Said.Verdict == FlagVerdict.Changed))]);
        Line("MID alone", [.. naive.Select(n => (n.Pair.Reflagged, n.Said))]);
        to.WriteLine($"cannot tell: {judged.Count(j => j.Said.Verdict == FlagVerdict.CannotTell)}, of which {judged.Count(j => j.Said.Verdict == FlagVerdict.CannotTell && j.Pair.Reflagged)} reflagged");
        var right = judged.Where(j => j.Pair.Reflagged && j.Said.Verdict == FlagVerdict.Changed).ToList();
        to.WriteLine(Text($"of those found, both flags as in the study: {right.Count(r => r.Said.Before == r.Pair.OldFlag && r.Said.After == r.Pair.NewFlag)} of {right.Count}"));
        foreach (var error in judged.Where(j => (j.Said.Verdict == FlagVerdict.Changed) != j.Pair.Reflagged).GroupBy(j => (j.Pair.Reflagged, j.Said.Reason)).OrderByDescending(g => g.Count()))
        {
            var unknown = error.Count(e => e.Pair.OldFlag is null || e.Pair.NewFlag is null);
            to.WriteLine($"    {(error.Key.Reflagged ? "missed" : "wrong "),-7}{error.Count(),4}  {error.Key.Reason}{(unknown > 0 ? $" ({unknown} with a flag the study does not know)" : "")}");
        }

        void Line(string name, IReadOnlyList<(bool True, bool Said)> cases)
        {
            var (precision, recall, f1) = Intervals.PrecisionRecall(cases, seed);
            to.WriteLine($"{name,-12} precision {precision}  recall {recall}  F1 {f1}");
        }
    }

    /// <summary>
    /// Each pair's two identities are thrown among all the others, and who goes on as whom is found again without IMO numbers. The study
    /// gives places to 0.01 degrees: within that they are drawn, and the new one lies as far from the old as the study measured.
    /// </summary>
    public static void Stitched(TextWriter to, IReadOnlyList<IdentityPair> pairs, long seed)
    {
        var chance = new Random((int)seed);
        var (lasts, firsts) = (new List<IdentityEnd>(), new List<IdentityEnd>());
        foreach (var pair in pairs)
        {
            var at = new GeoPoint(Math.Clamp(pair.At.LatDeg + ((chance.NextDouble() - 0.5) * 0.01), -90, 90), Geodesy.WrapLongitude(pair.At.LonDeg + ((chance.NextDouble() - 0.5) * 0.01)));
            lasts.Add(new IdentityEnd(pair.Old with { ImoAsStated = null }, pair.Old.LastSeen, at));
            firsts.Add(new IdentityEnd(pair.New with { ImoAsStated = null }, pair.New.FirstSeen, Geodesy.Destination(at, Course.FromDegrees(chance.NextDouble() * 360), pair.Apart)));
        }

        var made = IdentityStitcher.Of(lasts, firsts).Select(s => (Stitch: s, Old: lasts.FindIndex(e => ReferenceEquals(e, s.Old)), New: firsts.FindIndex(e => ReferenceEquals(e, s.New)))).ToList();
        var reachable = Enumerable.Range(0, pairs.Count).Where(i => pairs[i].Apart <= new StitchOptions().Reach && firsts[i].Time - lasts[i].Time is var gap && gap <= new StitchOptions().Within && gap >= -new StitchOptions().Ahead).ToHashSet();
        var known = Enumerable.Range(0, pairs.Count).Where(i => pairs[i].SameImo).ToHashSet();
        to.WriteLine($"\nStitching with the IMO number hidden: {pairs.Count} old and {pairs.Count} new identities, {reachable.Count} pairs within 60 days and 1,000 m");
        Line("all pairs of the study", _ => true);
        Line("pairs with one IMO number", known.Contains);
        foreach (var reason in made.GroupBy(m => m.Stitch.Reason).OrderBy(g => g.Key))
        {
            to.WriteLine($"    {reason.Key,-20} {reason.Count(),5}, right {reason.Count(m => m.Old == m.New)}");
        }

        foreach (var wrong in made.Where(m => m.Old != m.New).GroupBy(m => m.Stitch.Reason))
        {
            var both = wrong.Count(m => pairs[m.Old].Old.Imo is { } a && pairs[m.New].New.Imo is { } b && a == b);
            to.WriteLine($"    joined otherwise than in the study, {wrong.Key}: {wrong.Count()}, of which {both} have one IMO number after all");
        }

        void Line(string name, Func<int, bool> of)
        {
            var truths = Enumerable.Range(0, pairs.Count).Where(of).ToList();
            var found = made.Where(m => of(m.Old)).ToList();
            var hit = found.Count(m => m.Old == m.New);
            to.WriteLine($"{name,-28} precision {Intervals.Share([.. found.Select(m => m.Old == m.New)], seed)}  recall {Intervals.Share([.. truths.Select(t => found.Any(m => m.Old == t && m.New == t))], seed)}"
                + Text($"  of those in reach {truths.Count(reachable.Contains)}: {(double)hit / Math.Max(1, truths.Count(reachable.Contains)):0.000}"));
        }
    }

    /// <summary>Changes of flag per hull, counted from the flags as stated and from what was broadcast alone.</summary>
    public static void Changes(TextWriter to, string name, IReadOnlyList<(string Hull, IReadOnlyList<IdentityClaim> Periods)> hulls, FlagTables tables, long seed)
    {
        int overlaps = 0, placeholders = 0, merged = 0, unknown = 0;
        var (stated, broadcast, wrong) = (new List<bool>(), new List<bool>(), new List<string>());
        foreach (var (hull, periods) in hulls)
        {
            if (hull == "NA" || periods.Any(p => p.Imo is null && p.ImoAsStated is not null))
            {
                placeholders++;
            }

            if (hull == "NA")
            {
                continue;
            }

            // A period whose flag the study does not know is no change and hides none.
            var ordered = periods.Where(p => p.Flag is not null).OrderBy(p => p.FirstSeen).ToList();
            var truth = ordered.Zip(ordered.Skip(1)).Count(p => p.First.Flag != p.Second.Flag);
            unknown += periods.Count - ordered.Count;
            overlaps += ordered.Zip(ordered.Skip(1)).Any(p => p.First.LastSeen - p.Second.FirstSeen > Hulls.IdentityOverlap) ? 1 : 0;
            merged += Hulls.Of(periods).Count == 1 ? 1 : 0;
            int byFlags = Stays(ordered), byNumbers = Stays([.. periods.Select(p => p with { Flag = null, Origin = ClaimOrigin.Broadcast })]);
            stated.Add(byFlags == truth);
            broadcast.Add(byNumbers == truth);
            if (byFlags != truth || byNumbers != truth)
            {
                wrong.Add($"    {hull}: {truth} in the study, {byFlags} from flags, {byNumbers} from numbers: {string.Join(", ", ordered.Select(p => $"{p.Mmsi} {p.CallSign} {p.Flag} {p.FirstSeen:yyyy-MM}"))}");
            }
        }

        to.WriteLine($"\nChanges of flag per hull, {name}: {hulls.Count} hulls; {overlaps} with identities that overlap for more than 7 days, {placeholders} with a number that is none, {unknown} periods without a known flag, {merged} read as one hull from their numbers alone");
        to.WriteLine($"    right from stated flags {Intervals.Share(stated, seed)}, from numbers broadcast alone {Intervals.Share(broadcast, seed)}");
        wrong.Take(12).ToList().ForEach(to.WriteLine);

        int Stays(IReadOnlyList<IdentityClaim> claims) => Math.Max(0, FlagStays.Of(new Vessel("bench", claims, []), tables).Count - 1);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
