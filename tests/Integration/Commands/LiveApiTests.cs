using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Detection;
using MaritimeWatch.Records;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Commands;

/// <summary>What the map is fed with: frames for the view, names, zones, and where a silent ship can have been.</summary>
public sealed class LiveApiTests : ConsoleTest
{
    private static readonly DateTimeOffset Day = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    protected override async Task FillAsync(IStore store)
    {
        // Two ships fall silent for four hours: one in the North Sea, one on the antimeridian; a third changes her flag.
        foreach (var (number, at, to, kind) in new[] { (235000001, new GeoPoint(54, 3), (GeoPoint?)new GeoPoint(54.3, 3.4), FindingKind.Silence), (235000002, new GeoPoint(52, 179.9), null, FindingKind.Silence), (235000003, new GeoPoint(51, 2), null, FindingKind.FlagChange) })
        {
            var mmsi = new Mmsi(number);
            await store.Identities.AddClaimsAsync([new() { Source = "AIS", Origin = MaritimeWatch.Identity.ClaimOrigin.Broadcast, Mmsi = mmsi, Name = $"ALDER {number % 10}", ShipType = 70, FirstSeen = Day, LastSeen = Day }], Cancel);
            var fixes = Enumerable.Range(0, 60).Select(i => new Fix(Day.AddMinutes(i - 59), new GeoPoint(at.LatDeg, Geodesy.WrapLongitude(at.LonDeg - (0.003 * (59 - i)))), 12, 90)).ToList();
            await store.Tracks.CommitAsync(new IntakeBatch { Feed = $"made {number}", Count = new IntakeCount(), Positions = [.. fixes.Select(f => new PositionReport(mmsi, f, f.Time, null))] }, Cancel);
            var finding = new Finding
            {
                Id = $"{number}aaaaaaa", Kind = kind, Class = FindingClass.Unexplained, Alert = true, Mmsi = mmsi, TrackId = mmsi.ToString(), VesselId = $"mmsi:{mmsi}", StartTime = Day, EndTime = to is null ? null : Day.AddHours(4), Start = at, End = to,
                Sentence = "A made sentence.", Band = Band.Medium, PriorNats = -1, Evidence = [], InnocentCauses = [], AsOf = Day, ModelVersion = "made",
            };
            await Service<CaseDesk>().FollowAsync(await store.Findings.SaveAsync(finding, Day, Cancel), Cancel);
        }

        await store.Identities.AddClaimsAsync([new() { Source = "AIS", Origin = MaritimeWatch.Identity.ClaimOrigin.Broadcast, Mmsi = new Mmsi(235000011), Name = "BIRCH", ShipType = 80, FirstSeen = Day, LastSeen = Day }], Cancel);
        Service<Intake>().Reach(Day.AddHours(3));
        Service<LivePicture>().Show(Enumerable.Range(0, 10).Select(i => new LatestFix(new Mmsi(235000011 + i), new Fix(Day, new GeoPoint(40 + i, -20), 10, 90))));
    }

    [Fact]
    public async Task A_console_is_sent_what_is_in_its_view_and_when_the_map_moves_what_left()
    {
        using var socket = await OpenAsync();
        var console = new LiveFrameReader();
        await SayAsync(socket, """{"west":-21,"south":40.5,"east":-19,"north":43.4,"zoom":8}""");
        await ReadAsync(socket, console, c => c.Vessels.Count > 0);
        Assert.Equal(2, console.Kind);
        Assert.Equal([235000012, 235000013, 235000014], console.Vessels.Keys.Order());
        await SayAsync(socket, """{"west":-21,"south":42.5,"east":-19,"north":45.4,"zoom":8,"watched":[235000020]}""");
        await ReadAsync(socket, console, c => !c.Vessels.ContainsKey(235000012));
        Assert.Equal([235000014, 235000015, 235000016, 235000020], console.Vessels.Keys.Order());
        await SayAsync(socket, """{"west":-30,"south":35,"east":-10,"north":52,"zoom":4}""");
        await ReadAsync(socket, console, c => c.Kind == 3);
        Assert.Equal((0, 10), (console.Vessels.Count, console.Cells.Sum(c => c.Ships)));
    }

