using MaritimeWatch.Detection;

namespace MaritimeWatch.Server.Bench;

/// <summary>Everything one scorer said of all trials.</summary>
internal sealed record BenchResult(NamedScorer Scorer, IReadOnlyList<(BenchTrial Trial, IReadOnlyList<BenchVerdict> Verdicts, IReadOnlyList<BenchCase> Cases)> Judged)
{
    public IReadOnlyList<BenchCase> Headline { get; } = [.. Judged.Where(j => j.Trial.Ground.Headline).SelectMany(j => j.Cases)];

    public IReadOnlyList<BenchCase> All { get; } = [.. Judged.SelectMany(j => j.Cases)];

    public static BenchResult Of(NamedScorer scorer, IReadOnlyList<BenchTrial> trials) => new(scorer, [.. trials.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(trial =>
    {
        var verdicts = scorer.Score(trial.World);
        return (trial, verdicts, (IReadOnlyList<BenchCase>)[.. trial.Cases(verdicts)]);
    })]);

    /// <summary>Truths of a kind that silenced a tested vessel for more than an hour, with how many it did, and how many of those were raised.</summary>
    public IEnumerable<(BenchTruth Truth, int Silenced, int Alerts)> Truths(params TruthKind[] kinds) =>
        from judged in Judged
        let byTruth = judged.Cases.Where(c => c.TruthId is not null).ToLookup(c => c.TruthId)
        from truth in judged.Trial.World.Truths
        where kinds.Contains(truth.Kind)
        select (truth, byTruth[truth.Id].Count(), byTruth[truth.Id].Count(c => c.Alert));

    /// <summary>Hours from the last fix to the first alert of a sample of the positives, up to an hour after she came back; null where there was none. Open: before she came back.</summary>
    public IReadOnlyList<(double? Hours, bool Open)> Delays(int sample, long seed)
    {
        if (Scorer.First is not { } first)
        {
            return [];
        }

        var positives = Judged.Where(j => j.Trial.Ground.Headline).SelectMany(j => j.Trial.World.Truths.Where(t => t.IsPositive).Select(t => (j.Trial.World, Truth: t))).ToList();
        new BenchRandom(seed, "delays").Shuffle(positives);
        return [.. positives.Take(sample).AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(p =>
        {
            var raised = first(p.World, p.Truth.TrackIds[0], p.Truth.Start, p.Truth.End.AddHours(1));
            return ((raised - p.Truth.Start)?.TotalHours, raised < p.Truth.End);
        })];
    }

    /// <summary>Of a sample of vessels whose data came late, how many were raised while it was missing.</summary>
    public (int Asked, int Raised) RaisedWhileLate(int sample, long seed)
    {
        if (Scorer.First is not { } first)
        {
            return (0, 0);
        }

        var late = Judged.SelectMany(j => j.Trial.World.Truths.Where(t => t.Kind == TruthKind.LateData).SelectMany(t => t.TrackIds
            .Where(id => j.Trial.World.Tracks.First(k => k.TrackId == id).Tested).Select(id => (j.Trial.World, Truth: t, Id: id)))).ToList();
        new BenchRandom(seed, "late").Shuffle(late);
        var raised = late.Take(sample).AsParallel().WithDegreeOfParallelism(2).Count(l => first(l.World, l.Id, l.Truth.Start, l.Truth.End) is not null);
        return (Math.Min(sample, late.Count), raised);
    }

    /// <summary>Average precision at 1 % after the labels were dealt out anew: what no true knowledge gives.</summary>
    public double Shuffled(long seed)
    {
        var labels = Headline.Select(c => c.IsPositive).ToList();
        new BenchRandom(seed, "labels").Shuffle(labels);
        var index = Headline.Select(c => c.Vessel).Distinct().Order(StringComparer.Ordinal).Select((v, i) => (v, i)).ToDictionary(v => v.v, v => v.i);
        var cases = Headline.Zip(labels, (c, l) => c with { Kind = l ? TruthKind.SingleDeletion : TruthKind.NaturalBackground });
        return BenchMetrics.AveragePrecision(BenchFigures.Sorted(cases, index), [.. Enumerable.Repeat(1, index.Count)], 0.01);
    }

    /// <summary>Cause as the verdict names it: N, R, X, or that it cannot be told.</summary>
    public static string CauseOf(FindingClass kind) => kind switch
    {
        FindingClass.Reception => "R",
        FindingClass.Lawful => "N lawful",
        FindingClass.Interference or FindingClass.IdentityClash => "X",
        FindingClass.CannotTell => "cannot tell",
        _ when BenchCase.IsUnexplained(kind) => "N",
        _ => "other",
    };

    /// <summary>Cause as it is.</summary>
    public static string CauseOf(TruthKind kind) => kind switch
    {
        TruthKind.SingleDeletion or TruthKind.PowerReduction => "N",
        TruthKind.LawfulPowerDown => "N lawful",
        TruthKind.CellOutage or TruthKind.ProviderOutage or TruthKind.Thinning or TruthKind.Handover or TruthKind.WeakClassB => "R",
        TruthKind.MmsiClash or TruthKind.BitErrors or TruthKind.InterferenceDisc => "X",
        _ => "background",
    };
}
