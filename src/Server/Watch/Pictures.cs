using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>Puts together what is known of a vessel, from the store and from who else was heard.</summary>
internal sealed class Pictures(IStore store, Intake intake, FeedStates feeds, FlagTables flags)
{
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(24);

    public async Task<VesselPicture> OfAsync(Mmsi mmsi, DateTimeOffset since, IReadOnlyDictionary<Mmsi, string> names, CancellationToken cancel)
    {
        var vessel = await HullAsync(mmsi, cancel);
        var fixes = await store.Tracks.FixesOfAsync(mmsi, since - LookBack, DateTimeOffset.MaxValue, cancel);
        return new VesselPicture
        {
            AsOf = fixes.Count > 0 && fixes[^1].Time > intake.Now ? fixes[^1].Time : intake.Now,
            TrackId = mmsi.ToString(),
            Mmsi = mmsi,
            Vessel = vessel,
            Fixes = fixes,
            Reception = intake.Reception,
            Flags = flags,
            FeedDoubts = fixes.Count > 0 ? feeds.DoubtsAt(fixes[^1].At) : [],
            NameOf = id => Mmsi.TryParse(id, out var other) && names.TryGetValue(other, out var name) ? $"{name} (MMSI {id})" : $"MMSI {id}",
        };
    }

    /// <summary>Flag the MMSI points to, with its source said.</summary>
    public string? FlagText(Mmsi mmsi) => flags.FlagOf(mmsi) is { } flag ? $"{flags.NameOf(flag)} (by MMSI)" : null;

    /// <summary>The hull behind an MMSI: claims that name it, and claims that name the IMO number it broadcasts.</summary>
    public async Task<Vessel> HullAsync(Mmsi mmsi, CancellationToken cancel)
    {
        var own = await store.Identities.ClaimsOfAsync(mmsi, null, cancel);
        var imo = Vessel.Of(mmsi, mmsi.ToString(), own, []).Imo;
        var claims = imo is null ? own : [.. own.Concat(await store.Identities.ClaimsOfAsync(null, imo, cancel)).DistinctBy(c => c.Id)];
        return Vessel.Of(mmsi, mmsi.ToString(), claims, await store.Identities.ListingsOfAsync(mmsi, imo, cancel));
    }
}
