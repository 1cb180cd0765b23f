using System.Buffers.Binary;
using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Server.Api;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Access;

/// <summary>
/// What a person whose account is bound to areas sees: cases and findings that began or ended there, and vessels last heard there or with such a
/// finding. What has no place is seen by nobody who is bound. Routes are closed to her unless they name a case or a vessel, which is then
/// looked at before the route is, or stand on a short list of those that filter themselves or tell nothing of single ships.
/// </summary>
internal sealed class AreaBound(IStore store, HullDesk hulls, LivePicture picture)
{
    /// <summary>Routes open to a bound person though they name no case and no vessel; docs/access.md says what each of them gives.</summary>
    public static IReadOnlySet<string> Open { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "/health", "/api/first-start", "/api/session", "/api/session/openid", "/api/me", "/api/me/second-step", "/api/me/second-step/confirm", "/api/me/second-step/end", "/api/openapi.json", "/alerts/{alertId}",
        // These filter by area themselves.
        "/api/alerts", "/api/findings", "/api/search", "/api/history/histogram",
        // The state of the watch, and the picture of AIS, which any receiver gives.
        "/api/watch", "/api/events", "/api/live", "/api/history/picture", "/api/names", "/api/feeds", "/api/feeds/{name}", "/api/registers", "/api/reception", "/api/reception.geojson",
        // The chart, and to whom a case may be given.
        "/api/areas", "/api/areas.geojson", "/api/areas/{id}", "/api/zones", "/api/analysts",
        // Counts without a ship.
        "/api/bench", "/api/decisions/calibration", "/api/decisions/parity", "/api/decisions/summary", "/api/flags/{flag}",
    };

    // Marks of a vessel in a frame that tell of a finding or a case: open silence, open alert, position in doubt.
    private const byte Telling = 0b1110;

    /// <summary>Takes from a frame of the live picture what it tells of findings and cases outside the areas; the ships stay.</summary>
    /// <param name="frame">A frame of one person alone, as <see cref="LiveFrame"/> writes it; changed in place.</param>
    /// <param name="areas">Her areas; null leaves the frame as it is.</param>
    public static byte[] Veil(byte[] frame, IReadOnlyList<GeoRing>? areas)
    {
        if (areas is null)
        {
            return frame;
        }

        var first = frame[1] is LiveFrame.View or LiveFrame.Counted ? LiveFrame.ViewHeaderBytes : LiveFrame.HeaderBytes;
        for (var n = 0; n < BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(4)); n++)
        {
            var vessel = frame.AsSpan(first + (n * LiveFrame.VesselBytes), LiveFrame.VesselBytes);
            var at = new GeoPoint(BinaryPrimitives.ReadSingleLittleEndian(vessel[8..]), BinaryPrimitives.ReadSingleLittleEndian(vessel[4..]));
            vessel[19] = (vessel[19] & Telling) != 0 && !Within(areas, at) ? (byte)(vessel[19] & ~Telling) : vessel[19];
        }

        return frame;
    }

    /// <summary>Remembers for this request to which areas the account is bound.</summary>
    public static void Bind(HttpContext http, IReadOnlyList<GeoRing>? areas) => http.Items[typeof(AreaBound)] = areas;

    /// <summary>Areas the person is bound to; null when nothing bounds her.</summary>
    public static IReadOnlyList<GeoRing>? Of(HttpContext http) => http.Items.TryGetValue(typeof(AreaBound), out var areas) ? areas as IReadOnlyList<GeoRing> : null;

    /// <summary>After authorization: lets a bound person through to what lies in her areas.</summary>
    public static async Task EnterAsync(HttpContext http, RequestDelegate next)
    {
        if (Of(http) is not { } areas || http.GetEndpoint() is not RouteEndpoint route)
        {
            await next(http);
            return;
        }

        var bound = http.RequestServices.GetRequiredService<AreaBound>();
        var (caseId, vesselId) = (http.Request.RouteValues["caseId"] as string, http.Request.RouteValues["vesselId"] as string);
        if (caseId is null && vesselId is null && !Open.Contains($"/{route.RoutePattern.RawText?.TrimStart('/')}"))
        {
            await Problem.Of(403, "Not for an account bound to areas", "This looks at more than the areas your account is bound to. Ask a colleague whose account is not bound.").ExecuteAsync(http);
        }
        else if (caseId is not null && !await bound.SeesCaseAsync(areas, caseId, http.RequestAborted))
        {
            // The same answer as for a case that is not there: what lies outside is not known to her.
            await Problem.NotFound("Alert").ExecuteAsync(http);
        }
        else if (vesselId is not null && !await bound.SeesVesselAsync(areas, vesselId, http.RequestAborted))
        {
            await Problem.NotFound("Vessel").ExecuteAsync(http);
        }
        else
        {
            await next(http);
        }
    }

    /// <summary>Whether a finding began or ended within the areas; one without a place goes by where she was last heard.</summary>
    public bool Sees(IReadOnlyList<GeoRing>? areas, Finding finding) => areas is null || (finding.Start is null && finding.End is null
        ? finding.Mmsi is { } mmsi && picture.Of(mmsi) is { } fix && Within(areas, fix.At)
        : (finding.Start is { } start && Within(areas, start)) || (finding.End is { } end && Within(areas, end)));

    /// <summary>Whether a vessel was last heard within the areas, or has a finding there. A name nobody knows is left to the route.</summary>
    public async Task<bool> SeesVesselAsync(IReadOnlyList<GeoRing>? areas, string vesselId, CancellationToken cancel) =>
        areas is null || await hulls.FindAsync(vesselId, cancel) is not { } hull || await SeesHullAsync(areas, hull, cancel);

    private async Task<bool> SeesHullAsync(IReadOnlyList<GeoRing> areas, Vessel hull, CancellationToken cancel)
    {
        foreach (var mmsi in hull.Broadcasts.Select(c => c.Mmsi).OfType<Mmsi>().Distinct())
        {
            if ((picture.Of(mmsi) is { } fix && Within(areas, fix.At)) || (await store.Findings.OfVesselAsync(mmsi, cancel)).Any(f => Sees(areas, f.Finding)))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> SeesCaseAsync(IReadOnlyList<GeoRing> areas, string caseId, CancellationToken cancel) =>
        await store.Findings.FindAsync(caseId, cancel) is { } stored && Sees(areas, stored.Finding);

    private static bool Within(IReadOnlyList<GeoRing> areas, GeoPoint at) => areas.Any(a => a.Contains(at));
}
