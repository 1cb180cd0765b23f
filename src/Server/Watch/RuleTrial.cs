using MaritimeWatch.Detection;
using MaritimeWatch.Rules;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Watch;

/// <summary>One day of a trial.</summary>
/// <param name="Day">UTC day on which the findings began.</param>
/// <param name="Findings">How many the rule would have shown; null when the store holds nothing of the day, which is not none.</param>
/// <param name="Mails">Mails if every one of them had been released once; null as above.</param>
internal sealed record TrialDay(DateOnly Day, int? Findings, int? Mails);

/// <summary>A finding that the rule would have shown.</summary>
internal sealed record TrialExample(string Id, FindingKind Kind, FindingClass Class, string Sentence, string PlaceText, double Probability, Band Band, DateTimeOffset StartTime, bool Alert, string VesselId, bool HasCase);

/// <summary>What an exclusion took away; its number counts from 1.</summary>
internal sealed record TrialExclusion(int Number, string Reason, int Findings);

/// <summary>What a rule would have done.</summary>
/// <param name="Days">Thirty days, oldest first.</param>
/// <param name="Findings">How many findings it would have shown.</param>
/// <param name="AlreadyRaised">How many of them the general level raises anyway.</param>
/// <param name="Excluded">How many its exclusions took away.</param>
/// <param name="Exclusions">The same for each exclusion in force.</param>
/// <param name="Examples">The three most probable.</param>
/// <param name="Recipients">Addresses each release would go to: the general ones and the rule's.</param>
/// <param name="MostMailsADay">Mails of the busiest day.</param>
/// <param name="DaysNotHeld">Days of which the store holds nothing.</param>
internal sealed record TrialResult(IReadOnlyList<TrialDay> Days, int Findings, int AlreadyRaised, int Excluded, IReadOnlyList<TrialExclusion> Exclusions, IReadOnlyList<TrialExample> Examples, int Recipients, int MostMailsADay, int DaysNotHeld);

/// <summary>Dry runs: what a rule would have shown of the last thirty days of findings, all of them and not only those that were raised. Nothing is written.</summary>
internal sealed class RuleTrial(IStore store, RuleBook book, Places places, Intake intake, Settings.Settings settings, TimeProvider clock)
{
    public const int DaysBack = 30;

    /// <summary>
    /// The day it is on the watch. Exercises and recordings have days of their own, far from the calendar's; a watch whose feeds fell
    /// silent some days ago goes by the calendar, so that these days are shown as not held.
    /// </summary>
    private DateTimeOffset Today
    {
        get
        {
            var (now, heard) = (clock.GetUtcNow(), intake.Now);
            return new((heard > DateTimeOffset.MinValue && (now - heard).Duration() > TimeSpan.FromDays(DaysBack) ? heard : now).UtcDateTime.Date, TimeSpan.Zero);
        }
    }

    public async Task<TrialResult> RunAsync(WatchRule rule, CancellationToken cancel)
    {
        var from = Today.AddDays(1 - DaysBack);
        var areas = await book.ShapesAsync([rule], cancel);
        var (met, heldDays, excluded) = (new List<Finding>(), new HashSet<DateOnly>(), new int[rule.Exclusions.Count]);
        await foreach (var stored in store.Findings.BegunSinceAsync(from, cancel))
        {
            var match = await book.MatchAsync(rule, areas, stored.Finding, cancel);
            heldDays.Add(DayOf(stored.Finding));
            if (match.Matches)
            {
                met.Add(stored.Finding);
            }
            else if (match.ExcludedBy is { } by)
            {
                excluded[IndexOf(rule.Exclusions, by)]++;
            }
        }

        var recipients = settings.Mail.Recipients.Concat(rule.MailTo).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        var days = new List<TrialDay>();
        for (var i = 0; i < DaysBack; i++)
        {
            var day = DateOnly.FromDateTime(from.AddDays(i).UtcDateTime);
            var count = met.Count(f => DayOf(f) == day);
            var held = heldDays.Contains(day) || await HoldsAsync(from.AddDays(i), cancel);
            days.Add(held ? new TrialDay(day, count, count * recipients) : new TrialDay(day, null, null));
        }

        var examples = new List<TrialExample>();
        foreach (var f in met.OrderByDescending(f => f.Probability).ThenByDescending(f => f.StartTime).ThenBy(f => f.Id, StringComparer.Ordinal).Take(3))
        {
            examples.Add(new TrialExample(f.Id, f.Kind, f.Class, f.Sentence, f.Start is { } at ? places.Words(at) : "", f.Probability, f.Band, f.StartTime, f.Alert, f.VesselId, await store.Cases.FindAsync(f.Id, cancel) is not null));
        }

        var exclusions = rule.Exclusions.Select((e, i) => new TrialExclusion(i + 1, e.Reason, excluded[i])).ToList();
        return new TrialResult(days, met.Count, met.Count(f => f.Alert), excluded.Sum(), exclusions, examples, recipients, days.Max(d => d.Mails ?? 0), days.Count(d => d.Findings is null));
    }

    /// <summary>How many findings of the last thirty days each rule meets and excludes, by its id; the findings are read once for all.</summary>
    public async Task<IReadOnlyDictionary<string, (int Findings, int Excluded)>> CountAsync(IReadOnlyList<WatchRule> rules, CancellationToken cancel)
    {
        var counts = rules.ToDictionary(r => r.Id, _ => (Findings: 0, Excluded: 0));
        if (rules.Count == 0)
        {
            return counts;
        }

        var areas = await book.ShapesAsync(rules, cancel);
        await foreach (var stored in store.Findings.BegunSinceAsync(Today.AddDays(1 - DaysBack), cancel))
        {
            foreach (var rule in rules)
            {
                var match = await book.MatchAsync(rule, areas, stored.Finding, cancel);
                var (findings, excluded) = counts[rule.Id];
                counts[rule.Id] = (findings + (match.Matches ? 1 : 0), excluded + (match.ExcludedBy is null ? 0 : 1));
            }
        }

        return counts;
    }

    /// <summary>Whether anything was received on a day; without that, no finding means nothing.</summary>
    private async Task<bool> HoldsAsync(DateTimeOffset day, CancellationToken cancel)
    {
        // An hour at noon first: where there is anything there mostly is something then, and a whole day lists every vessel of it.
        foreach (var (from, to) in new[] { (12, 13), (0, 24) })
        {
            await foreach (var _ in store.Tracks.FixesDuringAsync(day.AddHours(from), day.AddHours(to), cancel))
            {
                return true;
            }
        }

        return false;
    }

    private static int IndexOf(IReadOnlyList<RuleExclusion> exclusions, RuleExclusion one) => Enumerable.Range(0, exclusions.Count).First(i => ReferenceEquals(exclusions[i], one));

    private static DateOnly DayOf(Finding finding) => DateOnly.FromDateTime(finding.StartTime.UtcDateTime);
}
