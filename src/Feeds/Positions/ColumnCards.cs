using System.Text.Json;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>What is known of a kind of position file: who publishes it, under what licence, and its habits.</summary>
/// <param name="Forms">Contents the card is for.</param>
/// <param name="RecognisedBy">Columns which, all present, tell this kind.</param>
/// <param name="Columns">Names that hold in this kind in place of the general ones, by field.</param>
/// <param name="Tenths">Fields written in tenths of our unit.</param>
/// <param name="PerMessage">A row is one message of a ship, static or not, rather than a position with everything known beside it.</param>
public sealed record PositionCard(string Name, string Publisher, string Licence, string Frequency, IReadOnlyList<string> KnownDirtyValues,
    IReadOnlyList<FileContent> Forms, IReadOnlyList<string> RecognisedBy, bool DayFirst, ReceiverKind Receiver,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Columns = null, IReadOnlyList<string>? Tenths = null, bool PerMessage = false);

/// <summary>Column names by which files are read (seeds/feeds): facts about files, kept as data.</summary>
/// <param name="Cards">Kinds of files.</param>
/// <param name="Columns">Plain names of each field, the best first.</param>
/// <param name="ShipTypes">Beginnings of the words by which files name a ship type, and codes of other systems, each with its type of ITU-R M.1371-5, table 53.</param>
public sealed record ColumnCards(IReadOnlyList<PositionCard> Cards, IReadOnlyDictionary<string, IReadOnlyList<string>> Columns, IReadOnlyDictionary<string, int> ShipTypes)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <exception cref="InputException">The card file is missing or not readable.</exception>
    public static ColumnCards Load(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<ColumnCards>(file, Json) ?? throw new InputException($"{path}: expected column cards, found nothing.");
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new InputException($"{path}: column cards not readable ({e.Message})", e);
        }
    }

    /// <summary>The same cards with columns named by the user, for example <c>time=Local.Time</c>.</summary>
    /// <exception cref="InputException">A mapping names a field that does not exist.</exception>
    public ColumnCards With(IReadOnlyCollection<string> mappings)
    {
        var columns = Columns.ToDictionary();
        foreach (var mapping in mappings)
        {
            var parts = mapping.Split('=', 2);
            if (parts.Length != 2 || !columns.ContainsKey(parts[0]))
            {
                throw new InputException($"--map {mapping}: expected field=column with a field of {string.Join(", ", columns.Keys)}.");
            }

            columns[parts[0]] = [Plain(parts[1])];
        }

        // What the user names holds before what a card says.
        var named = mappings.Select(m => m.Split('=', 2)[0]).ToHashSet();
        var cards = Cards.Select(c => c.Columns is null ? c : c with { Columns = c.Columns.Where(f => !named.Contains(f.Key)).ToDictionary() });
        return this with { Columns = columns, Cards = [.. cards] };
    }

    /// <summary>Index of each known field in a header row; a field that is absent is not in the result.</summary>
    public IReadOnlyDictionary<string, int> Locate(IReadOnlyList<string> header)
    {
        var names = header.Select(Plain).ToList();
        var at = new Dictionary<string, int>();
        foreach (var (field, synonyms) in Columns)
        {
            foreach (var synonym in synonyms)
            {
                var index = names.IndexOf(synonym);
                if (index >= 0 && !at.ContainsValue(index))
                {
                    at[field] = index;
                    break;
                }
            }
        }

        return at;
    }

    /// <summary>The first card for this content whose columns are all there. The last card of each content takes any columns.</summary>
    public PositionCard CardFor(IReadOnlyList<string> header, FileContent form = FileContent.Csv)
    {
        var names = header.Select(Plain).ToHashSet();
        return Cards.First(card => card.Forms.Contains(form) && card.RecognisedBy.All(names.Contains));
    }

    /// <summary>Plain names of a field in files of a kind, the best first.</summary>
    internal IReadOnlyList<string> SynonymsOf(string field, PositionCard card) => card.Columns is { } own && own.TryGetValue(field, out var names) ? names : Columns[field];

    /// <summary>Ship and cargo type 1 to 255 from its number or its name; null where neither is known.</summary>
    public int? ShipTypeOf(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (RowValues.Number(text) is { } number and <= 255)
        {
            return number >= 1 ? (int)number : null;
        }

        foreach (var (start, type) in ShipTypes)
        {
            if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>Letters and digits in lower case: <c># Timestamp</c> and <c>Local.Time</c> become <c>timestamp</c> and <c>localtime</c>.</summary>
    public static string Plain(string name) => new([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
}
