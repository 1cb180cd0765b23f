using System.Collections.Concurrent;
using MaritimeWatch.Detection;
using MaritimeWatch.Rules;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// The rules of persons as they stand, and what they say of findings. They are read from the store again after some seconds, so
/// that what another process saved is heard here too; versions of areas never change and are kept.
/// </summary>
internal sealed class RuleBook(IStore store, Pictures pictures, TimeProvider clock)
{
    /// <summary>A rule takes hold within this time in every process.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<AreaVersion, AreaShape> shapes = new();
    private Reading? read;

    /// <summary>Every version of every rule, in order of id and version.</summary>
    public async ValueTask<IReadOnlyList<WatchRule>> VersionsAsync(CancellationToken cancel)
    {
        if (read is not { } known || clock.GetElapsedTime(known.At) > Fresh)
        {
            read = known = new Reading(await store.Rules.RulesAsync(cancel), clock.GetTimestamp());
        }

        return known.Versions;
    }

    /// <summary>The last version of every rule.</summary>
    public async ValueTask<IReadOnlyList<WatchRule>> CurrentAsync(CancellationToken cancel) => [.. (await VersionsAsync(cancel)).GroupBy(r => r.Id).Select(v => v.Last())];

    /// <summary>A rule was saved here: it is read anew at once.</summary>
    public void Forget() => read = null;

    /// <summary>Marks of the rules in force that meet a finding.</summary>
    public async Task<IReadOnlyList<RuleMark>> MarksOfAsync(Finding finding, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return [.. (await MeetingAsync([.. (await CurrentAsync(cancel)).Where(r => r.IsInForceAt(now))], finding, cancel)).Select(r => r.Mark())];
    }

    /// <summary>Whether a rule that raised a case still meets its finding. That a rule has ended since takes no case away: only new data do.</summary>
    public async Task<bool> StillMetAsync(IReadOnlyList<RuleMark> marks, Finding finding, CancellationToken cancel) => marks.Count > 0
        && (await MeetingAsync([.. (await VersionsAsync(cancel)).Where(r => marks.Contains(r.Mark()))], finding, cancel)).Count > 0;

    /// <summary>Addresses that the rules behind these marks name now; a rule that has ended names none.</summary>
    public async Task<IReadOnlyList<string>> MailToAsync(IReadOnlyList<RuleMark> marks, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return [.. (await CurrentAsync(cancel)).Where(r => r.IsInForceAt(now) && marks.Any(m => m.Id == r.Id)).SelectMany(r => r.MailTo)];
    }

    /// <summary>What a rule says of a finding, whether it is in force or not. The ship is looked up only where the rule asks for more than the finding says.</summary>
    public async Task<RuleMatch> MatchAsync(WatchRule rule, Func<AreaVersion, AreaShape?> areas, Finding finding, CancellationToken cancel) => RuleMatch.Misses(rule, areas, finding) is { } missed
        ? new RuleMatch(false, [], missed, null)
        : RuleMatch.Of(rule, areas, rule.AsksOfShip() ? await SubjectAsync(rule, finding, cancel) : new RuleSubject(finding), clock.GetUtcNow());

    /// <summary>The areas that rules name, ready for questions; null for one that is not kept.</summary>
    public async Task<Func<AreaVersion, AreaShape?>> ShapesAsync(IEnumerable<WatchRule> rules, CancellationToken cancel)
    {
        foreach (var version in rules.SelectMany(r => r.Areas()).Distinct().Where(v => !shapes.ContainsKey(v)))
        {
            if (await store.Rules.AreaAsync(version, cancel) is { } area)
            {
                Shape(area);
            }
        }

        return version => shapes.GetValueOrDefault(version);
    }

    public AreaShape Shape(DrawnArea area) => shapes.GetOrAdd(area.Reference(), _ => AreaShape.Of(area));

    private async Task<List<WatchRule>> MeetingAsync(IReadOnlyList<WatchRule> rules, Finding finding, CancellationToken cancel)
    {
        var meeting = new List<WatchRule>();
        var areas = await ShapesAsync(rules, cancel);
        foreach (var rule in rules)
        {
            if ((await MatchAsync(rule, areas, finding, cancel)).Matches)
            {
                meeting.Add(rule);
            }
        }

        return meeting;
    }

    private sealed record Reading(IReadOnlyList<WatchRule> Versions, long At);

    private async Task<RuleSubject> SubjectAsync(WatchRule rule, Finding finding, CancellationToken cancel)
    {
        if (finding.Mmsi is not { } mmsi)
        {
            return new RuleSubject(finding);
        }

        var hull = await pictures.HullAsync(mmsi, cancel);
        var heard = rule.Who.Transponder is null ? [] : await store.Tracks.FixesOfAsync(mmsi, finding.StartTime.AddHours(-1), finding.StartTime.AddSeconds(1), cancel);
        // The flag is handed over for findings of identity alone, where it is what they are about.
        return new RuleSubject(finding, hull.ShipType, hull.LengthM, heard.Count == 0 ? TransponderClass.Unknown : heard[^1].Transponder, RuleMatch.IsOfIdentity(finding.Kind) ? pictures.FlagOf(mmsi) : null);
    }
}
