using System.Globalization;
using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Identity;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench.Flags;

/// <summary>Flag-hopping found and lawful likenesses left alone, on spliced histories; and whether any flag is worse off than the others.</summary>
internal static class SpliceBench
{
    private const int PerKind = 3000, Fleet = 8, Register = 40;

    private static readonly DateTimeOffset AsOf = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Print(TextWriter to, FlagTables tables, long seed, BenchPart part)
    {
        var hulls = Hulls(FlagsOf(tables), (int)seed);
        var moves = FleetMoves.Of(hulls.Select(h => h.Hull), tables);
        var detector = new FlagChangeDetector(new FlagOptions());
        var judged = hulls.Select(h => (Hull: h, Found: detector.Find(Picture(h, tables, moves)))).ToList();
        bool Raised((SplicedHull, Finding? Found) j) => j.Found is { Alert: true };

        to.WriteLine($"\nSpliced histories, looked at on {AsOf:yyyy-MM-dd}: {hulls.Count} hulls; raised, with 95 % intervals by bootstrap of hulls");
        foreach (var kind in judged.GroupBy(j => j.Hull.Kind).OrderBy(g => g.Key))
        {
            part.Figures.Add(new BenchFigureLine("model", $"raised, {(kind.Key <= SpliceKind.AfterListing ? "to find" : "lawful")}: {kind.Key}", kind.Average(k => Raised(k) ? 1.0 : 0)));
            to.WriteLine($"    {(kind.Key <= SpliceKind.AfterListing ? "to find " : "lawful  ")}{kind.Key,-16} {Intervals.Share([.. kind.Select(k => Raised(k))], seed)}   found a change {kind.Count(k => k.Found is not null) / (double)kind.Count():0.00}, three or more {kind.Count(k => k.Found?.Kind == FindingKind.FlagHop) / (double)kind.Count():0.00}");
        }

        var (positives, negatives) = (judged.Where(j => j.Hull.IsPositive).ToList(), judged.Where(j => !j.Hull.IsPositive).ToList());
        to.WriteLine($"    recall {Intervals.Share([.. positives.Select(p => Raised(p))], seed)} (wanted 0.90), false alarms {Intervals.Share([.. negatives.Select(n => Raised(n))], seed)} (at most 0.01)");
        Parity(to, [.. negatives.Select(n => (n.Hull.Group, Raised: n.Found?.ScoreNats >= 0, Score: n.Found?.ScoreNats))], [.. positives.Select(p => (p.Hull.Group, Raised(p)))], tables, part);
        double recall = positives.Average(p => Raised(p) ? 1.0 : 0), wrong = negatives.Average(n => Raised(n) ? 1.0 : 0);
        part.Figures.InsertRange(0, [new BenchFigureLine("model", "recall on spliced histories", recall), new BenchFigureLine("model", "false alarms on lawful histories", wrong)]);
        part.Demands.InsertRange(0, [Demand("recall on spliced histories", "0.90 or more", recall, recall >= 0.9), Demand("false alarms on lawful histories", "0.01 or less", wrong, wrong <= 0.01)]);
    }

    /// <summary>Real ships, looked at once a year: nobody knows what was lawful among them, but few should be raised.</summary>
    public static void Real(TextWriter to, IReadOnlyList<(string Hull, IReadOnlyList<IdentityClaim> Periods)> carriers, FlagTables tables)
    {
        var detector = new FlagChangeDetector(new FlagOptions());
        int years = 0, changed = 0;
        var raised = new List<string>();
        foreach (var (hull, periods) in carriers.Where(c => ImoNumber.TryParse(c.Hull, out _)))
        {
            for (var year = 2013; year <= 2019; year++)
            {
                var asOf = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
                var known = periods.Where(p => p.FirstSeen < asOf).Select(p => p with { Flag = null, Origin = ClaimOrigin.Broadcast, LastSeen = p.LastSeen < asOf ? p.LastSeen : asOf }).ToList();
                if (known.Count == 0 || known.Max(k => k.LastSeen) < asOf.AddYears(-1))
                {
                    continue;
                }

                years++;
                var found = detector.Find(Picture(new SplicedHull(new Vessel($"imo:{hull}", known, []), SpliceKind.AsIs, asOf, default, false), tables, []));
                changed += found is null ? 0 : 1;
                if (found is { Alert: true })
                {
                    raised.Add($"    {asOf:yyyy-MM-dd} {found.Sentence}");
                }
            }
        }

        to.WriteLine($"\nRefrigerated carriers as they are, numbers broadcast alone: {years} ship-years, {changed} with a change of flag in the year, {raised.Count} raised");
        raised.ForEach(to.WriteLine);
    }

