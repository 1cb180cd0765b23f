using MaritimeWatch.Detection.Zones;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Valid;

namespace MaritimeWatch.Feeds.Zones;

/// <summary>How the areas of a file are to be understood.</summary>
/// <param name="Kind">What its areas are.</param>
/// <param name="Source">Whose they are, with edition and licence.</param>
/// <param name="NameField">Attribute that holds the name; null for the first of name, geoname, NAME_EN, territory1, Country that is there.</param>
/// <param name="IdField">Attribute that holds a stable key; null for the place in the file.</param>
/// <param name="Layer">Table of a GeoPackage; null where it has one alone.</param>
public sealed record ZoneReading(ZoneKind Kind, string Source, string? NameField = null, string? IdField = null, string? Layer = null);

/// <summary>
/// Areas from a shapefile, GeoJSON (.gz too) or GeoPackage, in WGS 84. Polygons that pass the antimeridian are cut there; a ring
/// that crosses itself is repaired and the repair is told; what is no polygon is refused.
/// </summary>
/// <param name="Zones">In the order of the file; one a feature.</param>
/// <param name="Repairs">One line a feature that was not a valid polygon as it stood.</param>
public sealed record ZoneFile(IReadOnlyList<AreaZone> Zones, IReadOnlyList<string> Repairs)
{
    private static readonly string[] UsualNames = ["name", "geoname", "name_en", "territory1", "country"];

    /// <summary>An area may lose or gain this share of itself by a repair, 1 in 100; beyond, the ring is not what its maker meant.</summary>
    private const double MostRepaired = 0.01;

    /// <exception cref="InputException">The file cannot be read, is in another coordinate system, or holds no area that can be used.</exception>
    public static ZoneFile Read(string path, ZoneReading reading)
    {
        var features = ZoneFeatures.Read(path, reading.Layer);
        var zones = new List<AreaZone>();
        var repairs = new List<string>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < features.Count; i++)
        {
            var place = $"{path}, feature {i + 1}";
            var id = reading.IdField is { } field ? Value(features[i], field, place) : $"{i + 1}";
            if (!ids.Add(id))
            {
                throw new InputException($"{place}: expected an id of its own in '{reading.IdField}', found '{id}' again. Choose another id attribute.");
            }

            var name = reading.NameField is { } chosen ? Value(features[i], chosen, place) : UsualNames.Select(n => Find(features[i], n)).FirstOrDefault(n => n is not null) ?? id;
            zones.Add(new AreaZone(id, name, reading.Kind, reading.Source, Shape(features[i].Geometry, place, repairs)));
        }

        return zones.Count > 0 ? new ZoneFile(zones, repairs) : throw new InputException($"{path}: expected areas, found no feature. Look whether it is the right file or layer.");
    }

    private static Geometry Shape(Geometry? found, string place, List<string> repairs)
    {
        if (found is not IPolygonal || found.IsEmpty)
        {
            throw new InputException($"{place}: expected a polygon, found {(found is null || found.IsEmpty ? "no geometry" : found.GeometryType)}. Leave it out of the file, or make an area of it.");
        }

        if (Array.Find(found.Coordinates, c => !(c.X is >= -540 and <= 540 && c.Y is >= -90 and <= 90)) is { } off)
        {
            throw new InputException($"{place}: expected degrees of WGS 84, longitude first, found {off.X:0.###}, {off.Y:0.###}. Convert the file to EPSG:4326.");
        }

        var parts = new List<Polygon>();
        foreach (var polygon in Antimeridian.Polygons(found))
        {
            var broken = new IsValidOp(polygon).ValidationError;
            Geometry cut;
            try
            {
                cut = Antimeridian.Cut(polygon);
                var repaired = cut.IsValid ? cut : GeometryFixer.Fix(cut);
                // A ring over the antimeridian is crossed only on the flat; one that is whole after the cut was never broken.
                if (!ReferenceEquals(repaired, cut))
                {
                    // Signed, a figure of eight has a small area and its repair a large one: that is a guess, not a repair.
                    if (repaired.IsEmpty || Math.Abs(repaired.Area - cut.Area) > MostRepaired * repaired.Area)
                    {
                        throw new InputException($"{place}: expected rings that do not cross themselves, found {broken?.Message ?? "a crossing"} near {Where(broken)}. Repair it where it was drawn.");
                    }

                    repairs.Add($"{place}: {broken?.Message ?? "ring"} near {Where(broken)}, repaired");
                }

                cut = repaired;
            }
            catch (Exception e) when (e is TopologyException or ArgumentException)
            {
                throw new InputException($"{place}: expected rings that can be cut at the antimeridian, found {e.Message} Repair it where it was drawn.", e);
            }

            parts.AddRange(Antimeridian.Polygons(cut));
        }

        if (parts.Count == 0)
        {
            throw new InputException($"{place}: expected an area, found rings without one. Leave it out of the file.");
        }

        // Parts of one area that touch or overlap are one, so that a place on their border is no question.
        Geometry whole = parts.Count == 1 ? parts[0] : parts[0].Factory.CreateMultiPolygon([.. parts]);
        return whole.IsValid ? whole : GeometryFixer.Fix(whole);

        static string Where(TopologyValidationError? at) => at is null ? "an unknown place" : $"{at.Coordinate.X:0.####}, {at.Coordinate.Y:0.####}";
    }

    private static string Value(IFeature feature, string field, string place) => Find(feature, field) ?? throw new InputException(
        $"{place}: expected a value in attribute '{field}', found none. The attributes are {string.Join(", ", feature.Attributes?.GetNames() ?? [])}.");

    private static string? Find(IFeature feature, string field)
    {
        var name = Array.Find(feature.Attributes?.GetNames() ?? [], n => string.Equals(n, field, StringComparison.OrdinalIgnoreCase));
        return name is not null && feature.Attributes![name]?.ToString()?.Trim() is { Length: > 0 } value ? value : null;
    }
}
