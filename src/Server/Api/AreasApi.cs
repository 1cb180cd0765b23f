using System.Text.Json;
using System.Text.Json.Nodes;
using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Zones;
using MaritimeWatch.Rules;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;
using NetTopologySuite.Geometries;

namespace MaritimeWatch.Server.Api;

/// <summary>Areas that persons draw or bring: every version is kept, none is edited.</summary>
internal static class AreasApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/areas", async (IStore store, CancellationToken cancel) => new { areas = Current(await store.Rules.AreasAsync(cancel)).Select(Shown) });
        routes.MapGet("/api/areas.geojson", GeoJsonAsync);
        routes.MapGet("/api/areas/{id}", async (string id, IStore store, CancellationToken cancel) =>
            (await store.Rules.AreasAsync(cancel)).Where(a => a.Id == id).ToList() is { Count: > 0 } versions ? Results.Ok(new { versions = versions.Select(Shown) }) : Problem.NotFound("Area"));
        routes.MapPost("/api/areas", DrawAsync).RequireAuthorization(Roles.Analyst);
        routes.MapPost("/api/areas/import", ImportAsync).RequireAuthorization(Roles.Analyst);
        routes.MapPost("/api/areas/{id}/versions", (string id, Draft draft, HttpContext http, RuleDesk desk, IStore store, LiveEvents events, TimeProvider clock, CancellationToken cancel) =>
            NextAsync(id, draft.VersionSeen, http, desk, store, events, clock, last => Drawn(last, draft), cancel)).RequireAuthorization(Roles.Analyst);
        routes.MapPost("/api/areas/{id}/retire", (string id, Seen seen, HttpContext http, RuleDesk desk, IStore store, LiveEvents events, TimeProvider clock, CancellationToken cancel) =>
            NextAsync(id, seen.VersionSeen, http, desk, store, events, clock, last => last with { Retired = true }, cancel)).RequireAuthorization(Roles.Analyst);
    }

    internal sealed record Seen(int VersionSeen);

    private sealed record Place(double LatDeg, double LonDeg);

    private sealed record Drawing(IReadOnlyList<Place>? Shell, IReadOnlyList<IReadOnlyList<Place>>? Holes);

    private sealed record Draft(int VersionSeen, string? Name, IReadOnlyList<Drawing>? Polygons, double? BufferNm);

    /// <summary>An id for what is made now; the same key of the same person gives the same, so a repeat makes nothing twice.</summary>
    internal static string IdFor(HttpContext http, string kind) =>
        http.Request.Headers[Once.Header].ToString() is { Length: > 0 and <= 200 } key ? FactId.Of(kind, http.User.Identity!.Name, key) : Guid.CreateVersion7().ToString("N");

    internal static IResult NotAccepted(IReadOnlyList<string> problems) =>
        Results.Problem(statusCode: 400, title: "Not accepted", detail: string.Join(" ", problems), extensions: new Dictionary<string, object?> { ["problems"] = problems });

    private static IEnumerable<DrawnArea> Current(IReadOnlyList<DrawnArea> versions) => versions.GroupBy(a => a.Id).Select(v => v.Last()).OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ThenBy(a => a.Id, StringComparer.Ordinal);

    private static object Shown(DrawnArea a) => new { a.Id, a.Version, a.Name, a.Owner, a.BufferNm, a.At, a.By, a.Retired, a.Polygons, points = a.Polygons.Sum(p => p.Rings().Sum(r => r.Count)) };

    private static Task<IResult> DrawAsync(Draft draft, HttpContext http, RuleDesk desk, LiveEvents events, TimeProvider clock, CancellationToken cancel)
    {
        var name = http.User.Identity!.Name!;
        var blank = new DrawnArea { Id = IdFor(http, "area"), Version = 1, Name = "", Owner = name, Polygons = [], At = clock.GetUtcNow(), By = name };
        return SaveAsync(() => Drawn(blank, draft), desk, events, cancel);
    }

    private static async Task<IResult> NextAsync(string id, int versionSeen, HttpContext http, RuleDesk desk, IStore store, LiveEvents events, TimeProvider clock, Func<DrawnArea, DrawnArea> change, CancellationToken cancel) =>
        await store.Rules.AreaAsync(new AreaVersion(id, versionSeen), cancel) is { } last
            ? await SaveAsync(() => change(last with { Version = versionSeen + 1, At = clock.GetUtcNow(), By = http.User.Identity!.Name!, Retired = false }), desk, events, cancel)
            : Problem.NotFound("Area");

    private static async Task<IResult> SaveAsync(Func<DrawnArea> area, RuleDesk desk, LiveEvents events, CancellationToken cancel)
    {
        try
        {
            var saving = await desk.SaveAsync(area(), cancel);
            events.Tell("rules");
            return saving.Saved is { } saved ? Results.Ok(Shown(saved))
                : saving.MovedOn ? Problem.Of(409, "The area has moved on", "Somebody saved another version since you opened it. Open it again, then change it.")
                : NotAccepted(saving.Problems);
        }
        catch (InputException e)
        {
            return NotAccepted([e.Message]);
        }
    }

    /// <exception cref="InputException">A point is not on Earth.</exception>
    private static DrawnArea Drawn(DrawnArea on, Draft draft) => on with
    {
        Name = draft.Name?.Trim() ?? on.Name,
        BufferNm = draft.BufferNm ?? on.BufferNm,
        Polygons = draft.Polygons is null ? on.Polygons : [.. draft.Polygons.Select((p, n) => new AreaPolygon(Ring(p.Shell, $"Polygon {n + 1}"), [.. (p.Holes ?? []).Select((h, k) => Ring(h, $"Polygon {n + 1}, hole {k + 1}"))]))],
    };

    private static List<GeoPoint> Ring(IReadOnlyList<Place>? ring, string where) => [.. (ring ?? []).Select((at, i) => AreaReader.PlaceOf(at.LatDeg, at.LonDeg, $"{where}, point {i + 1}"))];

    /// <summary>Reads a file that a person brings; nothing is saved, she names and saves what came out.</summary>
    private static async Task<IResult> ImportAsync(HttpContext http, CancellationToken cancel)
    {
        using var file = new MemoryStream();
        await http.Request.Body.CopyToAsync(file, cancel);
        try
        {
            var drawings = AreaReader.Read(file.ToArray());
            return Results.Ok(new { areas = drawings.Select(d => new { d.Name, d.Polygons, points = d.Polygons.Sum(p => p.Rings().Sum(r => r.Count)), problems = AreaProblems.OfPolygons(d.Polygons) }) });
        }
        catch (InputException e)
        {
            return NotAccepted([e.Message]);
        }
    }

    /// <summary>The areas that are offered, for any map: what was drawn, and beside it what the buffer reaches (RFC 7946, cut at the antimeridian).</summary>
    private static async Task<IResult> GeoJsonAsync(IStore store, RuleBook book, CancellationToken cancel)
    {
        var features = new JsonArray();
        foreach (var area in Current(await store.Rules.AreasAsync(cancel)).Where(a => !a.Retired))
        {
            var shape = book.Shape(area);
            features.Add(Feature(area, "drawn", shape.Drawn));
            if (area.BufferNm > 0)
            {
                features.Add(Feature(area, "buffer", shape.WithBuffer));
            }
        }

        return Results.Text(new JsonObject { ["type"] = "FeatureCollection", ["features"] = features }.ToJsonString(), "application/geo+json");
    }

    private static JsonObject Feature(DrawnArea area, string part, Geometry shape) => new()
    {
        ["type"] = "Feature",
        ["properties"] = new JsonObject { ["id"] = area.Id, ["version"] = area.Version, ["name"] = area.Name, ["owner"] = area.Owner, ["bufferNm"] = area.BufferNm, ["part"] = part },
        ["geometry"] = new JsonObject
        {
            ["type"] = "MultiPolygon",
            ["coordinates"] = JsonSerializer.SerializeToNode(Antimeridian.Polygons(shape).Select(p => new[] { Turned(p.ExteriorRing, true) }.Concat(p.InteriorRings.Select(r => Turned(r, false))))),
        },
    };

    private static IEnumerable<double[]> Turned(LineString ring, bool left) =>
        (((LinearRing)ring).IsCCW == left ? ring.Coordinates : ring.Coordinates.Reverse()).Select(c => new[] { Math.Round(c.X, 6), Math.Round(c.Y, 6) });
}