    /// <summary>Flags that have a MID and a series of two characters or more to themselves.</summary>
    public static IReadOnlyList<(FlagState Flag, int Mid, string Series)> FlagsOf(FlagTables tables) =>
        [.. Enumerable.Range(201, 575).Select(mid => (Mid: mid, Flag: tables.FlagOf(new Mmsi((mid * 1_000_000) + 1)))).Where(m => m.Flag is not null)
            .GroupBy(m => m.Flag!.Value).Select(g => (Flag: g.Key, g.First().Mid, Series: tables.SeriesOf(g.Key))).Where(f => f.Series is not null).Select(f => (f.Flag, f.Mid, f.Series!))
            .OrderBy(f => f.Flag.Code, StringComparer.Ordinal)];

    /// <summary>All hulls of the benchmark, three thousand of each kind.</summary>
    public static IReadOnlyList<SplicedHull> Hulls(IReadOnlyList<(FlagState Flag, int Mid, string Series)> flags, int seed, int perKind = PerKind)
    {
        var injector = new SpliceInjector(flags, seed);
        var hulls = new List<SplicedHull>();
        var number = 5_000_000;
        foreach (var kind in Enum.GetValues<SpliceKind>())
        {
            (int From, int To, DateTimeOffset At, string Owner)? together = null;
            for (var i = 0; i < perKind; i++)
            {
                if (kind is SpliceKind.FleetMove or SpliceKind.RegisterMerger && i % (kind == SpliceKind.FleetMove ? Fleet : Register) == 0)
                {
                    var from = injector.Next(flags.Count);
                    together = (from, injector.Another(from), AsOf.AddDays(-300 + injector.Next(200)), kind == SpliceKind.FleetMove ? $"FLEET {i} LINES" : $"OWNER {i}");
                }

                while (ImoNumber.From(++number) is null)
                {
                }

                hulls.Add(injector.Make(ImoNumber.From(number)!.Value, i % 3 == 0 ? 30 : i % 3 == 1 ? 70 : 80, kind, AsOf, together));
            }
        }

        return hulls;
    }

    /// <summary>What the detector is given of a hull.</summary>
    public static VesselPicture Picture(SplicedHull hull, FlagTables tables, IReadOnlyList<FleetMove> moves)
    {
        var last = hull.Hull.LatestBroadcast;
        return new VesselPicture
        {
            AsOf = hull.AsOf, TrackId = hull.Hull.Id, Mmsi = last?.Mmsi, Vessel = hull.Hull, Reception = new HeardSlots(), Grid = new ReceptionGrid(new ReceptionOptions()), Flags = tables, FleetMoves = moves,
            Fixes = hull.FirstFixAtSea && last is not null ? [.. Enumerable.Range(0, 6).Select(i => new Fix(last.FirstSeen.AddMinutes(5 * i), new GeoPoint(45, -20 + (0.02 * i)), 12))] : [],
        };
    }

    // Which flag a hull had first must not matter: with equal chances every group differs by chance alone.
    private static void Parity(TextWriter to, IReadOnlyList<(FlagState Group, bool Raised, double? Score)> negatives, IReadOnlyList<(FlagState Group, bool Found)> positives, FlagTables tables, BenchPart part)
    {
        // Few lawful histories are raised at all, so what lies above the threshold without the count is compared as well.
        var overall = negatives.Average(n => n.Raised ? 1.0 : 0);
        var groups = negatives.GroupBy(n => Region(n.Group, tables)).OrderBy(g => g.Key).Select(g => (g.Key, Count: g.Count(), Rate: g.Average(n => n.Raised ? 1.0 : 0), Recall: positives.Where(p => Region(p.Group, tables) == g.Key).Select(p => p.Found ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average())).ToList();
        to.WriteLine("\nLawful histories whose score passes the threshold, before the count of changes is asked, by the region of the first flag's MID");
        foreach (var (region, count, rate, recall) in groups)
        {
            part.Groups.Add(new BenchGroupLine($"region {region} of MIDs", count, "lawful histories", rate, "share above the threshold", overall > 0 && count >= 1000 ? BenchPart.Number(rate / overall) : null));
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    region {region}  {count,6} hulls  {rate:0.0000}  ratio {(overall > 0 ? rate / overall : 1):0.00}   recall {recall:0.000}"));
        }

        var worst = overall > 0 ? groups.Where(g => g.Count >= 1000).Max(g => g.Rate) / overall : 1;
        part.Demands.Add(Demand("worst region against all", "1.25 or less", worst, worst <= 1.25));
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    overall {overall:0.0000}; worst ratio {worst:0.00} (wanted 1.25 or less)"));
    }

    private static BenchDemand Demand(string what, string wanted, double found, bool met) => new(what, wanted, found.ToString("0.000", CultureInfo.InvariantCulture), met);

    private static int Region(FlagState flag, FlagTables tables) => tables.FirstMidOf(flag) / 100;
}
