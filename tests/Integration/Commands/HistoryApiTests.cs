using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Detection;
using MaritimeWatch.Integration.Stores;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Commands;

/// <summary>The past of the watch as the time bar and the replay ask for it.</summary>
public sealed class HistoryApiTests : ConsoleTest
{
    private const string Channel = "bbox=-2,50,0,51.5";

    private static readonly DateTimeOffset Noon = Samples.Noon;

    protected override async Task FillAsync(IStore store)
    {
        // Two hours of a minute each, a silence of an hour, half an hour more; another ship far away; a third beside the first.
        var first = Enumerable.Range(0, 120).Concat(Enumerable.Range(180, 31)).Select(m => (Samples.Ship, Samples.FixAt(m, 50.5 + (m * 0.002))));
        var far = Enumerable.Range(0, 60).Select(m => (new Mmsi(538_000_009), Samples.FixAt(m, -20)));
        var beside = Enumerable.Range(0, 60).Select(m => (Samples.OtherShip, Samples.FixAt(m, 50.6)));
        await store.Tracks.CommitAsync(Samples.Batch([.. first, .. far, .. beside]) with { LastReceived = Noon.AddMinutes(210) }, Cancel);
        await store.Tracks.CloseHoursAsync(Noon.AddHours(1), Cancel);
        await store.Findings.SaveAsync(Samples.Finding() with { StartTime = Noon.AddMinutes(119), EndTime = Noon.AddMinutes(180) }, Noon, Cancel);
        await store.Cases.ApplyAsync(Samples.Raise("f1"), Cancel);
        Service<Intake>().Reach(Noon.AddMinutes(210));
        var doubt = new FeedMemory([], [], [new FeedDoubt("west", Noon.AddMinutes(120), Noon.AddMinutes(180))]);
        Service<FeedStates>().Add(new FeedState("west", ends: false, TimeProvider.System)).Recall(doubt);
    }

    [Fact]
    public async Task The_histogram_counts_messages_and_alerts_and_tells_what_is_not_held_from_zero()
    {
        var answer = await Person.GetAsync($"/api/history/histogram?from={At(-120)}&to={At(300)}&bins=42");
        Assert.Equal(600, answer.GetProperty("binSeconds").GetInt32());
        var messages = answer.GetProperty("messages").EnumerateArray().Select(m => m.ValueKind == JsonValueKind.Null ? (int?)null : m.GetInt32()).ToList();
        var states = answer.GetProperty("states").EnumerateArray().Select(s => s.GetString()).ToList();
        Assert.Equal(42, messages.Count);
        Assert.Equal([.. Enumerable.Repeat<int?>(null, 12), .. Enumerable.Repeat<int?>(30, 6), .. Enumerable.Repeat<int?>(10, 6), .. Enumerable.Repeat<int?>(null, 6), 10, 10, 10, 1, .. Enumerable.Repeat<int?>(null, 8)], messages);
        Assert.Equal("notHeld", states[0]);
        Assert.Equal("held", states[12]);
        Assert.Equal("notHeld", states[24]);
        Assert.Equal("notYet", states[41]);
        Assert.Equal(1, answer.GetProperty("alerts").EnumerateArray().Select(a => a.GetInt32()).ToList()[23]);
        var doubt = Assert.Single(answer.GetProperty("doubts").EnumerateArray());
        Assert.Equal(("west", Noon.AddMinutes(120)), (doubt.GetProperty("feed").GetString(), doubt.GetProperty("from").GetDateTimeOffset()));
        Assert.All((await Person.GetAsync($"/api/history/histogram?from={At(-3000)}&to={At(-2000)}")).GetProperty("messages").EnumerateArray(), m => Assert.Equal(JsonValueKind.Null, m.ValueKind));
    }

    [Fact]
    public async Task A_slice_holds_the_tracks_of_who_was_in_the_area_and_joins_nothing_across_the_silence()
    {
        var slice = await SliceAsync($"from={At(60)}&to={At(211)}&{Channel}&step=0");
        Assert.Equal([Samples.Ship.Number], slice.Mmsis);
        Assert.Equal(60 + 31, slice.Ms.Length);
        Assert.Equal([.. Enumerable.Repeat(true, 60), false, .. Enumerable.Repeat(true, 30)], slice.Joined);
        Assert.Equal((119 - 60) * 60_000u, slice.Ms[59]);
        Assert.Equal((180 - 60) * 60_000u, slice.Ms[60]);
        Assert.Equal(-1.25, slice.Lon[0], 1e-5);
        Assert.Equal(50.62, slice.Lat[0], 1e-5);

        var thinned = await SliceAsync($"from={At(60)}&to={At(211)}&{Channel}&step=600");
        Assert.Contains("both ends of every silence", thinned.Head.GetProperty("thinned").GetString(), StringComparison.Ordinal);
        Assert.Contains((119 - 60) * 60_000u, thinned.Ms);
        Assert.Contains((180 - 60) * 60_000u, thinned.Ms);
        Assert.True(thinned.Ms.Length < 20);

        var both = await SliceAsync($"from={At(0)}&to={At(60)}&{Channel}");
        int[] two = [Samples.Ship.Number, Samples.OtherShip.Number];
        Assert.Equal(two, both.Mmsis);
        Assert.Equal(two[1..], (await SliceAsync($"from={At(0)}&to={At(60)}&{Channel}&after={Samples.Ship.Number}")).Mmsis);
        Assert.Equal(538_000_009, Assert.Single((await SliceAsync($"from={At(0)}&to={At(300)}&mmsi=538000009")).Mmsis));
        Assert.Equal(0, (await SliceAsync($"from={At(-600)}&to={At(-590)}&{Channel}")).Mmsis.Length);
    }

