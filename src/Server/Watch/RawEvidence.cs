using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Silence;
using MaritimeWatch.Feeds.Raw;
using MaritimeWatch.Identity;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Raw;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>A record behind a reason.</summary>
/// <param name="Part">Where it belongs: <c>before</c>, <c>after</c>, <c>around</c>, <c>neighbour</c>, <c>claim</c>.</param>
/// <param name="Mmsi">Who sent it.</param>
/// <param name="SourceTime">When it was sent.</param>
/// <param name="ReceivedAt">When it was received; null where only the fix was kept.</param>
/// <param name="Station">Receiver, null where not said.</param>
/// <param name="Feed">Feed or register that brought it; null where only the fix was kept.</param>
/// <param name="Text">What it says, in words.</param>
/// <param name="Raw">The record as received, in parts, each with its hash; empty where it is not kept.</param>
internal sealed record EvidenceRecord(string Part, string? Mmsi, DateTimeOffset SourceTime, DateTimeOffset? ReceivedAt, string? Station, string? Feed, string Text, IReadOnlyList<RawPart> Raw);

/// <summary>A line as received, and SHA-256 over its bytes without the line ending.</summary>
internal sealed record RawPart(string Line, string Sha256)
{
    public static RawPart Of(string line) => new(line, Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(line))));
}

/// <summary>
/// Finds the records behind a finding in the raw log of this machine and decodes them again; where a record is not kept any more, or lies with
/// another machine, what the store knows stands in its place and says so.
/// </summary>
internal sealed class RawEvidence(IStore store, RawLog log, Settings.Settings settings, WatchMode mode)
{
    private const int MostEachSide = 20, MostNeighbours = 6, MostOfEach = 3, MostAround = 40;

    private static readonly TimeSpan Near = TimeSpan.FromMinutes(1), First = TimeSpan.FromMinutes(30), Far = TimeSpan.FromHours(3), Beside = TimeSpan.FromHours(1);

    /// <summary>The records of one reason. Those of a silence are what was heard before and after it; other reasons name their own times or claims.</summary>
    public async Task<IReadOnlyList<EvidenceRecord>> OfAsync(Finding finding, Evidence evidence, CancellationToken cancel)
    {
        if (finding.Kind == FindingKind.Silence)
        {
            return await AroundAsync(finding, evidence.Family.StartsWith("reception", StringComparison.Ordinal) || evidence.Family is "company" or "place", cancel);
        }

        var times = evidence.References.Select(r => DateTimeOffset.TryParse(r, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : (DateTimeOffset?)null).OfType<DateTimeOffset>().ToList();
        var claims = await ClaimsAsync(finding, evidence.References, cancel);
        if (times.Count == 0 && claims.Count == 0)
        {
            times = [finding.StartTime, .. finding.EndTime is { } end ? [end] : Array.Empty<DateTimeOffset>()];
        }

        var records = new List<EvidenceRecord>(claims);
        foreach (var time in times.Order())
        {
            records.AddRange(finding.Mmsi is { } mmsi
                ? Spread(await MessagesAsync("around", [mmsi], time - Near, time + Near, cancel), MostAround / times.Count)
                : await NeighboursAsync(finding, time, cancel));
        }

        return [.. records.DistinctBy(r => (r.Part, r.Mmsi, r.SourceTime, r.ReceivedAt, r.Raw.Count > 0 ? r.Raw[^1].Line : r.Text)).Take(2 * MostAround)];
    }

    /// <summary>Her last twenty messages before, the first twenty after, and what others near sent in the hour after she was last heard.</summary>
    public async Task<IReadOnlyList<EvidenceRecord>> AroundAsync(Finding finding, bool withNeighbours, CancellationToken cancel)
    {
        if (finding.Mmsi is not { } mmsi)
        {
            return await NeighboursAsync(finding, finding.StartTime, cancel);
        }

        // Her messages come with a moment between sending and receipt.
        var before = await SideAsync("before", mmsi, finding.StartTime + Near, back: true, cancel);
        var after = finding.EndTime is { } end ? await SideAsync("after", mmsi, end - Near, back: false, cancel) : [];
        return [.. before.Where(r => r.SourceTime <= finding.StartTime).TakeLast(MostEachSide), .. withNeighbours ? await NeighboursAsync(finding, finding.StartTime, cancel) : [], .. after.Where(r => r.SourceTime >= finding.EndTime).Take(MostEachSide)];
    }

    /// <summary>What a reader must know of what is missing; null when each record is there as received.</summary>
    public string? Note(IReadOnlyList<EvidenceRecord> records) => records.All(r => r.Raw.Count > 0) && records.Count > 0 ? null
        : !log.Keeps ? "Raw records are not kept here (Retention:RawRecords is zero). What the store knows stands in their place."
        : !mode.Roles.HasFlag(Duties.Ingest) && !log.IsHere ? "The raw log lies with the machine that reads the feeds; ask at its console. What the store knows stands in its place."
        : records.Count == 0 ? "Nothing is kept of this time."
        : $"Where no raw record stands it is not kept for this source, or it is older than {settings.Retention.RawRecords.TotalDays:0.#} days{(mode.Shared ? ", or it lies with another machine that reads feeds" : "")}.";

    private async Task<IReadOnlyList<EvidenceRecord>> SideAsync(string part, Mmsi mmsi, DateTimeOffset at, bool back, CancellationToken cancel)
    {
        IReadOnlyList<EvidenceRecord> found = [];
        foreach (var reach in new[] { First, Far })
        {
            found = await MessagesAsync(part, [mmsi], back ? at - reach : at, back ? at : at + reach, cancel);
            if (found.Count >= MostEachSide)
            {
                break;
            }
        }

        return found;
    }

    private async Task<IReadOnlyList<EvidenceRecord>> NeighboursAsync(Finding finding, DateTimeOffset from, CancellationToken cancel)
    {
        if (finding.Start is not { } place)
        {
            return [];
        }

        var there = (await store.Tracks.VesselsInAsync(Around(place, new SilenceOptions().WitnessRadius.NauticalMiles), from, from + Beside, cancel)).Where(m => m != finding.Mmsi && m.Kind == MmsiKind.Ship).Take(MostNeighbours).ToHashSet();
        var all = there.Count == 0 ? [] : await MessagesAsync("neighbour", there, from, from + Beside, cancel);
        return [.. all.GroupBy(r => r.Mmsi).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g => Spread([.. g], MostOfEach))];
    }

