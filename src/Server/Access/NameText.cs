using System.Globalization;
using System.Text;
using MaritimeWatch.Identity;

namespace MaritimeWatch.Server.Access;

/// <summary>
/// Names of accounts and keys as people type them. What cannot be seen is refused, and two names that look alike are one: on the audit
/// chain nobody shall be taken for another (Unicode Technical Standard 39, sections 3.1 and 4, in the small part that names here need).
/// </summary>
internal static class NameText
{
    // Ships' names lose a first MV or MS; the name of a person does not.
    private const string NotAPrefix = "x";

    // Cyrillic and Greek letters that are drawn as a Latin one, each above what it looks like.
    private const string Drawn = "АВЕЅІЈКМНОРСТУХаеіјорсухѕԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧΒοαρνιυɑ";
    private const string AsLatin = "ABESIJKMHOPCTYXaeijopcyxsdqwABEZHIKMNOPTYXBoapviua";

    /// <summary>Why a name is not accepted; null when it is.</summary>
    public static string? Fault(string name, int longest) => name.Length == 0 || name.Length > longest ? $"Expected a name of 1 to {longest} characters; found {name.Length}."
        : name.EnumerateRunes().Any(r => r == Rune.ReplacementChar || !IsSeen(r)) ? "Expected a name of letters, digits, marks and single spaces that can be seen; found others in it. Type it anew."
        : name.Contains("  ", StringComparison.Ordinal) || name.Trim() != name ? "Expected a name with single spaces between words; found others."
        : null;

    /// <summary>The same text for all names that look alike. Wide letters (U+FF01 to U+FF5E) are those of ASCII; marks on letters are left out.</summary>
    public static string Look(string name) => NameFolding.Of($"{NotAPrefix} {string.Concat(name.Select(c => Drawn.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? AsLatin[at] : c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c))}");

    // A mark written apart from its letter looks like the letter that has it: it is to be typed as one. The framework compares no forms here, for it runs without a table of them.
    private static bool IsSeen(Rune rune) => rune.Value == ' ' || rune.Value is not (>= 0x300 and <= 0x36F) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