    [Fact]
    public async Task The_same_slice_is_not_sent_twice_to_who_has_it_and_the_read_is_noted()
    {
        var path = $"/api/history/picture?from={At(0)}&to={At(60)}&{Channel}";
        using var first = await Person.GetRawAsync(path);
        var tag = first.Headers.ETag!.Tag;
        using var again = await Person.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var packed = await Person.SendAsync(HttpMethod.Get, path, null, ("Accept-Encoding", "gzip"));
        Assert.Equal("gzip", Assert.Single(packed.Content.Headers.ContentEncoding));
        await Service<IStore>().Tracks.CommitAsync(Samples.Batch((Samples.Ship, Samples.FixAt(30.5))) with { Feed = "late" }, Cancel);
        using var changed = await Person.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Contains((await Service<IStore>().Audit.AfterAsync(0, 100, Cancel)), e => e is { Act: "read", Subject: "history" });
    }

    [Theory]
    [InlineData("histogram?from=2026-03-14T12:00:00Z", "31 days")]
    [InlineData("histogram?from=2026-03-14T12:00:00Z&to=2026-03-14T11:00:00Z", "'from' before 'to'")]
    [InlineData("histogram?from=2026-01-01T00:00:00Z&to=2026-03-14T11:00:00Z", "31 days")]
    [InlineData("histogram?from=2026-03-14T12:00:00Z&to=2026-03-14T13:00:00Z&bins=0", "bins=1 to 1000")]
    [InlineData("picture?from=2026-03-14T12:00:00Z&to=2026-03-14T13:00:00Z", "bbox=west")]
    [InlineData("picture?from=2026-03-14T12:00:00Z&to=2026-03-14T13:00:00Z&bbox=0,51,1,50", "bbox=west")]
    [InlineData("picture?from=2026-03-14T12:00:00Z&to=2026-03-14T13:00:00Z&mmsi=x", "nine digits")]
    [InlineData("picture?from=2026-03-14T12:00:00Z&to=2026-03-14T18:00:01Z&bbox=0,50,1,51", "6 hours")]
    [InlineData("picture?from=2026-03-14T12:00:00Z&to=2026-03-14T13:00:00Z&bbox=0,50,1,51&step=601", "step=0 to 600")]
    [InlineData("picture?from=2026-03-14T12:00:00Z&to=2026-03-14T13:00:00Z&bbox=0,50,1,51&after=-1", "cursor")]
    [InlineData("picture?from=never&to=2026-03-14T13:00:00Z&bbox=0,50,1,51", "")]
    public async Task What_is_not_understood_is_refused_and_told(string question, string told)
    {
        using var answer = await Person.GetRawAsync($"/api/history/{question}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(told, Text(await answer.Content.ReadAsStringAsync(Cancel)), StringComparison.Ordinal);
    }

    private static string At(double minutes) => Noon.AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(string json) => json.Replace("\\u0027", "'", StringComparison.Ordinal);

    private async Task<(JsonElement Head, int[] Mmsis, uint[] Ms, float[] Lon, float[] Lat, bool[] Joined)> SliceAsync(string question)
    {
        using var answer = await Person.GetRawAsync($"/api/history/picture?{question}");
        var bytes = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Cancel);
        Assert.Equal("MWP1", Encoding.ASCII.GetString(bytes, 0, 4));
        var length = (int)BitConverter.ToUInt32(bytes, 4);
        Assert.Equal(0, length % 8);
        var head = JsonSerializer.Deserialize<JsonElement>(bytes.AsSpan(8, length));
        int v = head.GetProperty("vessels").GetInt32(), f = head.GetProperty("fixes").GetInt32(), at = 8 + length;
        Assert.Equal(at + (8 * v) + (20 * f), bytes.Length);
        var mmsis = MemoryMarshal.Cast<byte, int>(bytes.AsSpan(at, 4 * v)).ToArray();
        at += 8 * v;
        return (head, mmsis, MemoryMarshal.Cast<byte, uint>(bytes.AsSpan(at, 4 * f)).ToArray(), MemoryMarshal.Cast<byte, float>(bytes.AsSpan(at + (4 * f), 4 * f)).ToArray(),
            MemoryMarshal.Cast<byte, float>(bytes.AsSpan(at + (8 * f), 4 * f)).ToArray(), [.. bytes.AsSpan(at + (19 * f), f).ToArray().Select(m => (m & 2) != 0)]);
    }
}
