using MaritimeWatch.Detection;
using MaritimeWatch.Units;

namespace MaritimeWatch.Cases;

/// <summary>How many of how many, with the 95 % interval of <see cref="ShareOf"/>. Shares are null below <see cref="Enough"/>.</summary>
/// <param name="Of">Of how many.</param>
/// <param name="Yes">How many.</param>
public sealed record Rate(int Of, int Yes)
{
    /// <summary>Fewer decisions than this say nothing of a share.</summary>
    public const int Enough = 20;

    public bool IsEnough => Of >= Enough;

    public double? Share => Told.Share;

    public double? LeastShare => Told.Low;

    public double? MostShare => Told.High;

    // Of nothing no share is told.
    private ShareOf Told => IsEnough ? new(Yes, Of) : default;

    internal static Rate Count(IEnumerable<bool> answers)
    {
        var all = answers.ToList();
        return new Rate(all.Count, all.Count(a => a));
    }
}

/// <summary>Of decided cases of a kind and band, how many a person confirmed (escalated or released) rather than explained (dismissed).</summary>
public sealed record BandRate(FindingKind Kind, Band Band, Rate Confirmed);

/// <summary>
/// What people made of what the machine said: how often they confirmed each band, agreed with it seeing its score and not seeing it, changed their mind
/// on seeing it, and decided so fast that they can hardly have read (PRODUCT 2, item 7).
/// </summary>
public sealed record DecisionSummary
{
    /// <summary>Decided cases of which it is kept what the machine said then.</summary>
    public required int Decided { get; init; }

    /// <summary>By kind and band.</summary>
    public required IReadOnlyList<BandRate> Bands { get; init; }

    /// <summary>Decisions with the score in view that are on the machine's side. A high band says unexplained, a low one explained; others take no side and are not counted.</summary>
    public required Rate AgreedSeeing { get; init; }

    /// <summary>Judgements before the score was shown that are on its side. A person who cannot tell is not counted.</summary>
    public required Rate AgreedBlind { get; init; }

    /// <summary>Of those who judged blind and decided later: who decided otherwise than they had judged.</summary>
    public required Rate ChangedMind { get; init; }

    /// <summary>Of decisions with a known time: made within <see cref="QuickSeconds"/> of opening.</summary>
    public required Rate Quick { get; init; }

    /// <summary>Faster than this is called quick, in seconds.</summary>
    public required double QuickSeconds { get; init; }

    /// <summary>Median of the times from opening to decision, in seconds; null when none is known.</summary>
    public double? MedianSeconds { get; init; }

    public static DecisionSummary Of(IEnumerable<CaseFile> cases, double quickSeconds = 10)
    {
        var all = cases.ToList();
        var decided = all.Select(c => (Case: c, Decision: c.Decision())).Where(d => d.Decision is { Kind: not null, Band: not null })
            .Select(d => (d.Case, Decision: d.Decision!, Confirmed: d.Decision!.Act != CaseAct.Dismiss)).ToList();
        var judged = all.SelectMany(c => c.History.Where(e => e.Act == CaseAct.Assess && e.Judgement != Judgement.CannotTell).Select(e => (Case: c, Event: e, Unexplained: e.Judgement == Judgement.Unexplained))).ToList();
        var seconds = decided.Select(d => d.Decision.OpenSeconds).OfType<double>().Order().ToList();
        return new DecisionSummary
        {
            Decided = decided.Count,
            Bands = [.. decided.GroupBy(d => (Kind: d.Decision.Kind!.Value, Band: d.Decision.Band!.Value)).OrderBy(g => g.Key).Select(g => new BandRate(g.Key.Kind, g.Key.Band, Rate.Count(g.Select(d => d.Confirmed))))],
            AgreedSeeing = Rate.Count(decided.Where(d => !d.Case.Blind).Select(d => Agrees(d.Decision.Band, d.Confirmed)).OfType<bool>()),
            AgreedBlind = Rate.Count(judged.Select(j => Agrees(j.Event.Band, j.Unexplained)).OfType<bool>()),
            ChangedMind = Rate.Count(from d in decided from j in judged where j.Case.Id == d.Case.Id && j.Event.By == d.Decision.By select j.Unexplained != d.Confirmed),
            Quick = Rate.Count(seconds.Select(s => s < quickSeconds)),
            QuickSeconds = quickSeconds,
            MedianSeconds = seconds.Count == 0 ? null : (seconds[(seconds.Count - 1) / 2] + seconds[seconds.Count / 2]) / 2,
        };
    }

    /// <summary>Decided cases like one of this kind and band.</summary>
    public Rate Like(FindingKind kind, Band band) => Bands.FirstOrDefault(b => b.Kind == kind && b.Band == band)?.Confirmed ?? new Rate(0, 0);

    private static bool? Agrees(Band? band, bool unexplained) => band switch { Band.High => unexplained, Band.Low => !unexplained, _ => null };
}
