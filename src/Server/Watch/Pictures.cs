using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Identity;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>Puts together what is known of a vessel, from the store and from who else was heard.</summary>
internal sealed class Pictures(IStore store, Intake intake, FeedStates feeds, HullDesk hulls, AllHulls all, FlagTables flags, Chart chart)
{
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(24);

    public async Task<VesselPicture> OfAsync(Mmsi mmsi, DateTimeOffset since, IReadOnlyDictionary<Mmsi, string> names, CancellationToken cancel)
    {
        var vessel = await hulls.OfAsync(mmsi, cancel);
        var fixes = await store.Tracks.FixesOfAsync(mmsi, since - LookBack, DateTimeOffset.MaxValue, cancel);
        return new VesselPicture
        {
            AsOf = fixes.Count > 0 && fixes[^1].Time > intake.Now ? fixes[^1].Time : intake.Now,
            TrackId = mmsi.ToString(),
            Mmsi = mmsi,
            Vessel = vessel,
            Fixes = fixes,
            Reception = intake.Reception,
            Grid = intake.Grid,
            Chart = chart,
            Interference = intake.Areas,
            Flags = flags,
            FleetMoves = (await all.SeenAsync(cancel)).Moves,
            FeedDoubts = fixes.Count > 0 ? feeds.DoubtsAt(fixes[^1].At) : [],
            NameOf = id => Mmsi.TryParse(id, out var other) && names.TryGetValue(other, out var name) ? $"{name} (MMSI {id})" : $"MMSI {id}",
        };
    }

    public Task<Vessel> HullAsync(Mmsi mmsi, CancellationToken cancel) => hulls.OfAsync(mmsi, cancel);

    /// <summary>Flag the MMSI points to; a claim, and never a part of what is asked of silences and moves.</summary>
    public FlagState? FlagOf(Mmsi mmsi) => flags.FlagOf(mmsi);

    /// <summary>Flag the MMSI points to, with its source said.</summary>
    public string? FlagText(Mmsi mmsi) => flags.FlagOf(mmsi) is { } flag ? $"{flags.NameOf(flag)} (by MMSI)" : null;
}
