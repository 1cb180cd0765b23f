using System.Net.Http.Json;
using MaritimeWatch.Detection;
using MaritimeWatch.Identity;
using MaritimeWatch.Records;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Commands;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MaritimeWatch.Benchmarks;

/// <summary>
/// The real server with made vessels: so many in a view of the North Sea, the rest all over the sea. Two thirds are under way and report
/// every ten seconds, the others every three minutes (ITU-R M.1371-5, table 1); or every one each second.
/// </summary>
internal sealed class ConsoleWorld(int inView, int known, bool everySecond) : IAsyncDisposable
{
    public const string Name = "watch officer", Password = "a password for the bench";

    /// <summary>The view the vessels lie in, at zoom 6.2 on 1440 x 900.</summary>
    public const double SouthDeg = 53.6, NorthDeg = 56.6, WestDeg = -0.5, EastDeg = 7.5, Zoom = 6.2;

    private const int Alerts = 12, Step = 10, StillStep = 180;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mw-bench-");
    private readonly CancellationTokenSource ended = new();
    private readonly (double LatDeg, double LonDeg, double Knots, double CourseDeg)[] ships = new (double, double, double, double)[known];
    private WebApplication? app;
    private Task moving = Task.CompletedTask;

    public string Address => app!.Urls.First();

    /// <summary>Mean and longest time to take in the moves of a second, ms.</summary>
    public (double Mean, double Most) ShowMs { get; private set; }

    public async Task StartAsync()
    {
        app = ServeCommand.Build(House.Find(), null, "http://127.0.0.1:0", [$"Node:DataFolder={folder.FullName}", "Node:Roles=web"]);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(Address) };
        http.DefaultRequestHeaders.Add("X-MaritimeWatch", "1");
        (await http.PostAsJsonAsync("/api/first-start", new { code = app.Services.GetRequiredService<FirstStart>().Code, name = Name, password = Password })).EnsureSuccessStatusCode();
        var random = new Random(7);
        for (var i = 0; i < known; i++)
        {
            var here = i < inView;
            ships[i] = (here ? SouthDeg + (random.NextDouble() * (NorthDeg - SouthDeg)) : (random.NextDouble() * 120) - 60, here ? WestDeg + (random.NextDouble() * (EastDeg - WestDeg)) : (random.NextDouble() * 358) - 179,
                i % 3 == 0 ? 0 : 6 + (random.NextDouble() * 14), random.NextDouble() * 360);
        }

        var start = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var (picture, intake, feed) = (app.Services.GetRequiredService<LivePicture>(), app.Services.GetRequiredService<Intake>(), app.Services.GetRequiredService<FeedStates>().Add(new FeedState("BENCH", ends: false, TimeProvider.System)));
        picture.Show(Enumerable.Range(0, known).Select(i => new LatestFix(NumberOf(i), FixOf(i, start))));
        intake.Reach(start);
        await AlertsAsync(start);
        moving = Task.Run(() => MoveAsync(picture, intake, feed, start, ended.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await moving;
        await app!.StopAsync();
        await app.DisposeAsync();
        ended.Dispose();
        folder.Delete(recursive: true);
    }

    private static Mmsi NumberOf(int i) => new(230_000_000 + (i * 37));

    private Fix FixOf(int i, DateTimeOffset at)
    {
        var (lat, lon, knots, course) = ships[i];
        return new Fix(at, new GeoPoint(lat, lon), Math.Round(knots, 1), Math.Round(course, 1), (int)course, knots > 0 ? NavigationalStatus.UnderWayUsingEngine : NavigationalStatus.AtAnchor, i % 4 == 0 ? TransponderClass.B : TransponderClass.A);
    }

    private async Task MoveAsync(LivePicture picture, Intake intake, FeedState feed, DateTimeOffset start, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var (sum, most, count) = (0.0, 0.0, 0);
        try
        {
            for (var second = 1; await timer.WaitForNextTickAsync(cancel); second++)
            {
                var now = start.AddSeconds(second);
                var due = Enumerable.Range(0, known).Where(i => everySecond || (i + second) % (ships[i].Knots > 0 ? Step : StillStep) == 0).ToList();
                foreach (var i in due)
                {
                    Move(i, everySecond ? 1 : Step);
                }

                var began = System.Diagnostics.Stopwatch.GetTimestamp();
                picture.Show(due.Select(i => new LatestFix(NumberOf(i), FixOf(i, now))));
                intake.Reach(now);
                feed.Arrived(new IntakeCount(), now, []);
                var took = System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                (sum, most, count) = (sum + took, Math.Max(most, took), count + 1);
                ShowMs = (sum / count, most);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    /// <summary>A ship that comes to the edge of the view turns back, so that as many stay in it.</summary>
    private void Move(int i, int seconds)
    {
        var (lat, lon, knots, course) = ships[i];
        var run = knots * seconds / 3600 / 60;
        var (nextLat, nextLon) = (lat + (run * Math.Cos(course * Math.PI / 180)), lon + (run * Math.Sin(course * Math.PI / 180) / Math.Cos(lat * Math.PI / 180)));
        var stays = i >= inView ? Math.Abs(nextLat) < 62 && Math.Abs(nextLon) < 179.5 : nextLat is > SouthDeg and < NorthDeg && nextLon is > WestDeg and < EastDeg;
        ships[i] = stays ? (nextLat, nextLon, knots, course) : (lat, lon, knots, (course + 180) % 360);
    }

    /// <summary>Some open alerts, and tracks and names of their ships, so that list and drawer have what they show.</summary>
    private async Task AlertsAsync(DateTimeOffset now)
    {
        var (store, desk) = (app!.Services.GetRequiredService<IStore>(), app.Services.GetRequiredService<CaseDesk>());
        for (var i = 1; i <= Alerts; i++)
        {
            var (mmsi, at) = (NumberOf(i), new GeoPoint(ships[i].LatDeg, ships[i].LonDeg));
            await store.Identities.AddClaimsAsync([new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = mmsi, Name = $"BENCH ALDER {i}", LengthM = 120, FirstSeen = now.AddDays(-1), LastSeen = now }]);
            await store.Tracks.CommitAsync(new IntakeBatch { Feed = $"BENCH {i}", Count = new IntakeCount(), Positions = [.. Enumerable.Range(0, 600).Select(k => new PositionReport(mmsi, new Fix(now.AddHours(-10).AddMinutes(k), new GeoPoint(at.LatDeg, at.LonDeg - (0.002 * (600 - k))), 8, 90), now, null))] }, default);
            var finding = new Finding
            {
                Id = $"bench{i:00000000000}", Kind = FindingKind.Silence, Class = FindingClass.Unexplained, Alert = true, Mmsi = mmsi, TrackId = mmsi.ToString(), VesselId = $"mmsi:{mmsi}", StartTime = now.AddHours(-5), EndTime = now.AddHours(-1),
                Start = at, End = at, Sentence = $"BENCH ALDER {i} was not received for 4 h.", Band = Band.Medium, PriorNats = -1,
                Evidence = [new Evidence("silenceAgainstReception", "reception", 3, "She should have been heard in 20 of 24 ten-minute slots and was heard in none."), new Evidence("atRest", "lawful", -1, "She lay still when last heard.")],
                InnocentCauses = [new InnocentCause("Reception", true, "Other ships were heard.")], AsOf = now, ModelVersion = "bench",
            };
            await desk.FollowAsync(await store.Findings.SaveAsync(finding, now, default), default);
        }
    }
}
