using System.Globalization;
using System.Text;

namespace MaritimeWatch.Identity;

/// <summary>
/// Brings a ship's name to the form in which names are compared: upper case, Latin letters without marks, digits, single
/// spaces; a prefix such as M/V dropped. Letters of scripts without a table here (Han, Hebrew, ...) stay as they are. Two
/// names with one form are alike to read, not proof of one ship.
/// </summary>
/// <remarks>
/// A form folded again is the same, and a name of capitals, digits and single spaces without prefix is its own form. Letters
/// with marks that passports write with two letters (Å AA, Ö OE) have a second form, because registers write both.
/// </remarks>
public static class NameFolding
{
    /// <summary>Prefixes for the kind of ship, which some sources write and others leave out.</summary>
    private static readonly string[] Prefixes = ["MV", "MT", "MS", "FV", "SV", "RV", "MFV"];

    /// <summary>The form, empty when the text holds no letter and no digit.</summary>
    public static string Of(string? text) => Folded(text, twoLetters: false);

    /// <summary>The form, and the second one where letters are written with two letters too; none when the text holds no letter and no digit.</summary>
    public static IReadOnlyList<string> Forms(string? text)
    {
        string first = Of(text), second = Folded(text, twoLetters: true);
        return first.Length == 0 ? [] : second == first ? [first] : [first, second];
    }

    private static string Folded(string? text, bool twoLetters)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var upper = text.ToUpperInvariant();
        var plain = new StringBuilder(upper.Length + 4);
        var ukrainian = Transliteration.IsUkrainian(upper);
        for (var i = 0; i < upper.Length; i++)
        {
            var c = upper[i];
            if (c is (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            {
                plain.Append(c);
            }
            else if (Transliteration.Of(upper, ref i, ukrainian, twoLetters) is { } latin)
            {
                plain.Append(latin);
            }
            else if (Joins(c))
            {
                continue;
            }
            else if (char.IsDigit(c))
            {
                plain.Append(CharUnicodeInfo.GetDecimalDigitValue(c));
            }
            else if (char.IsLetter(c))
            {
                plain.Append(c);
            }
            else if (plain.Length > 0 && plain[^1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return WithoutPrefix(plain.ToString().TrimEnd(' '));
    }

    /// <summary>Marks that stand inside a word: apostrophes, combining marks, the strokes of Arabic vowels.</summary>
    private static bool Joins(char c) => c is '\'' or '\u2019' or '\u2018' or '`' or '\u00b4' or '\u02bc' || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.ModifierLetter or UnicodeCategory.Format;

    private static string WithoutPrefix(string name)
    {
        while (true)
        {
            var rest = Prefixes.Select(p => After(name, p) ?? After(name, string.Join(' ', p.AsEnumerable()))).FirstOrDefault(r => r is not null);
            if (rest is null)
            {
                return name;
            }

            name = rest;
        }
    }

    private static string? After(string name, string prefix) =>
        name.Length > prefix.Length + 2 && name[prefix.Length] == ' ' && name.StartsWith(prefix, StringComparison.Ordinal) ? name[(prefix.Length + 1)..] : null;
}
