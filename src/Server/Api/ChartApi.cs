using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;
using NetTopologySuite.Geometries;

namespace MaritimeWatch.Server.Api;

/// <summary>What the map draws beside vessels, as GeoJSON: zones, and where a ship can have been while she was not heard.</summary>
internal static class ChartApi
{
    // Beyond it the line along the coast is a tangle, and each of its points must be asked for.
    private const double WidestCoastLineDeg = 16;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/zones", Zones);
        routes.MapGet("/api/alerts/{caseId}/reach", ReachAsync);
    }

    private static IResult Zones(string? bbox, Chart chart)
    {
        GeoBox? box = null;
        if (bbox is not null && (box = Boxes.Parse(bbox)) is null)
        {
            return Boxes.Unknown(bbox);
        }

        var areas = chart.Areas.OfType<AreaZone>().Where(a => box is not { } asked || Touch(a.Shape.EnvelopeInternal, asked))
            .Select(a => Feature(Shape(a.Shape), a.Id, a.Name, a.Kind, a.Source));
        return Results.Ok(new { type = "FeatureCollection", features = areas.Concat(box is { } b ? CoastLine(chart, b) : []) });
    }

    /// <summary>The zones that are counted from the coast have no polygons: the 12 nm line is drawn where the view is close enough.</summary>
    private static IEnumerable<object> CoastLine(Chart chart, GeoBox box)
    {
        var width = box.EastDeg - box.WestDeg + (box.EastDeg < box.WestDeg ? 360 : 0);
        if (width > WidestCoastLineDeg || box.NorthDeg - box.SouthDeg > WidestCoastLineDeg)
        {
            return [];
        }

        var sea = new CoastZones(chart.Sea.Coast).TerritorialSea;
        var lines = CoastContour.Of(chart.Sea.Coast, box, Distance.FromNauticalMiles(12)).Where(p => Math.Abs(p.A.LonDeg - p.B.LonDeg) < 180).Select(p => new[] { At(p.A.LonDeg, p.A.LatDeg), At(p.B.LonDeg, p.B.LatDeg) });
        return [Feature(new { type = "MultiLineString", coordinates = lines }, sea.Id, "12 nm from a coast", sea.Kind, sea.Source)];
    }

    private static async Task<IResult> ReachAsync(string caseId, IStore store, ReachDesk desk, CancellationToken cancel)
    {
        if (await store.Cases.FindAsync(caseId, cancel) is null || await store.Findings.FindAsync(caseId, cancel) is not { } stored)
        {
            return Problem.NotFound("Alert");
        }

        return await desk.OfAsync(stored.Finding, cancel) is not { } reach
            ? Problem.Of(404, "No such area", "Only a silence of one ship whose last report is still kept has an area she can have reached.")
            : Results.Ok(new
            {
                type = "Feature",
                geometry = Shape(reach.Area),
                properties = new { caseId, label = "possible, not observed", reach.From, reach.Until, reach.TopKnots, reach.ToNextReport, ongoing = stored.Finding.EndTime is null, labelAt = LabelAt(reach.Area) },
            });
    }

    /// <summary>A place well within the largest part, where its name is written; null for none.</summary>
    private static double[]? LabelAt(MultiPolygon area) => area.Geometries.MaxBy(g => g.Area)?.InteriorPoint is { IsEmpty: false } within ? At(within.X, within.Y) : null;

    private static bool Touch(Envelope shape, GeoBox box) => box.WestDeg <= box.EastDeg
        ? shape.Intersects(new Envelope(box.WestDeg, box.EastDeg, box.SouthDeg, box.NorthDeg))
        : shape.Intersects(new Envelope(box.WestDeg, 180, box.SouthDeg, box.NorthDeg)) || shape.Intersects(new Envelope(-180, box.EastDeg, box.SouthDeg, box.NorthDeg));

    private static object Feature(object geometry, string id, string name, ZoneKind kind, string source) => new { type = "Feature", geometry, properties = new { id, name, kind, source } };

    private static object Shape(Geometry shape) => new
    {
        type = "MultiPolygon",
        coordinates = Antimeridian.Polygons(shape).Select(p => new[] { p.ExteriorRing }.Concat(p.InteriorRings).Select(r => r.Coordinates.Select(c => At(c.X, c.Y)))),
    };

    private static double[] At(double lonDeg, double latDeg) => [Math.Round(lonDeg, 5), Math.Round(latDeg, 5)];
}
