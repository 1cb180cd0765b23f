namespace MaritimeWatch.Feeds.Positions;

/// <summary>One record of a position file as named texts, whatever the file's form.</summary>
/// <param name="Place">Where it stands, for example <c>line 17</c>.</param>
/// <param name="Values">Names as the file writes them, nested ones joined with a dot, and their texts. What is missing is not there.</param>
/// <param name="Raw">The record as it stands in the file, valid until the next one is read.</param>
/// <param name="Fault">Why the record cannot be read at all, null when it can.</param>
internal sealed record NamedRow(string Place, List<NamedValue> Values, Func<string> Raw, string? Fault = null);

/// <param name="Text">Never empty, and never a word for nothing.</param>
/// <param name="Inherited">True for a value of the document around the record: its time holds where the record has none, and nothing else of it is the ship's.</param>
internal readonly record struct NamedValue(string Name, string Text, bool Inherited = false)
{
    /// <summary>Adds a value unless the text says there is none.</summary>
    public static void Add(List<NamedValue> values, string name, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text) && text is not ("None" or "null" or "NaN" or "nan"))
        {
            values.Add(new NamedValue(name, text));
        }
    }
}

/// <summary>Which fields a name stands for, by the synonyms of the cards; a record's own card goes before the general ones.</summary>
internal sealed class FieldNames(ColumnCards cards, PositionCard card)
{
    private const int InheritedRank = 1000;

    private readonly Dictionary<string, (string Field, int Rank)[]> known = [];

    /// <summary>Names met so far and the fields each stands for.</summary>
    public IReadOnlyDictionary<string, (string Field, int Rank)[]> Known => known;

    /// <summary>The values of a row by field. Where several names stand for a field, the earlier synonym holds, and a whole name before a last part.</summary>
    public Dictionary<string, string> Read(NamedRow row)
    {
        var best = new Dictionary<string, (string Text, int Rank)>();
        foreach (var (name, text, inherited) in row.Values)
        {
            foreach (var (field, own) in Meet(name).Where(f => !inherited || f.Field == "time"))
            {
                var rank = own + (inherited ? InheritedRank : 0);
                if (!best.TryGetValue(field, out var other) || rank < other.Rank)
                {
                    best[field] = (text, rank);
                }
            }
        }

        return best.ToDictionary(f => f.Key, f => f.Value.Text);
    }

    /// <summary>The fields a name stands for, the better the lower the rank.</summary>
    public (string Field, int Rank)[] Meet(string name) => known.TryGetValue(name, out var fields) ? fields : known[name] = [.. Of(name)];

    private IEnumerable<(string Field, int Rank)> Of(string name)
    {
        var whole = ColumnCards.Plain(name);
        var last = ColumnCards.Plain(name[(name.LastIndexOf('.') + 1)..]);
        foreach (var field in cards.Columns.Keys)
        {
            var synonyms = cards.SynonymsOf(field, card).ToList();
            var (asWhole, asLast) = (synonyms.IndexOf(whole), synonyms.IndexOf(last));
            if (asWhole >= 0 || asLast >= 0)
            {
                yield return (field, asWhole >= 0 ? 2 * asWhole : (2 * asLast) + 1);
            }
        }
    }
}
