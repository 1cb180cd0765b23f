using MaritimeWatch.Identity;
using MaritimeWatch.Identity.Changes;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// Suggests which new identities are ships heard before under another: where one fell silent and another began, near in time and place.
/// A suggestion joins nothing; a person merges the hulls, or not.
/// </summary>
internal sealed class StitchDesk(IStore store, HullDesk hulls, Intake intake, TimeProvider clock)
{
    /// <summary>An identity that was heard less than this ago may go on itself.</summary>
    private static readonly TimeSpan SilentFor = TimeSpan.FromHours(12);

    /// <summary>In its first days a watch hears everybody for the first time.</summary>
    private static readonly TimeSpan AfterStart = TimeSpan.FromDays(2);

    private const int MostFirsts = 5000;

    /// <summary>Suggestions of the last sixty days, those of one hull already left out.</summary>
    public async Task<IReadOnlyList<(Vessel Old, Vessel New, Stitch Stitch)>> SuggestAsync(CancellationToken cancel)
    {
        var now = intake.Now > DateTimeOffset.UnixEpoch ? intake.Now : clock.GetUtcNow();
        var options = new StitchOptions();
        var first = new Dictionary<Mmsi, DateTimeOffset>();
        await foreach (var claim in store.Identities.AllClaimsAsync(cancel))
        {
            if (claim is { Origin: ClaimOrigin.Broadcast, Mmsi: { Kind: MmsiKind.Ship } mmsi } && !Hulls.IsJunk(mmsi))
            {
                first[mmsi] = first.TryGetValue(mmsi, out var known) && known < claim.FirstSeen ? known : claim.FirstSeen;
            }
        }

        if (first.Count == 0)
        {
            return [];
        }

        var (began, said) = (first.Values.Min() + AfterStart, (await store.Identities.LastBroadcastAsync(cancel)).ToDictionary(c => c.Mmsi!.Value));
        var lasts = (await store.Tracks.LatestAsync(now - options.Within, cancel)).Where(l => l.Fix.Time < now - SilentFor && said.ContainsKey(l.Mmsi)).Select(l => new IdentityEnd(said[l.Mmsi], l.Fix.Time, l.Fix.At)).ToList();
        var firsts = new List<IdentityEnd>();
        foreach (var (mmsi, time) in first.Where(f => f.Value > began && f.Value > now - options.Within).OrderByDescending(f => f.Value).ThenBy(f => f.Key).Take(MostFirsts))
        {
            if ((await store.Tracks.FixesOfAsync(mmsi, time - TimeSpan.FromHours(2), time + TimeSpan.FromHours(6), cancel)) is [var fix, ..])
            {
                firsts.Add(new IdentityEnd(said[mmsi], fix.Time, fix.At));
            }
        }

        var suggested = new List<(Vessel, Vessel, Stitch)>();
        foreach (var stitch in IdentityStitcher.Of(lasts, firsts, options))
        {
            var (old, young) = (await hulls.OfAsync(stitch.Old.Claim.Mmsi!.Value, cancel), await hulls.OfAsync(stitch.New.Claim.Mmsi!.Value, cancel));
            if (old.Id != young.Id)
            {
                suggested.Add((old, young, stitch));
            }
        }

        return suggested;
    }
}