    /// <summary>Messages of ships received in a period: raw where it is kept, else the fixes of the store.</summary>
    private async Task<IReadOnlyList<EvidenceRecord>> MessagesAsync(string part, HashSet<Mmsi> ships, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var messages = await Task.Run(() => log.Feeds().SelectMany(feed =>
        {
            var reading = new RawReading(feed, ships.Contains, from, to);
            log.Read(feed, from, to, reading.Read, cancel);
            return reading.Found;
        }).ToList(), cancel);
        var records = messages.Select(m => new EvidenceRecord(part, m.Mmsi.ToString(), m.SourceTime, m.ReceivedAt, m.Station, m.Feed, Words(m), [.. m.Lines.Select(RawPart.Of)])).ToList();
        foreach (var ship in ships.Where(s => messages.All(m => m.Mmsi != s)).Order())
        {
            records.AddRange((await store.Tracks.FixesOfAsync(ship, from, to, cancel)).Select(f => new EvidenceRecord(part, ship.ToString(), f.Time, null, null, null, Words(f.At, f.SogKnots, f.CogDeg), [])));
        }

        return [.. records.OrderBy(r => r.SourceTime).ThenBy(r => r.ReceivedAt)];
    }

    private async Task<IReadOnlyList<EvidenceRecord>> ClaimsAsync(Finding finding, IReadOnlyList<string> references, CancellationToken cancel)
    {
        var records = new List<EvidenceRecord>();
        foreach (var claim in (await store.Identities.ClaimsOfAsync(finding.Mmsi, finding.Imo, cancel)).Where(c => references.Contains(c.Id)).OrderBy(c => c.FirstSeen))
        {
            var said = string.Join(", ", new[] { claim.Name, claim.ImoAsStated is { } imo ? $"IMO {imo}" : null, claim.Mmsi is { } m ? $"MMSI {m}" : null, claim.CallSign is { } sign ? $"call sign {sign}" : null, claim.Flag is { } flag ? $"flag {flag.Code}" : null }.Where(t => !string.IsNullOrEmpty(t)));
            records.Add(new EvidenceRecord("claim", claim.Mmsi?.ToString(), claim.FirstSeen, null, null, claim.Source, $"{claim.Origin}: {said}; seen {FactId.Iso(claim.FirstSeen)[..10]} to {FactId.Iso(claim.LastSeen)[..10]}", []));
            if (claim is { Origin: ClaimOrigin.Broadcast, Mmsi: { } sender })
            {
                records.AddRange((await MessagesAsync("claim", [sender], claim.FirstSeen - Near, claim.FirstSeen + Near, cancel)).Where(r => r.Raw.Count > 0 && r.Text.StartsWith("static", StringComparison.Ordinal)).Take(MostOfEach));
            }
        }

        return records;
    }

    private static List<EvidenceRecord> Spread(IReadOnlyList<EvidenceRecord> records, int most) =>
        records.Count <= most ? [.. records] : [.. Enumerable.Range(0, most).Select(i => records[i * (records.Count - 1) / Math.Max(1, most - 1)])];

    private static GeoBox Around(GeoPoint at, double reachNm)
    {
        var (lat, lon) = (reachNm / 60, reachNm / 60 / Math.Max(0.05, Math.Cos(at.LatDeg * Math.PI / 180)));
        return new GeoBox(Math.Max(-90, at.LatDeg - lat), Geodesy.WrapLongitude(at.LonDeg - lon), Math.Min(90, at.LatDeg + lat), Geodesy.WrapLongitude(at.LonDeg + lon));
    }

    private static string Words(RawMessage m) => m.At is { } at ? $"{(m.Type > 0 ? $"type {m.Type}, " : "")}{Words(at, m.SogKnots, m.CogDeg)}" : $"static{(m.Type > 0 ? $", type {m.Type}" : "")}{(m.Name is null ? "" : $", {m.Name}")}";

    private static string Words(GeoPoint at, double? sogKnots, double? cogDeg) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.LatDeg:0.00000}, {at.LonDeg:0.00000}{(sogKnots is { } sog ? $", {sog:0.0} kn" : "")}{(cogDeg is { } cog ? $", {cog:0.0}°" : "")}");
}
