using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MaritimeWatch.Units;

/// <summary>
/// An identifier derived from facts: the same facts give the same id, so a step that runs twice changes nothing.
/// First 16 hexadecimal digits of SHA-256 over the parts, each followed by a line feed.
/// </summary>
public static class FactId
{
    /// <summary>Parts are written invariantly; times as ISO 8601 UTC with milliseconds, absent parts as an empty line.</summary>
    public static string Of(params ReadOnlySpan<object?> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part switch
            {
                null => "",
                DateTimeOffset time => Iso(time),
                IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
                _ => part.ToString(),
            }).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    /// <summary>ISO 8601 in UTC with milliseconds, for example <c>2026-03-14T06:00:00.000Z</c>.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
