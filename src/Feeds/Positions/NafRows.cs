using System.Globalization;
using System.Text;
using MaritimeWatch.Feeds.Transport;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>
/// Records of the North Atlantic Format, in which fisheries monitoring centres exchange VMS positions (NEAFC Scheme of
/// Control and Enforcement, annex on data exchange format): <c>//SR//</c>, fields <c>//CODE/value</c>, <c>//ER//</c>.
/// A record may stand on a line with others. Values are given under their codes; date and time as <c>DATI</c>, a place in
/// degrees and minutes as decimal degrees.
/// </summary>
internal static class NafRows
{
    // Position, entry to and exit from an area, and a position given by hand where the equipment failed.
    private static readonly string[] Positions = ["POS", "ENT", "EXI", "MAN"];

    public static IEnumerable<NamedRow> Read(string path)
    {
        using var stream = InputFile.Open(path);
        using var text = new StreamReader(stream, Encoding.UTF8);
        long number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            foreach (var record in Records(line))
            {
                yield return Row($"line {number}", record);
            }
        }
    }

    // A record begins at each //SR//; what stands before the first one is a row of its own, with a fault.
    private static IEnumerable<string> Records(string line)
    {
        for (var rest = line.Trim(); rest.Length > 0;)
        {
            var next = rest.IndexOf("//SR//", 1, StringComparison.Ordinal);
            yield return (next < 0 ? rest : rest[..next]).Trim();
            rest = next < 0 ? "" : rest[next..];
        }
    }

    private static NamedRow Row(string place, string record)
    {
        if (!record.StartsWith("//SR//", StringComparison.Ordinal))
        {
            return Faulty("no record of the North Atlantic Format");
        }

        // Many centres leave out the last two strokes.
        var end = record.LastIndexOf("//ER", StringComparison.Ordinal);
        if (end < 6 || record[(end + 4)..].Trim('/').Length > 0)
        {
            return Faulty("record without an end");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in record[6..end].Split("//", StringSplitOptions.RemoveEmptyEntries))
        {
            var slash = part.IndexOf('/', StringComparison.Ordinal);
            if (slash is < 2 or > 3)
            {
                return Faulty("field without a code");
            }

            fields.TryAdd(part[..slash], part[(slash + 1)..].Trim());
        }

        if (!Positions.Contains(fields.GetValueOrDefault("TM")))
        {
            return Faulty("record type is not a position");
        }

        var values = new List<NamedValue>();
        foreach (var (code, value) in fields)
        {
            NamedValue.Add(values, code, code switch
            {
                "LA" => Degrees(value, 'N', 'S', 2) ?? value,
                "LO" => Degrees(value, 'E', 'W', 3) ?? value,
                // With a point it is in knots already.
                "SP" when value.Contains('.', StringComparison.Ordinal) && RowValues.Number(value) is { } knots => (knots * 10).ToString(CultureInfo.InvariantCulture),
                _ => value,
            });
        }

        if (fields.TryGetValue("DA", out var date) && fields.TryGetValue("TI", out var time))
        {
            // Year, month, day, hours and minutes; some centres leave out the century or add seconds.
            NamedValue.Add(values, "DATI", (date.Length == 6 ? "20" : "") + date + time + (time.Length == 4 ? "00" : ""));
        }

        return new NamedRow(place, values, () => record);

        NamedRow Faulty(string fault) => new(place, [], () => record, fault);
    }

    /// <summary>Decimal degrees of <c>N6035</c> or <c>W02010</c>: hemisphere, degrees, whole minutes. Null when it is none.</summary>
    private static string? Degrees(string text, char plus, char minus, int digits)
    {
        if (text.Length != digits + 3 || (text[0] != plus && text[0] != minus)
            || !int.TryParse(text.AsSpan(1, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var degrees)
            || !int.TryParse(text.AsSpan(digits + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > 59)
        {
            return null;
        }

        return ((text[0] == minus ? -1 : 1) * (degrees + (minutes / 60.0))).ToString(CultureInfo.InvariantCulture);
    }
}
