using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Detection;
using MaritimeWatch.Feeds.Raw;
using MaritimeWatch.Integration.Commands;
using MaritimeWatch.Integration.Stores;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Raw;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Desk;

/// <summary>Each reason opens its records as they were received, with both times, receiver, feed, line and hash; and all of it in one file.</summary>
public sealed class RawEvidenceTests : ConsoleTest
{
    private const string Kept = "00000000000000aa", OnlyFixes = "00000000000000bb", Body = "!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C";

    private static readonly Mmsi Ship = new(477_553_000);

    // Minutes count from a second that the message may say: source and receipt differ by less than a minute.
    private static readonly DateTimeOffset Off = new(2026, 3, 14, 6, 0, 40, TimeSpan.Zero);

    private static string LineAt(DateTimeOffset at)
    {
        var tag = $"s:station7,c:{at.ToUnixTimeSeconds()}";
        return $"\\{tag}*{tag.Aggregate(0, (sum, c) => sum ^ c):X2}\\{Body}";
    }

    protected override async Task FillAsync(IStore store)
    {
        var raw = new RawLines();
        for (var i = 0; i < 30; i++)
        {
            raw.Add(Off.AddMinutes(-i - 1), Encoding.Latin1.GetBytes(LineAt(Off.AddMinutes(-i - 1))));
            raw.Add(Off.AddHours(4).AddMinutes(i + 1), Encoding.Latin1.GetBytes(LineAt(Off.AddHours(4).AddMinutes(i + 1))));
        }

        Service<RawLog>().Append("north coast", raw.Hours, raw.Count);
        foreach (var finding in new[]
        {
            Samples.Finding(Kept, mmsi: Ship) with { TrackId = Ship.ToString(), StartTime = Off, EndTime = Off.AddHours(4) },
            Samples.Finding(OnlyFixes),
        })
        {
            await Service<CaseDesk>().FollowAsync(await store.Findings.SaveAsync(finding, DateTimeOffset.UnixEpoch, Cancel), Cancel);
        }

        await store.Tracks.CommitAsync(Samples.Batch([.. Enumerable.Range(0, 5).Select(i => (Samples.Ship, Samples.FixAt(-i)))]), Cancel);
        foreach (var file in await store.Cases.AllAsync(10, Cancel))
        {
            // The share judged blind is chosen by the id; here everything is to be seen.
            Assert.False(file.Blind, $"{file.Id} is blind: choose another id");
        }
    }

    [Fact]
    public async Task A_reason_opens_the_last_twenty_messages_before_and_the_first_twenty_after()
    {
        var answer = await Person.GetAsync($"/api/alerts/{Kept}/evidence/length/records");
        var records = answer.GetProperty("records").EnumerateArray().ToList();
        Assert.Equal((20, 20), (records.Count(r => Text(r, "part") == "before"), records.Count(r => Text(r, "part") == "after")));
        var first = records[19];
        var line = first.GetProperty("raw").EnumerateArray().Single();
        Assert.Equal(LineAt(Off.AddMinutes(-1)), Text(line, "line"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(Text(line, "line")))), Text(line, "sha256"));
        Assert.Equal(("station7", "north coast", Off.AddMinutes(-1)), (Text(first, "station"), Text(first, "feed"), first.GetProperty("receivedAt").GetDateTimeOffset()));
        Assert.InRange(first.GetProperty("sourceTime").GetDateTimeOffset(), Off.AddMinutes(-2), Off);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("note").ValueKind);
        Assert.Equal(HttpStatusCode.NotFound, (await Person.GetRawAsync($"/api/alerts/{Kept}/evidence/none/records")).StatusCode);
        Assert.Contains(await Service<IStore>().Audit.AfterAsync(0, 1000, Cancel), e => e.Act == "read" && e.Subject == Kept && e.Detail.Contains("raw records of length", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_no_record_is_kept_the_fixes_stand_and_it_is_said()
    {
        var answer = await Person.GetAsync($"/api/alerts/{OnlyFixes}/raw");
        var records = answer.GetProperty("records").EnumerateArray().ToList();
        Assert.Equal(5, records.Count);
        Assert.All(records, r => Assert.Equal((0, JsonValueKind.Null), (r.GetProperty("raw").GetArrayLength(), r.GetProperty("receivedAt").ValueKind)));
        Assert.Contains("not kept for this source", Text(answer, "note"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pack_has_everything_with_right_hashes_and_equal_bytes_twice()
    {
        var (one, two) = (await BytesAsync(), await BytesAsync());
        Assert.Equal(one, two);
        using var zip = new ZipArchive(new MemoryStream(one));
        var files = zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var content = new MemoryStream();
            using var from = e.Open();
            from.CopyTo(content);
            return content.ToArray();
        });
        Assert.Superset(new HashSet<string> { "README.txt", "finding.json", "revisions.json", "case.json", "alerts.json", "records.json", "raw/lines.txt", "model.json", "SHA256SUMS" }, files.Keys.ToHashSet());
        var sums = Encoding.UTF8.GetString(files["SHA256SUMS"]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split("  ")).ToList();
        Assert.Equal(files.Count - 1, sums.Count);
        Assert.All(sums, s => Assert.Equal(s[0], Convert.ToHexStringLower(SHA256.HashData(files[s[1]]))));
        Assert.Contains(LineAt(Off.AddMinutes(-1)), Encoding.Latin1.GetString(files["raw/lines.txt"]), StringComparison.Ordinal);
        Assert.Equal(Kept, JsonDocument.Parse(files["finding.json"]).RootElement.GetProperty("id").GetString());
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private async Task<byte[]> BytesAsync() => await (await Person.GetRawAsync($"/api/alerts/{Kept}/pack.zip")).Content.ReadAsByteArrayAsync(Cancel);
}
