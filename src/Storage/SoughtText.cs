using MaritimeWatch.Identity;

namespace MaritimeWatch.Storage;

/// <summary>What a text typed into the one box can mean.</summary>
/// <param name="Only">The field the text itself names, as in <c>IMO 9074729</c>; null when it names none.</param>
/// <param name="Digits">Its digits when it is a number, 2 to 10 of them.</param>
/// <param name="CallSign">Its letters and digits when they can be a call sign or the beginning of one, 2 to 8.</param>
/// <param name="Names">Its forms as a name, the usual one first.</param>
internal sealed record SoughtText(SearchField? Only, string? Digits, string? CallSign, IReadOnlyList<string> Names)
{
    /// <summary>More than any name a source writes.</summary>
    private const int Longest = 100;

    public bool IsEmpty => Digits is null && CallSign is null && Names.Count == 0;

    public static SoughtText Of(string text)
    {
        var trimmed = text.Trim();
        trimmed = trimmed.Length > Longest ? trimmed[..Longest] : trimmed;
        foreach (var (word, field) in new[] { ("IMO", SearchField.ImoNumber), ("MMSI", SearchField.Mmsi) })
        {
            if (trimmed.StartsWith(word, StringComparison.OrdinalIgnoreCase) && DigitsOf(trimmed[word.Length..]) is { } named)
            {
                return new SoughtText(field, named, null, []);
            }
        }

        var sign = string.Concat(trimmed.ToUpperInvariant().Where(c => c is not (' ' or '-' or '.' or '/')));
        return new SoughtText(null, DigitsOf(trimmed), sign.Length is >= 2 and <= 8 && sign.All(char.IsAsciiLetterOrDigit) ? sign : null, [.. NameFolding.Forms(trimmed).Where(n => n.Length >= 2)]);
    }

    private static string? DigitsOf(string text)
    {
        var digits = text.Replace(" ", "", StringComparison.Ordinal).TrimStart(':', '.');
        return digits.Length is >= 2 and <= 10 && digits.All(char.IsAsciiDigit) ? digits : null;
    }
}
