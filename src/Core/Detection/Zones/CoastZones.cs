using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Zones;

/// <summary>
/// Zones computed from the distance to the nearest land of the map: 12, 24 and 200 nm (UNCLOS articles 3, 33 and 57) and the sea
/// beyond. They belong to no State: median lines, bays, straight baselines, claims and agreements are not known, every island counts
/// and so does Antarctica. An imported zone says more and comes first.
/// </summary>
public sealed class CoastZones
{
    private const string Source = "Computed from the distance to the land of the map (Natural Earth 1:10,000,000)";
    private readonly Coast coast;

    public CoastZones(Coast coast)
    {
        this.coast = coast;
        TerritorialSea = Band("coast-12nm", "within 12 nm of a coast", ZoneKind.TerritorialSea, null, 12);
        ContiguousZone = Band("coast-24nm", "12 to 24 nm from a coast", ZoneKind.ContiguousZone, 12, 24);
        ExclusiveEconomicZone = Band("coast-200nm", "12 to 200 nm from a coast", ZoneKind.ExclusiveEconomicZone, 12, 200);
        HighSeas = Band("coast-beyond-200nm", "beyond 200 nm from any coast", ZoneKind.HighSeas, 200, null);
    }

    /// <summary>To 12 nm; waters within the coast line of the map too.</summary>
    public Zone TerritorialSea { get; }

    public Zone ContiguousZone { get; }

    /// <summary>From 12 to 200 nm, the contiguous zone included.</summary>
    public Zone ExclusiveEconomicZone { get; }

    public Zone HighSeas { get; }

    /// <summary>The innermost zone a place lies in.</summary>
    public Zone ZoneAt(GeoPoint at) => coast.DistanceTo(at, Distance.FromNauticalMiles(200))?.NauticalMiles switch
    {
        null => HighSeas,
        <= 12 => TerritorialSea,
        <= 24 => ContiguousZone,
        _ => ExclusiveEconomicZone,
    };

    private CoastZone Band(string id, string name, ZoneKind kind, double? aboveNm, double? toNm) =>
        new(id, name, kind, Source, coast, aboveNm, toNm);

    private sealed record CoastZone(string Id, string Name, ZoneKind Kind, string Source, Coast Coast, double? AboveNm, double? ToNm)
        : Zone(Id, Name, Kind, Source)
    {
        internal override bool? Covers(GeoPoint centre, Distance radius)
        {
            // The distance to the coast changes by no more than one moves.
            var room = radius.NauticalMiles;
            var nm = Coast.DistanceTo(centre, Distance.FromNauticalMiles((ToNm ?? AboveNm!.Value) + room + 0.001))?.NauticalMiles ?? double.PositiveInfinity;
            if ((AboveNm is null || nm - room > AboveNm) && (ToNm is null || nm + room <= ToNm))
            {
                // On land the distance is zero, however deep inland.
                return true;
            }

            return room == 0 || (AboveNm is not null && nm > 0 && nm + room <= AboveNm) || (ToNm is not null && nm - room > ToNm) ? false : null;
        }
    }
}
