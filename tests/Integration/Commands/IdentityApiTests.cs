using System.Text.Json;
using MaritimeWatch.Identity;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Commands;

/// <summary>Lanes, what was known when, why a hull is one, and the context of a flag, asked of the real program.</summary>
public sealed class IdentityApiTests : ConsoleTest
{
    private static readonly DateTimeOffset Day = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    protected override async Task FillAsync(IStore store)
    {
        var identities = store.Identities;
        await identities.AddClaimsAsync(
        [
            new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = new Mmsi(351900001), ImoAsStated = "9074729", CallSign = "3FAB1", Name = "ALDER", LengthM = 100, FirstSeen = Day, LastSeen = Day.AddDays(700) },
            new IdentityClaim { Source = "register LR", Origin = ClaimOrigin.Register, ImoAsStated = "9074729", Flag = FlagState.Parse("LR"), Name = "BIRCH", LengthM = 140, Status = RegisterStatus.Registered, ValidFrom = Day.AddDays(300), FirstSeen = Day.AddDays(600), LastSeen = Day.AddDays(690), Reference = "row 1" },
        ], Cancel);
        await identities.AddInspectionsAsync([.. Enumerable.Range(0, 60).Select(i => new Inspection { Source = "inspections", Authority = "a regime", Flag = FlagState.Parse("PA"), On = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-5 * i)), Detained = i % 4 == 0, Reference = $"row {i}" })], Cancel);
    }

    [Fact]
    public async Task Lanes_show_the_conflict_and_leave_out_what_was_not_known_yet()
    {
        var now = await Person.GetAsync("/api/vessels/imo:9074729/timeline?attribute=flag");
        var lanes = now.GetProperty("lanes").EnumerateArray().ToList();
        Assert.Equal(["AIS", "register LR"], lanes.Select(l => Text(l, "source")));
        Assert.All(lanes, lane => Assert.Equal("conflict", Text(lane.GetProperty("spans")[0], "state")));
        Assert.Equal(JsonValueKind.Null, lanes[1].GetProperty("spans")[0].GetProperty("to").ValueKind);
        var before = await Person.GetAsync($"/api/vessels/imo:9074729/timeline?attribute=flag&knownAt={Day.AddDays(400):yyyy-MM-dd}");
        Assert.Equal("stated", Text(Assert.Single(before.GetProperty("lanes").EnumerateArray()).GetProperty("spans")[0], "state"));
        var wrong = await Person.GetRawAsync("/api/vessels/imo:9074729/timeline?attribute=crew");
        Assert.Equal(400, (int)wrong.StatusCode);
        Assert.Contains("Expected one of Flag", await wrong.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(404, (int)(await Person.GetRawAsync("/api/vessels/imo:9187629/timeline")).StatusCode);
    }

    [Fact]
    public async Task Why_a_hull_is_one_is_shown_with_what_speaks_against_it_and_a_split_is_told_as_a_decision()
    {
        var why = await Person.GetAsync("/api/vessels/imo:9074729/why");
        var register = why.GetProperty("claims").EnumerateArray().Single(c => Text(c, "origin") == "register");
        Assert.Equal("imo", Text(register, "reason"));
        Assert.Equal(2, register.GetProperty("against").GetArrayLength());
        Assert.Equal(5 - 2 - 1, register.GetProperty("score").GetDouble(), 1e-9);
        var split = await Person.PostAsync("/api/hulls/split", new { hull = "imo:9074729", claims = new[] { Text(register, "id") }, reason = "another ship by her length" });
        Assert.Equal(204, (int)split.StatusCode);
        var after = await Person.GetAsync("/api/vessels/imo:9074729/why");
        Assert.Single(after.GetProperty("claims").EnumerateArray());
        Assert.Equal("another ship by her length", Text(Assert.Single(after.GetProperty("decisions").EnumerateArray()), "reason"));
    }

    [Fact]
    public async Task A_new_identity_that_begins_where_an_old_one_fell_silent_is_suggested_and_joined_by_a_person_alone()
    {
        var store = Service<IStore>();
        var (old, young, end) = (new Mmsi(538900001), new Mmsi(249900001), Day.AddDays(690));
        IdentityClaim Said(Mmsi mmsi, string name, DateTimeOffset from, DateTimeOffset to) => new() { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = mmsi, Name = name, FirstSeen = from, LastSeen = to };
        await store.Identities.AddClaimsAsync([Said(old, "HERON", Day.AddDays(600), end), Said(young, "TERN", end.AddDays(1), end.AddDays(3))], Cancel);
        await store.Tracks.CommitAsync(new IntakeBatch
        {
            Feed = "made", Count = new Records.IntakeCount(), Position = "1", LastReceived = end.AddDays(3),
            Positions = [new(old, new Fix(end, new GeoPoint(51.95, 4.05), 0), end, null), new(young, new Fix(end.AddDays(1), new GeoPoint(51.9502, 4.0501), 0), end.AddDays(1), null)],
        }, Cancel);
        Service<Server.Watch.Intake>().Reach(end.AddDays(3));
        var suggestion = Assert.Single((await Person.GetAsync("/api/hulls/suggestions")).GetProperty("suggestions").EnumerateArray());
        Assert.Equal(("HERON", "TERN", "nearestToEachOther", 24.0), (Text(suggestion.GetProperty("old"), "name"), Text(suggestion.GetProperty("new"), "name"), Text(suggestion, "reason"), suggestion.GetProperty("hours").GetDouble()));
        var merged = await Person.PostAsync("/api/hulls/merge", new { one = Text(suggestion.GetProperty("old"), "vesselId"), other = Text(suggestion.GetProperty("new"), "vesselId"), reason = "seen at the berth" });
        Assert.Equal(204, (int)merged.StatusCode);
        Assert.Empty((await Person.GetAsync("/api/hulls/suggestions")).GetProperty("suggestions").EnumerateArray());
    }

    [Fact]
    public async Task A_flag_is_shown_as_context_with_the_method_and_never_as_a_score()
    {
        var flag = await Person.GetAsync("/api/flags/PA");
        var colour = flag.GetProperty("portStateControl");
        Assert.Equal(("black", 60, 15), (Text(colour, "colour"), colour.GetProperty("inspections").GetInt32(), colour.GetProperty("detentions").GetInt32()));
        Assert.Contains("None of it enters a ship's score", Text(flag, "note"), StringComparison.Ordinal);
        Assert.Equal(404, (int)(await Person.GetRawAsync("/api/flags/QQ")).StatusCode);
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
