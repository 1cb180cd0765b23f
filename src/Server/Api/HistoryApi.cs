using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using MaritimeWatch.Detection;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>The past of the watch, for the time bar and for replay: how much was heard when, and who was where, slice by slice.</summary>
internal static class HistoryApi
{
    private const int MostBins = 1000, UsualBins = 240, MostStepSeconds = 600, UsualStepSeconds = 10;

    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(31), LongestSlice = TimeSpan.FromHours(6), LongestOfOne = TimeSpan.FromDays(8);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/history/histogram", HistogramAsync);
        routes.MapGet("/api/history/picture", PictureAsync);
    }

    private static async Task<IResult> HistogramAsync(DateTimeOffset? from, DateTimeOffset? to, int? bins, HttpContext http, AreaBound bound, IStore store, Intake intake, FeedStates feeds, RetentionOptions retention, CancellationToken cancel)
    {
        if (from is not { } begin || to is not { } end || end <= begin || end - begin > LongestWindow)
        {
            return Problem.Of(400, "Window not accepted", $"Expected from and to as ISO 8601 times, 'from' before 'to' and at most {LongestWindow.TotalDays:0} days apart; found {from:O} and {to:O}.");
        }

        if (bins is < 1 or > MostBins)
        {
            return Problem.Of(400, "Number of bins not accepted", $"Expected bins=1 to {MostBins}, found {bins}.");
        }

        var window = HistoryBins.Over(begin.ToUniversalTime(), end.ToUniversalTime(), bins ?? UsualBins);
        var held = HistoryBins.Minutes(window.From, window.To, await store.Tracks.CountsAsync(window.From.AddHours(-1), window.To, cancel), intake.Now);
        var (cases, most) = (new List<Finding>(), 500);
        var files = await store.Cases.AllAsync(most, cancel);
        foreach (var file in files)
        {
            if ((await store.Findings.FindAsync(file.Id, cancel))?.Finding is { } finding && bound.Sees(AreaBound.Of(http), finding) && finding.StartTime >= window.From && finding.StartTime < window.To)
            {
                cases.Add(finding);
            }
        }

        var (full, any) = (intake.Now - retention.FullTracks, intake.Now - retention.ThinnedTracks);
        return Results.Ok(new
        {
            from = window.From,
            to = window.To,
            binSeconds = (int)window.Each.TotalSeconds,
            now = intake.Now,
            messages = window.Sum(held),
            alerts = window.Count(cases.Select(f => f.StartTime)),
            alertsCut = files.Count == most ? $"Of the newest {most} cases only." : null,
            states = window.States(held, intake.Now, full, any),
            doubts = feeds.Doubts().Where(d => d.From < window.To && !(d.To < window.From)).Select(d => new { d.Feed, d.From, d.To }),
            doubtsKnownFrom = intake.Now - FeedState.DoubtsKept,
            fullFrom = full,
            thinnedFrom = any,
        });
    }

    private static async Task<IResult> PictureAsync(DateTimeOffset? from, DateTimeOffset? to, string? bbox, string? mmsi, int? step, int? after, HttpContext http, IStore store, Intake intake, RetentionOptions retention, ReadLog reads, CancellationToken cancel)
    {
        var (one, area) = (default(Mmsi?), default(GeoBox?));
        if (mmsi is not null)
        {
            if (!Mmsi.TryParse(mmsi, out var named))
            {
                return Problem.Of(400, "Unknown MMSI", $"Expected mmsi= with nine digits, found {mmsi}.");
            }

            one = named;
        }
        else if ((area = BoxOf(bbox)) is null)
        {
            return Problem.Of(400, "Unknown area", $"Expected bbox=west,south,east,north in degrees, or mmsi= for one vessel; found bbox={bbox}.");
        }

        var longest = one is null ? LongestSlice : LongestOfOne;
        if (from is not { } begin || to is not { } end || end <= begin || end - begin > longest)
        {
            return Problem.Of(400, "Slice not accepted", $"Expected from and to as ISO 8601 times, 'from' before 'to' and at most {longest.TotalHours:0} hours apart; found {from:O} and {to:O}. Ask for a longer time in slices.");
        }

        if (step is < 0 or > MostStepSeconds || after is < 0 or > Mmsi.Highest)
        {
            return Problem.Of(400, "Step or cursor not accepted", $"Expected step=0 to {MostStepSeconds} seconds and after= as the answer before gave it in 'next'; found {step} and {after}.");
        }

        await reads.NoteAsync(http, one is { } m ? $"mmsi:{m}" : "history", one is null ? "tracks of all vessels in an area, small craft among them" : "track for replay", cancel);
        var heldInterval = begin < intake.Now - retention.FullTracks ? Housekeeping.KeepOneIn : TimeSpan.Zero;
        var lookBack = ReplayTrack.LongestJoin > ReplayTrack.ExpectedIntervals * heldInterval ? ReplayTrack.LongestJoin : ReplayTrack.ExpectedIntervals * heldInterval;
        var slice = new HistorySlice(begin, end, TimeSpan.FromSeconds(step ?? UsualStepSeconds), heldInterval);
        var tracks = one is { } vessel ? OneAsync(store, vessel, begin - lookBack, end, cancel) : store.Tracks.FixesInAsync(area!.Value, begin - lookBack, end, after is { } a ? new Mmsi(a) : null, cancel);
        await foreach (var (number, fixes) in tracks)
        {
            if (!slice.Add(number, fixes))
            {
                break;
            }
        }

        return await AnswerAsync(http, slice.ToBytes(), cancel);
    }

    private static async IAsyncEnumerable<(Mmsi, IReadOnlyList<Fix>)> OneAsync(IStore store, Mmsi mmsi, DateTimeOffset from, DateTimeOffset to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        yield return (mmsi, await store.Tracks.FixesOfAsync(mmsi, from, to, cancel));
    }

    // The tag is of the content: late data and thinning change it, and nothing else does.
    private static async Task<IResult> AnswerAsync(HttpContext http, byte[] body, CancellationToken cancel)
    {
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.Vary = "Accept-Encoding";
        if (http.Request.Headers.IfNoneMatch.Any(sent => sent?.Contains(tag, StringComparison.Ordinal) == true))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        if (!http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return Results.Bytes(body, HistorySlice.MediaType);
        }

        var packed = new MemoryStream(body.Length / 2);
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(body, cancel);
        }

        http.Response.Headers.ContentEncoding = "gzip";
        return Results.Bytes(packed.ToArray(), HistorySlice.MediaType);
    }

    private static GeoBox? BoxOf(string? bbox)
    {
        var parts = (bbox ?? "").Split(',').Select(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out var v) ? v : double.NaN).ToArray();
        return parts.Length == 4 && GeoPoint.IsOnEarth(parts[1], parts[0]) && GeoPoint.IsOnEarth(parts[3], parts[2]) && parts[1] <= parts[3] ? new GeoBox(parts[1], parts[0], parts[3], parts[2]) : null;
    }
}
