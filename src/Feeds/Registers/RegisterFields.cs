using System.Globalization;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Records;

namespace MaritimeWatch.Feeds.Registers;

/// <summary>The values of one record by the card's field names. What was stated and could not be used is told with its place.</summary>
internal sealed class Fields(RegisterRow row, RegisterCard card, string source, List<Rejection> told)
{
    private static readonly string[] Iso = ["yyyy-MM-dd", "yyyy-MM", "yyyy", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss 'UTC'", "yyyyMMdd"];

    public string Place => row.Place;

    /// <summary>The value as stated, several joined with a semicolon; null when it means nothing was stated.</summary>
    public string? Stated(string field)
    {
        foreach (var name in card.Columns.TryGetValue(field, out var names) ? names : [field])
        {
            if (row.Values.TryGetValue(ColumnCards.Plain(name), out var value) && !card.NotStated.Contains(value, StringComparer.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The first of several values. Of two different ones the second is told, not used.</summary>
    public string? First(string field)
    {
        if (Stated(field) is not { } value || value.IndexOf(';', StringComparison.Ordinal) < 0)
        {
            return Stated(field);
        }

        var all = value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var other in all.Skip(1).Where(_ => field is "imo" or "mmsi" or "callSign" or "flag"))
        {
            Tell(field, other, "more than one value stated, the first is used");
        }

        return all.FirstOrDefault();
    }

    public T? Read<T>(string field, string reason, Func<string, T?> read)
        where T : struct
    {
        if (First(field) is not { } text)
        {
            return null;
        }

        var value = read(text);
        if (value is null)
        {
            Tell(field, text, reason);
        }

        return value;
    }

    /// <summary>A date in ISO 8601 or a form of the card: day first or month first is never guessed.</summary>
    public DateTimeOffset? Date(string field) => Read(field, "date not understood, left out", text => DateTimeOffset.TryParseExact(
        text, [.. Iso, .. card.Dates], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : (DateTimeOffset?)null);

    public void Tell(string field, string value, string reason) =>
        told.Add(new Rejection(source, row.Place, field, value.Length > 200 ? value[..200] : value, reason));
}
