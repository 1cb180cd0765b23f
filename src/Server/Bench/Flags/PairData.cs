using System.Globalization;
using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Bench.Flags;

/// <summary>Two identities of one ship, the older first, with the flags a register-based study gave them.</summary>
internal sealed record IdentityPair(IdentityClaim Old, IdentityClaim New, FlagState? OldFlag, FlagState? NewFlag, bool Reflagged, GeoPoint At, Distance Apart)
{
    /// <summary>Both sides name one IMO number with a right check digit: known to be one ship.</summary>
    public bool SameImo => Old.Imo is not null && Old.Imo == New.Imo;
}

/// <summary>The shared data on changes of identity, read for measuring alone; none of it leaves the bench.</summary>
internal static class PairData
{
    /// <summary>Pairs of <c>flag-changes-gfw/identity_change_pairs.csv</c>.</summary>
    public static IReadOnlyList<IdentityPair> Pairs(string shared, FlagTables tables) =>
        [.. Rows(Path.Combine(shared, "data", "flag-changes-gfw", "identity_change_pairs.csv")).Select(row =>
        {
            // The key ends in the day and the place of the old identity's last message.
            var key = row["pair_id"].Split('|');
            return new IdentityPair(
                Claim(row["ssvid"], row["n_callsign"], row["n_shipname"], row["imo"], null, row["first_timestamp"], row["last_timestamp"])!,
                Claim(row["pair_ssvid"], row["pair_n_callsign"], row["pair_n_shipname"], row["pair_imo"], null, row["pair_first_timestamp"], row["pair_last_timestamp"])!,
                tables.Read(row["flag"]), tables.Read(row["pair_flag"]), row["flag"] != row["pair_flag"],
                new GeoPoint(Number(key[^2]), Number(key[^1])), Distance.FromMetres(Math.Abs(Number(row["distance_gap_meter"]))));
        })];

    /// <summary>Periods by hull of <c>flag-changes-gfw/vessel_identity_periods.csv</c>: the study's own key, and the periods with their flags.</summary>
    public static IReadOnlyList<(string Hull, IReadOnlyList<IdentityClaim> Periods)> Periods(string shared, FlagTables tables) =>
        ByHull(Rows(Path.Combine(shared, "data", "flag-changes-gfw", "vessel_identity_periods.csv")), "vessel_record_id", "ssvid", "n_shipname", "n_callsign", tables);

    /// <summary>Carriers by IMO number of <c>flag-history-carriers-gfw/transshipment_vessels.csv</c>; rows without a number are under <c>NA</c>.</summary>
    public static IReadOnlyList<(string Hull, IReadOnlyList<IdentityClaim> Periods)> Carriers(string shared, FlagTables tables) =>
        ByHull(Rows(Path.Combine(shared, "data", "flag-history-carriers-gfw", "transshipment_vessels.csv")), "imo", "mmsi", "shipname", "callsign", tables);

    private static IReadOnlyList<(string, IReadOnlyList<IdentityClaim>)> ByHull(IEnumerable<IReadOnlyDictionary<string, string>> rows, string hull, string mmsi, string name, string callSign, FlagTables tables) =>
        [.. rows.GroupBy(r => r[hull]).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key,
            (IReadOnlyList<IdentityClaim>)[.. g.Select(r => Claim(r[mmsi], r[callSign], r[name], r["imo"], tables.Read(r["flag"]), r["first_timestamp"], r["last_timestamp"])).OfType<IdentityClaim>()]))];

    private static IdentityClaim? Claim(string mmsi, string callSign, string name, string imo, FlagState? flag, string first, string last) =>
        !DateTimeOffset.TryParse(first, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from) ? null : new IdentityClaim
        {
            Source = "AIS identities",
            Origin = flag is null ? ClaimOrigin.Broadcast : ClaimOrigin.List,
            Mmsi = Mmsi.TryParse(mmsi, out var number) ? number : null,
            CallSign = Said(callSign),
            Name = Said(name),
            ImoAsStated = Said(imo),
            Flag = flag,
            FirstSeen = from,
            LastSeen = DateTimeOffset.TryParse(last, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var to) ? to : from,
        };

    private static string? Said(string text) => text.Length == 0 || text == "NA" ? null : text;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Rows of a plain table by the names of its header; no cell of these files holds a comma.</summary>
    private static IEnumerable<IReadOnlyDictionary<string, string>> Rows(string path)
    {
        var lines = File.ReadLines(path).Select(l => l.Split(','));
        string[]? header = null;
        foreach (var cells in lines)
        {
            if (header is null)
            {
                header = cells;
                continue;
            }

            yield return header.Zip(cells).ToDictionary(c => c.First, c => c.Second.Trim('"'));
        }
    }
}
