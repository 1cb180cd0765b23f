using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Listings;

/// <summary>
/// Vessels of the list of Specially Designated Nationals, as JSON. Publisher: US Treasury, Office of Foreign Assets Control;
/// public domain; changes several times a week. Dirty values: designation dates as MM/dd/yyyy; IMO numbers missing or as text.
/// Being listed is a fact about the list; it is shown with its date and never weighs in a dark-transit score.
/// </summary>
public static class OfacVessels
{
    /// <exception cref="InputException">The file is not readable or has not the expected form.</exception>
    public static IReadOnlyList<Listing> Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var json = JsonDocument.Parse(file);
            return Parse(json.RootElement);
        }
        catch (Exception e) when (e is IOException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException($"{path}: expected an OFAC vessel list in JSON with a 'vessels' array ({e.Message})", e);
        }
    }

    private static List<Listing> Parse(JsonElement root)
    {
        var listDate = root.TryGetProperty("generated_at", out var at) && at.TryGetDateTimeOffset(out var date) ? date : (DateTimeOffset?)null;
        var listings = new List<Listing>();
        foreach (var entry in root.GetProperty("vessels").EnumerateArray())
        {
            var info = entry.TryGetProperty("vessel_info", out var i) && i.ValueKind == JsonValueKind.Object ? i : default;
            listings.Add(new Listing
            {
                Source = "OFAC SDN",
                ListName = Text(entry, "list_name") ?? "OFAC SDN",
                Imo = ImoNumber.TryParse(Text(entry, "imo"), out var imo) ? imo : null,
                Mmsi = Mmsi.TryParse(Text(info, "mmsi") ?? Text(entry, "mmsi"), out var mmsi) && mmsi.Kind == MmsiKind.Ship ? mmsi : null,
                CallSign = Text(info, "call_sign"),
                Name = Text(entry, "name") ?? "(no name)",
                LegalAct = entry.TryGetProperty("programs", out var programs) && programs.ValueKind == JsonValueKind.Array
                    ? string.Join(", ", programs.EnumerateArray().Select(p => p.GetString()))
                    : null,
                DesignatedOn = DateOnly.TryParseExact(Text(entry, "designation_date"), "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var designated) ? designated : null,
                ListDate = listDate,
            });
        }

        return listings;
    }

    private static string? Text(JsonElement at, string name) => at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var value)
        ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null }
        : null;
}
