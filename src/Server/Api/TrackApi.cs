using System.Globalization;
using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>The track of a vessel with its silences: for the screen, and as a file that says itself where it comes from.</summary>
internal static class TrackApi
{
    private static readonly TimeSpan LongestTrack = TimeSpan.FromDays(8), UsualTrack = TimeSpan.FromHours(24);
    private const int MostOnScreen = 6000;

    /// <summary>A fix of one of the numbers the hull broadcasts under.</summary>
    internal readonly record struct TrackFix(Mmsi Mmsi, Fix Fix);

    private sealed record Reading(Vessel Hull, DateTimeOffset From, DateTimeOffset To, List<TrackFix> Fixes, List<Finding> Silences);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/vessels/{vesselId}/track", ScreenAsync).ReadWith(Scopes.Positions).Tagged();
        foreach (var format in TrackFile.Formats)
        {
            routes.MapGet($"/api/vessels/{{vesselId}}/track.{format.Extension}", (string vesselId, DateTimeOffset? from, DateTimeOffset? to, HttpContext http, IStore store, HullDesk hulls, Intake intake, AreaBound bound, Settings.Settings settings, WatchMode mode, TimeProvider clock, ReadLog reads, CancellationToken cancel) =>
                FileAsync(format, vesselId, from, to, http, store, hulls, intake, bound, settings, mode, clock, reads, cancel));
        }
    }

    private static async Task<IResult> ScreenAsync(string vesselId, DateTimeOffset? from, DateTimeOffset? to, IStore store, HullDesk hulls, Intake intake, HttpContext http, AreaBound bound, ReadLog reads, CancellationToken cancel)
    {
        var (reading, refusal) = await ReadAsync(vesselId, from, to, http, store, hulls, intake, bound, cancel);
        if (reading is null)
        {
            return refusal!;
        }

        if (reading.Hull.LengthM is null or < VesselsApi.SmallCraftM)
        {
            await reads.NoteAsync(http, reading.Hull.Id, "track of a small craft, or of one whose length is not known", cancel);
        }

        var fixes = reading.Fixes.ConvertAll(f => f.Fix);
        var step = Math.Max(1, fixes.Count / MostOnScreen);
        return Results.Ok(new
        {
            vesselId = reading.Hull.Id,
            from = reading.From,
            to = reading.To,
            thinnedTo = step > 1 ? $"one position in {step}" : null,
            // Thinned for the screen; ends of silences stay.
            fixes = fixes.Where((f, i) => i % step == 0 || i == fixes.Count - 1 || fixes[i + 1].Time - f.Time > TimeSpan.FromMinutes(20) || (i > 0 && f.Time - fixes[i - 1].Time > TimeSpan.FromMinutes(20)))
                .Select(f => new object?[] { f.Time.ToUnixTimeMilliseconds(), f.LonDeg, f.LatDeg, f.SogKnots, f.CogDeg, f.Receiver, f.Transponder }),
            gaps = reading.Silences.Select(f => new { FindingId = f.Id, f.StartTime, f.EndTime, Start = PlaceAnswer.Of(f.Start), End = PlaceAnswer.Of(f.End), f.Class }),
        });
    }

    private static async Task<IResult> FileAsync(TrackFormat format, string vesselId, DateTimeOffset? from, DateTimeOffset? to, HttpContext http, IStore store, HullDesk hulls, Intake intake, AreaBound bound, Settings.Settings settings, WatchMode mode, TimeProvider clock, ReadLog reads, CancellationToken cancel)
    {
        var (reading, refusal) = await ReadAsync(vesselId, from, to, http, store, hulls, intake, bound, cancel);
        if (reading is null)
        {
            return refusal!;
        }

        await reads.NoteAsync(http, reading.Hull.Id, $"track as a file ({format.Extension})", cancel);
        var feeds = (await store.Feeds.CheckpointsAsync(cancel)).Where(c => c.LastReceived is not null).Select(c => c.Feed);
        var step = Math.Max(1, (int)Math.Ceiling(reading.Fixes.Count / (double)TrackFile.MostFixes));
        var heldThinned = reading.From < intake.Now - settings.Retention.FullTracks;
        var facts = new (string, string)[]
        {
            ("vessel", reading.Hull.Id), ("name", AlertWords.Clean(reading.Hull.Name)), ("mmsi", string.Join(' ', VesselsApi.MmsisOf(reading.Hull))), ("imo", reading.Hull.Imo?.ToString() ?? ""),
            ("from", FactId.Iso(reading.From)), ("to", FactId.Iso(reading.To)),
            ("positions", reading.Fixes.Count.ToString(CultureInfo.InvariantCulture)),
            ("thinned", (step > 1 ? $"one position in {step} is in this file" : "no: every position held is in this file") + (heldThinned ? $"; of a part of this time the store holds one in {Housekeeping.KeepOneIn.TotalMinutes:0} min" : "")),
            ("sources", $"AIS as received by the feeds of this watch: {string.Join(", ", feeds.Select(AlertWords.Clean))}"), ("node", AlertWords.Clean(settings.Node.Name)), ("madeAt", FactId.Iso(clock.GetUtcNow())), ("madeFor", AlertWords.Clean(http.User.Identity!.Name)),
            ("tlp", AlertWords.Label(settings.Node.Handling)), ("handling", AlertWords.Rule(settings.Node.Handling)), ("exercise", mode.Exercise ? AlertWords.Exercise : "no"),
            ("notice", $"{(mode.Exercise ? "Made up for a drill. " : "")}Positions as the vessel sent them and feeds received them. A silence is no conduct: where she was meanwhile is not known. Not proof of anything."),
        };
        var file = new TrackFile(facts, Pieces(reading.Fixes, step, settings.Assessment.LeastSilence, reading.Silences), reading.Silences);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"track-{new string([.. reading.Hull.Id.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')])}-{reading.From:yyyyMMdd'T'HHmm'Z'}.{format.Extension}\"";
        return Results.Bytes(format.Write(file), format.MediaType);
    }

    private static async Task<(Reading? Reading, IResult? Refusal)> ReadAsync(string vesselId, DateTimeOffset? from, DateTimeOffset? to, HttpContext http, IStore store, HullDesk hulls, Intake intake, AreaBound bound, CancellationToken cancel)
    {
        if (await hulls.FindAsync(vesselId, cancel) is not { } hull)
        {
            return (null, Problem.NotFound("Vessel"));
        }

        var end = (to ?? intake.Now + TimeSpan.FromMinutes(1)).ToUniversalTime();
        var start = (from ?? end - UsualTrack).ToUniversalTime();
        if (end - start > LongestTrack || end < start)
        {
            return (null, Problem.Of(400, "Period not accepted", $"Expected 'from' before 'to' and at most {LongestTrack.TotalDays:0} days."));
        }

        var reading = new Reading(hull, start, end, [], []);
        foreach (var mmsi in VesselsApi.MmsisOf(hull))
        {
            reading.Fixes.AddRange((await store.Tracks.FixesOfAsync(mmsi, start, end, cancel)).Select(f => new TrackFix(mmsi, f)));
            reading.Silences.AddRange((await store.Findings.OfVesselAsync(mmsi, cancel)).Select(s => s.Finding).Where(f => f.Kind == FindingKind.Silence && bound.Sees(AreaBound.Of(http), f) && f.StartTime < end && !(f.EndTime < start)));
        }

        reading.Fixes.Sort((a, b) => a.Fix.CompareTo(b.Fix));
        return (reading, null);
    }

    /// <summary>Stretches of one number without a silence: nothing is drawn across one.</summary>
    private static List<List<TrackFix>> Pieces(List<TrackFix> fixes, int step, TimeSpan leastSilence, List<Finding> silences)
    {
        var pieces = new List<List<TrackFix>>();
        foreach (var own in fixes.GroupBy(f => f.Mmsi))
        {
            var (piece, all) = (new List<TrackFix>(), own.ToList());
            for (var i = 0; i < all.Count; i++)
            {
                var broken = i > 0 && (all[i].Fix.Time - all[i - 1].Fix.Time >= leastSilence || silences.Exists(s => s.Mmsi == own.Key && all[i - 1].Fix.Time <= s.StartTime.AddSeconds(1) && all[i].Fix.Time >= (s.EndTime ?? DateTimeOffset.MaxValue).AddSeconds(s.EndTime is null ? 0 : -1)));
                if (broken)
                {
                    pieces.Add(piece);
                    piece = [];
                }

                var ends = piece.Count == 0 || i == all.Count - 1 || all[i + 1].Fix.Time - all[i].Fix.Time >= leastSilence;
                if (ends || i % step == 0)
                {
                    piece.Add(all[i]);
                }
            }

            pieces.Add(piece);
        }

        return [.. pieces.Where(p => p.Count > 0)];
    }
}
