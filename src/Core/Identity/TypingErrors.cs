namespace MaritimeWatch.Identity;

/// <summary>
/// How many typing errors lie between two texts: letters left out, put in, replaced, or two neighbours swapped (optimal string
/// alignment: F. Damerau, Communications of the ACM 7(3), 1964, doi 10.1145/363958.363994).
/// </summary>
public static class TypingErrors
{
    /// <summary>The number of errors, or <paramref name="most"/> + 1 when there are more.</summary>
    public static int Between(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most)
        {
            return most + 1;
        }

        Span<int> before = stackalloc int[b.Length + 1], above = stackalloc int[b.Length + 1], row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            above.CopyTo(before);
            row.CopyTo(above);
        }

        return Math.Min(above[b.Length], most + 1);
    }
}
