using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Identity;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>What all hulls together show: moves of fleets, surges of registers, changes of flag by flag, and the port State inspections.</summary>
internal sealed record AllHullsView(IReadOnlyList<FleetMove> Moves, IReadOnlyList<RegisterSurge> Surges, IReadOnlyDictionary<FlagState, (int Ships, int Changed)> LastYear, IReadOnlyList<Inspection> Inspections, DateTimeOffset AsOf)
{
    public (int Ships, int Changed) World => (LastYear.Values.Sum(v => v.Ships), LastYear.Values.Sum(v => v.Changed));
}

/// <summary>
/// Looks at all hulls of the store together, now and then: it is context for officials and counter-evidence for ships, and neither
/// changes from hour to hour.
/// </summary>
internal sealed class AllHulls(IStore store, FlagTables tables, Intake intake, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(6);

    private readonly SemaphoreSlim turn = new(1);
    private (AllHullsView View, DateTimeOffset At, string Registers)? last;

    public void Dispose() => turn.Dispose();

    /// <summary>The view, at most some hours old; taken anew when a register came.</summary>
    public async Task<AllHullsView> SeenAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            var registers = string.Join(' ', (await store.Feeds.CheckpointsAsync(cancel)).Where(c => c.Feed.StartsWith("register ", StringComparison.Ordinal)).Select(c => c.Position).Order(StringComparer.Ordinal));
            if (last is not { } seen || seen.Registers != registers || clock.GetUtcNow() - seen.At > LookAgain)
            {
                last = seen = (await LookAsync(cancel), clock.GetUtcNow(), registers);
            }

            return seen.View;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<AllHullsView> LookAsync(CancellationToken cancel)
    {
        var claims = new Dictionary<ImoNumber, List<IdentityClaim>>();
        await foreach (var claim in store.Identities.AllClaimsAsync(cancel))
        {
            if (claim.Imo is { } imo)
            {
                (claims.TryGetValue(imo, out var known) ? known : claims[imo] = []).Add(claim);
            }
        }

        var hulls = claims.Select(c => new Vessel(Vessel.IdOf(c.Key, null, ""), c.Value, [])).ToList();
        var now = intake.Now > DateTimeOffset.UnixEpoch ? intake.Now : clock.GetUtcNow();
        var lastYear = new Dictionary<FlagState, (int Ships, int Changed)>();
        foreach (var stays in hulls.Select(h => FlagStays.Of(h, tables)).Where(s => s.Count > 0))
        {
            // Counted where she was a year ago, or first.
            var was = stays.LastOrDefault(s => s.From <= now.AddYears(-1)) ?? stays[0];
            var (ships, changed) = lastYear.GetValueOrDefault(was.Flag);
            lastYear[was.Flag] = (ships + 1, changed + (stays[^1].From > now.AddYears(-1) && stays[^1] != was ? 1 : 0));
        }

        var inspections = new List<Inspection>();
        await foreach (var inspection in store.Identities.AllInspectionsAsync(cancel))
        {
            inspections.Add(inspection);
        }

        return new AllHullsView(FleetMoves.Of(hulls, tables), RegisterSurge.Of(hulls, tables), lastYear, inspections, now);
    }
}
