using System.Globalization;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>Reads the values of a position row. What a source writes for "not available" becomes null here.</summary>
internal static class RowValues
{
    private static readonly string[] DayFirstForms = ["dd/MM/yyyy HH:mm:ss", "dd-MM-yyyy HH:mm:ss", "dd/MM/yyyy HH:mm"];
    private static readonly string[] Forms = ["yyyyMMdd_HHmmss", "yyyyMMddHHmmss", "yyyy/MM/dd HH:mm:ss", "MM/dd/yyyy HH:mm:ss", "yyyy-MM-dd HH:mm:ss 'UTC'"];

    /// <summary>
    /// ISO 8601, the forms of the cards, or a Unix time in seconds or milliseconds. Without a zone it is UTC. A year outside
    /// 1970 to 2099 is a filler such as 0001-01-01, and would break the arithmetic of durations further on.
    /// </summary>
    public static bool TryTime(ReadOnlySpan<char> text, bool dayFirst, out DateTimeOffset time) =>
        TryAnyTime(text, dayFirst, out time) && time.Year is >= 1970 and < 2100;

    private static bool TryAnyTime(ReadOnlySpan<char> text, bool dayFirst, out DateTimeOffset time)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        text = text.Trim();
        if (IsPlainIso(text) && TryPlainIso(text, out time))
        {
            return true;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unix) && text.Length is 9 or 10 or 13)
        {
            time = text.Length == 13 ? DateTimeOffset.FromUnixTimeMilliseconds(unix) : DateTimeOffset.FromUnixTimeSeconds(unix);
            return true;
        }

        return DateTimeOffset.TryParseExact(text, dayFirst ? DayFirstForms : Forms, CultureInfo.InvariantCulture, Utc, out time)
            || (text.Length >= 10 && text[4] == '-' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out time));
    }

    public static double? Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>Speed of 102.3 kn or more is the standard's "not available" or noise; so is a negative one.</summary>
    public static double? Speed(ReadOnlySpan<char> text) => Number(text) is >= 0 and < 102.3 and var sog ? sog : null;

    /// <summary>MarineCadastre files up to 2017 wrap courses at 180: a negative one needs 360 added. 360 means not available.</summary>
    public static double? Course(ReadOnlySpan<char> text) => Number(text) switch
    {
        >= -180 and < 0 and var cog => Math.Min(cog + 360, 359.9),
        >= 0 and < 360 and var cog => cog,
        _ => null,
    };

    public static int? Heading(ReadOnlySpan<char> text) => Number(text) is >= 0 and < 360 and var heading ? (int)heading : null;

    public static NavigationalStatus? Status(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number is >= 0 and <= 15 ? (NavigationalStatus)number : null;
        }

        foreach (var (start, status) in Statuses)
        {
            if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                return status;
            }
        }

        return null;
    }

    public static TransponderClass Class(ReadOnlySpan<char> text) => text.Trim() switch
    {
        "A" or "Class A" => TransponderClass.A,
        "B" or "Class B" => TransponderClass.B,
        _ => TransponderClass.Unknown,
    };

    /// <summary>Text that says nothing becomes null.</summary>
    public static string? Stated(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length == 0 || trimmed.Equals("unknown", StringComparison.OrdinalIgnoreCase) || trimmed.Equals("undefined", StringComparison.OrdinalIgnoreCase)
            || trimmed is "NA" or "N/A" or "IMO0000000" or "0"
            ? null
            : trimmed;
    }

    /// <summary>The IMO number as stated, without the letters that some sources write before it.</summary>
    public static string? Imo(string? stated) => stated?.Replace("IMO", "", StringComparison.OrdinalIgnoreCase).Trim();

    // Beginnings of the words of ITU-R M.1371-5, table 45, as the files spell them.
    private static readonly (string Start, NavigationalStatus Status)[] Statuses =
    [
        ("under way using", NavigationalStatus.UnderWayUsingEngine), ("at anchor", NavigationalStatus.AtAnchor), ("not under", NavigationalStatus.NotUnderCommand),
        ("restricted", NavigationalStatus.RestrictedManoeuvrability), ("constrained", NavigationalStatus.ConstrainedByDraught), ("moored", NavigationalStatus.Moored),
        ("aground", NavigationalStatus.Aground), ("engaged in fishing", NavigationalStatus.EngagedInFishing), ("under way sailing", NavigationalStatus.UnderWaySailing),
        ("reserved for future amendment [hsc", NavigationalStatus.ReservedHsc), ("power-driven vessel towing", NavigationalStatus.TowingAstern), ("power-driven vessel pushing", NavigationalStatus.PushingAhead),
        ("ais-sart", NavigationalStatus.SartActive),
    ];

    private static bool IsPlainIso(ReadOnlySpan<char> t) => t.Length == 19 && t[4] == '-' && t[7] == '-' && t[10] is 'T' or ' ' && t[13] == ':' && t[16] == ':';

    private static bool TryPlainIso(ReadOnlySpan<char> t, out DateTimeOffset time)
    {
        time = default;
        if (!Two(t, 0, out var century) || !Two(t, 2, out var year) || !Two(t, 5, out var month) || !Two(t, 8, out var day) || !Two(t, 11, out var hour)
            || !Two(t, 14, out var minute) || !Two(t, 17, out var second))
        {
            return false;
        }

        year += century * 100;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    private static bool Two(ReadOnlySpan<char> t, int at, out int value)
    {
        int a = t[at] - '0', b = t[at + 1] - '0';
        value = (a * 10) + b;
        return a is >= 0 and <= 9 && b is >= 0 and <= 9;
    }
}