    [Fact]
    public async Task A_console_that_says_nothing_is_sent_everything()
    {
        using var socket = await OpenAsync();
        var console = new LiveFrameReader();
        await ReadAsync(socket, console, _ => true);
        Assert.Equal((0, 10), (console.Kind, console.Vessels.Keys.Count(n => n > 235000010)));
    }

    [Fact]
    public async Task A_console_that_says_in_the_address_what_it_looks_at_is_sent_that_at_once()
    {
        using var socket = await OpenAsync("?viewport=" + Uri.EscapeDataString("""{"west":-21,"south":40.5,"east":-19,"north":43.4,"zoom":8}"""));
        var console = new LiveFrameReader();
        await ReadAsync(socket, console, _ => true);
        Assert.Equal(2, console.Kind);
        Assert.Equal([235000012, 235000013, 235000014], console.Vessels.Keys.Order());
    }

    [Fact]
    public async Task A_viewport_in_the_address_that_is_none_is_refused_with_the_reason()
    {
        using var http = new HttpRequestMessage(HttpMethod.Get, "/api/live?viewport=" + Uri.EscapeDataString("north"));
        foreach (var (name, value) in new[] { ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==") })
        {
            http.Headers.TryAddWithoutValidation(name, value);
        }

        using var refused = await Person.SendAsync(http);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Viewport: expected an object with west, south, east, north and zoom as JSON.", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_no_viewport_ends_the_picture_with_the_reason()
    {
        using var socket = await OpenAsync();
        await SayAsync(socket, """{"west":2,"south":50,"east":400,"north":53,"zoom":8}""");
        var buffer = new byte[1 << 16];
        while ((await socket.ReceiveAsync(buffer, Cancel)).MessageType != WebSocketMessageType.Close)
        {
        }

        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, socket.CloseStatus);
        Assert.Contains("expected east from -180 to 180, found 400", socket.CloseStatusDescription, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_had_for_some_numbers_or_for_a_box()
    {
        var some = (await Person.GetAsync("/api/names?mmsi=235000001,235000019")).GetProperty("names");
        Assert.Equal(("ALDER 1", 70), (some.GetProperty("235000001").GetProperty("name").GetString(), some.GetProperty("235000001").GetProperty("shipType").GetInt32()));
        Assert.Single(some.EnumerateObject());
        var box = (await Person.GetAsync("/api/names?bbox=-22,39,-18,41.5")).GetProperty("names");
        Assert.Equal(["235000011"], box.EnumerateObject().Select(n => n.Name));
        Assert.Equal("ALDER 3", (await Person.GetAsync("/api/names")).GetProperty("235000003").GetString());
        using var wrong = await Person.GetRawAsync("/api/names?mmsi=12,abc");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Where_a_silent_ship_can_have_been_is_an_area_about_her_last_place_and_says_that_it_was_not_observed()
    {
        var area = await Person.GetAsync("/api/alerts/235000001aaaaaaa/reach");
        var (shape, p) = (Points(area).ToList(), area.GetProperty("properties"));
        Assert.Equal(("possible, not observed", true, false), (p.GetProperty("label").GetString(), p.GetProperty("toNextReport").GetBoolean(), p.GetProperty("ongoing").GetBoolean()));
        // Top speed of the detector: her best of 12 kn, a tenth more, and 2 kn of current.
        Assert.Equal(15.2, p.GetProperty("topKnots").GetDouble());
        Assert.All(shape, c => Assert.True(Geodesy.Between(new GeoPoint(54, 3), c).NauticalMiles + Geodesy.Between(c, new GeoPoint(54.3, 3.4)).NauticalMiles < (15.2 * 4) + 4));
        Assert.Contains(shape, c => Geodesy.Between(new GeoPoint(54, 3), c).NauticalMiles + Geodesy.Between(c, new GeoPoint(54.3, 3.4)).NauticalMiles > (15.2 * 4) - 4);
    }

    [Fact]
    public async Task An_open_silence_on_the_antimeridian_reaches_to_both_sides_of_it_until_now()
    {
        var area = await Person.GetAsync("/api/alerts/235000002aaaaaaa/reach");
        Assert.True(area.GetProperty("properties").GetProperty("ongoing").GetBoolean());
        Assert.Equal(Day.AddHours(3), area.GetProperty("properties").GetProperty("until").GetDateTimeOffset());
        var shape = Points(area).ToList();
        Assert.Contains(shape, c => c.LonDeg is > 179 and <= 180);
        Assert.Contains(shape, c => c.LonDeg is < -179 and >= -180);
        Assert.All(shape, c => Assert.InRange(Geodesy.Between(new GeoPoint(52, 179.9), c).NauticalMiles, 0, (15.2 * 3) + 4));
        using var other = await Person.GetRawAsync("/api/alerts/235000003aaaaaaa/reach");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task Zones_of_a_box_hold_the_line_twelve_miles_from_the_coast()
    {
        var line = (await Person.GetAsync("/api/zones?bbox=2,51,5,53")).GetProperty("features").EnumerateArray().Single();
        Assert.Equal(("coast-12nm", "territorialSea"), (line.GetProperty("properties").GetProperty("id").GetString(), line.GetProperty("properties").GetProperty("kind").GetString()));
        var coast = Service<MaritimeWatch.Detection.Zones.Chart>().Sea.Coast;
        var places = line.GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(piece => piece[0]).Select(c => new GeoPoint(c[1].GetDouble(), c[0].GetDouble())).ToList();
        Assert.True(places.Count > 30);
        Assert.All(places, at => Assert.InRange(coast.DistanceTo(at, Distance.FromNauticalMiles(24))!.Value.NauticalMiles, 10.5, 13.5));
        Assert.Empty((await Person.GetAsync("/api/zones?bbox=-170,-60,170,60")).GetProperty("features").EnumerateArray());
        using var wrong = await Person.GetRawAsync("/api/zones?bbox=1,2,3");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Reception_at_a_time_names_the_hours_of_the_day_it_is_known_by()
    {
        var hours = (await Person.GetAsync("/api/reception?at=2026-11-20T13:20:00Z")).GetProperty("hours").EnumerateArray().Select(h => h.GetInt32());
        Assert.Equal([12, 16], hours);
        Assert.Equal(JsonValueKind.Null, (await Person.GetAsync("/api/reception")).GetProperty("hours").ValueKind);
    }

    private static IEnumerable<GeoPoint> Points(JsonElement area) => area.GetProperty("geometry").GetProperty("coordinates").EnumerateArray().SelectMany(p => p.EnumerateArray()).SelectMany(r => r.EnumerateArray()).Select(c => new GeoPoint(c[1].GetDouble(), c[0].GetDouble()));

    private async Task<ClientWebSocket> OpenAsync(string query = "")
    {
        using var http = new HttpClient { BaseAddress = new Uri(Address) };
        http.DefaultRequestHeaders.Add(Gate.OwnHeader, "1");
        using var signedIn = await http.PostAsJsonAsync("/api/session", new { name = ConsoleClient.Name, password = ConsoleClient.Password }, Cancel);
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        await socket.ConnectAsync(new Uri(Address.Replace("http", "ws", StringComparison.Ordinal) + "/api/live" + query), Cancel);
        return socket;
    }

    private static Task SayAsync(ClientWebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Cancel);

    private static async Task ReadAsync(ClientWebSocket socket, LiveFrameReader console, Func<LiveFrameReader, bool> until)
    {
        var buffer = new byte[1 << 20];
        for (var frames = 0; frames < 10; frames++)
        {
            var length = 0;
            for (WebSocketReceiveResult part; ;)
            {
                part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), Cancel);
                Assert.Equal(WebSocketMessageType.Binary, part.MessageType);
                length += part.Count;
                if (part.EndOfMessage)
                {
                    break;
                }
            }

            console.Read(buffer.AsSpan(0, length));
            if (until(console))
            {
                return;
            }
        }

        Assert.Fail("The picture did not follow within ten frames.");
    }
}
