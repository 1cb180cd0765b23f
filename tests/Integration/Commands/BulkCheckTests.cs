using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MaritimeWatch.Identity;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Commands;

/// <summary>The one box and the check of many identifiers, asked of the real program by a person who signed in.</summary>
public sealed class BulkCheckTests : ConsoleTest
{
    private static readonly DateTimeOffset Day = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    protected override async Task FillAsync(IStore store)
    {
        await store.Identities.AddClaimsAsync(
        [
            Claim("ALDER", "9074729", 219000001, "OXAB2", 0), Claim("BIRCH", "9074729", 538000002, "V7AB2", 40),
            Claim("NORDIC STAR", null, 235000003, "MABC3", 0), Claim("NORDIC STAR", null, 235000004, "MABC4", 1),
            Claim("=HYPERLINK(1)", null, 235000005, null, 0),
        ], Cancel);
        await store.Identities.AddListingsAsync([new Listing { Source = "a list", ListName = "List of one", Name = "BIRCH", Imo = ImoNumber.Parse("9074729"), LegalAct = "Act 1" }], Cancel);
    }

    [Fact]
    public async Task The_box_says_by_which_field_and_in_which_period_it_found_and_what_it_corrected()
    {
        var hit = (await Person.GetAsync("/api/search?q=aldre")).GetProperty("results")[0];
        Assert.Equal(("imo:9074729", "BIRCH", "former name", "ALDER", 1), (Text(hit, "vesselId"), Text(hit, "name"), Text(hit, "matchedOn"), Text(hit, "matchedText"), hit.GetProperty("corrected").GetInt32()));
        Assert.Equal(Day, hit.GetProperty("period").GetProperty("from").GetDateTimeOffset());
        var wrong = await Person.GetAsync("/api/search?q=IMO 9074720");
        Assert.Contains("9074720 is not a valid IMO number", Text(wrong, "note"), StringComparison.Ordinal);
        Assert.Contains("Did you mean 9074729", Text(wrong, "note"), StringComparison.Ordinal);
        Assert.Equal("imo:9074729", Text(wrong.GetProperty("results")[0], "vesselId"));
    }

    [Fact]
    public async Task A_thousand_rows_are_answered_in_their_order_with_match_conflicts_listings_and_lists_reached()
    {
        string[] asked =
        [
            "9074729,,BIRCH,", "IMO 9074729,219000001,CEDAR,", ",235000003,,", ",,nordic star,", ",,,MABC4", ",,NORDIK STAR,", "9074720,,,", ",,NO SUCH SHIP,", ",,,", "123,,,", ",,=HYPERLINK(1),",
        ];
        var rows = await RowsAsync("IMO Number,MMSI,Ship name,Call sign\n" + string.Join('\n', Enumerable.Range(0, 1000).Select(i => i < asked.Length && asked[i] != ",,," ? asked[i] : $",,LOST {i},")));
        Assert.Equal(Enumerable.Range(1, 1000), rows.Select(r => r.GetProperty("row").GetInt32()));
        Assert.Equal(["imo:9074729", "imo:9074729", "mmsi:235000003"], rows.Take(3).Select(Vessel));
        Assert.Equal("strong: IMO number, 1 source", Text(rows[0].GetProperty("match"), "confidence"));
        Assert.Equal("List of one", Text(rows[0].GetProperty("listings")[0], "listName"));
        Assert.Contains(rows[1].GetProperty("conflicts").EnumerateArray(), c => c.GetString()!.StartsWith("name: the row says CEDAR, held is", StringComparison.Ordinal));
        Assert.StartsWith("fair", Text(rows[2].GetProperty("match"), "confidence"), StringComparison.Ordinal);
        Assert.StartsWith("weak: one of 2 hulls", Text(rows[3].GetProperty("match"), "confidence"), StringComparison.Ordinal);
        Assert.Equal("mmsi:235000004", Vessel(rows[4]));
        Assert.StartsWith("to be checked", Text(rows[5].GetProperty("match"), "confidence"), StringComparison.Ordinal);
        Assert.Contains("Did you mean 9074729", Text(rows[6], "note"), StringComparison.Ordinal);
        Assert.All(rows.Skip(11).Append(rows[7]), r => Assert.Equal((JsonValueKind.Null, "Nothing held."), (r.GetProperty("match").ValueKind, Text(r, "note"))));
        Assert.Contains("seven digits", Text(rows[9], "note"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_header_the_kind_is_guessed_and_the_lists_are_named_with_their_state()
    {
        using var answer = await Person.PostCsvAsync("/api/search/bulk", "\ufeff9074729;x\n235000003\nMABC4\nNordic Star\n\"a \"\"quoted\"\" name\"\n", "application/json");
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(["IMO number", "MMSI", "call sign", "name", "name"], body.GetProperty("rows").EnumerateArray().Select(r => Text(r, "kind")));
        var list = body.GetProperty("lists")[0];
        Assert.Equal(("EXERCISE register", false), (Text(list, "name"), list.GetProperty("reachable").GetBoolean()));
    }

    [Fact]
    public async Task As_CSV_no_cell_is_a_formula()
    {
        string[] marks = ["=1+1", "+1", "-1", "@SUM(A1)", "\"=1,\"\"2\"\"\""];
        using var answer = await Person.PostCsvAsync("/api/search/bulk", $"name\n{string.Join('\n', marks)}\n=HYPERLINK(1)\n", "text/csv");
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(Cancel)).Split("\r\n");
        Assert.Equal("row,identifier,kind,vesselId,name,flags,confidence,conflicts,listings,note", lines[0]);
        Assert.StartsWith("1,'=1+1,name,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("2,'+1,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("3,'-1,", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("4,'@SUM(A1),", lines[4], StringComparison.Ordinal);
        Assert.StartsWith("5,\"'=1,\"\"2\"\"\",", lines[5], StringComparison.Ordinal);
        Assert.StartsWith("6,'=HYPERLINK(1),name,mmsi:235000005,'=HYPERLINK(1),", lines[6], StringComparison.Ordinal);
        Assert.StartsWith(",EXERCISE register,list not reached,", lines[7], StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_thousand_rows_more_than_a_megabyte_no_CSV_and_no_session_are_refused_with_a_reason()
    {
        await RefusedAsync(413, "at most 1000 rows", "name\n" + string.Join('\n', Enumerable.Range(0, 1001)));
        await RefusedAsync(413, "at most 1 MB", new string('x', (1 << 20) + 1));
        await RefusedAsync(400, "is not CSV", "name\n\"open");
        using var stranger = new ConsoleClient(Address);
        using var answer = await stranger.PostCsvAsync("/api/search/bulk", "9074729", "application/json");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task RefusedAsync(int status, string why, string csv)
    {
        using var answer = await Person.PostCsvAsync("/api/search/bulk", csv, "application/json");
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains(why, Text(await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel), "detail"), StringComparison.Ordinal);
    }

    private async Task<List<JsonElement>> RowsAsync(string csv)
    {
        using var answer = await Person.PostCsvAsync("/api/search/bulk", csv, "application/json");
        answer.EnsureSuccessStatusCode();
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("rows").EnumerateArray()];
    }

    private static string? Vessel(JsonElement row) => Text(row.GetProperty("match"), "vesselId");

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static IdentityClaim Claim(string name, string? imo, int mmsi, string? callSign, int day) => new()
    {
        Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = new Mmsi(mmsi), ImoAsStated = imo, Name = name, CallSign = callSign, FirstSeen = Day.AddDays(day), LastSeen = Day.AddDays(day + 30),
    };
}
