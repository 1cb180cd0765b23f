namespace MaritimeWatch.Identity;

/// <summary>
/// Texts that one slip of the hand makes of each other: a letter too many, too few, another one, or two neighbours swapped
/// (Damerau, Communications of the ACM 7 (1964) 171). The question is widened, so that an index needs to hold no errors.
/// </summary>
public static class TypingErrors
{
    /// <summary>Alphabet of folded names.</summary>
    public const string OfNames = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ";

    /// <summary>Alphabet of call signs.</summary>
    public const string OfCallSigns = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>Alphabet of numbers.</summary>
    public const string OfNumbers = "0123456789";

    /// <summary>Every text that could have been meant when the one given was typed with one error; not the text itself.</summary>
    /// <param name="typed">What was typed, folded.</param>
    /// <param name="alphabet">Letters the meant text may have.</param>
    public static IReadOnlySet<string> Meant(string typed, string alphabet)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(alphabet);
        var meant = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i <= typed.Length; i++)
        {
            string before = typed[..i], after = typed[i..];
            foreach (var letter in alphabet)
            {
                meant.Add($"{before}{letter}{after}");
                if (after.Length > 0)
                {
                    meant.Add($"{before}{letter}{after[1..]}");
                }
            }

            if (after.Length > 0)
            {
                meant.Add(before + after[1..]);
            }

            if (after.Length > 1)
            {
                meant.Add($"{before}{after[1]}{after[0]}{after[2..]}");
            }
        }

        meant.Remove(typed);
        return meant;
    }

    /// <summary>
    /// True for a letter left out or a swap: of these there are as many as letters, of other letters and letters too many there
    /// are as many as letters times the alphabet, so that each single one is less likely what happened (noisy channel:
    /// Kernighan, Church, Gale, COLING 1990).
    /// </summary>
    public static bool IsLikelier(string typed, string meant)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(meant);
        return meant.Length > typed.Length || (meant.Length == typed.Length && typed.Where((letter, i) => letter != meant[i]).Count() == 2);
    }

    /// <summary>
    /// How many errors lie between two texts when no letter is touched twice (optimal string alignment, a restriction of
    /// Damerau's distance).
    /// </summary>
    public static int Between(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        int[] twoAbove = new int[other.Length + 1], above = new int[other.Length + 1], row = new int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = above[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                var least = Math.Min(change, Math.Min(above[j], row[j - 1]) + 1);
                row[j] = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] ? Math.Min(least, twoAbove[j - 2] + 1) : least;
            }

            (twoAbove, above, row) = (above, row, twoAbove);
        }

        return above[other.Length];
    }
}
