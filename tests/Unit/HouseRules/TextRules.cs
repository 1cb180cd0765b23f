using System.Text.Json;
using System.Text.RegularExpressions;

namespace MaritimeWatch.Unit.Rules;

/// <summary>What stands on a screen stands in a resource file: every text has a key, every key a text, and every language the same blanks to fill.</summary>
public sealed class TextRules
{
    private const string Root = "src/Server/wwwroot";

    /// <summary>Names that a program knows things by, not words for people.</summary>
    private static readonly Regex Technical = new(@"^(Arrow(Up|Down|Left|Right)|Home|End|Enter|Escape|Tab|Space|Delete|Backspace|Page(Up|Down)|Content-Type|Accept|X-[A-Za-z-]+|Feature(Collection)?|(Multi)?(Point|LineString|Polygon)|Code needed|English|Français|Idempotency-Key|Noto Sans|Feeds:0:Source)$");

    /// <summary>Marks that are the same in every language.</summary>
    private static readonly Regex Universal = new(@"\b(MaritimeWatch|IMO|MMSI|UTC|TLP|TLP:[A-Z+]+|AIS|VHF|CSV|Esc|GeoJSON|JSON|PDF|HTML|ISO|kn|nm|min)\b");

    private static readonly IReadOnlyList<(string Language, string Area, string Key, IReadOnlyList<string> Forms)> Texts = [.. Read()];
    private static readonly ILookup<string, string> AreaOf = Texts.Where(t => t.Language == "en").ToLookup(t => t.Key, t => t.Area);
    private static readonly Regex Key = new($@"['""](?<key>({string.Join('|', AreaOf.Select(k => k.Key.Split('.')[0]).Distinct())})\.[A-Za-z0-9][\w .:-]*)['""]");

    // Sets of codes: group('kind'), or `access.scope.${code}`.
    private static readonly Regex Set = new(@"\bgroup\('(?<set>[\w.]+)'\)|`(?<set>[a-z][\w.]*)\.\$\{");

    private static IEnumerable<string> Scripts => House.Files($"{Root}/js", "*.js");

    private static IEnumerable<string> Pages => House.Files(Root, "*.html");

    [Fact]
    public void Every_key_of_a_page_or_a_script_has_an_English_text() => House.Holds(
        "A key without a text shows itself on the screen.",
        from file in Scripts.Concat(Pages)
        from line in House.Lines(file)
        from Match found in Regex.Matches(line.Text, @"\bt\('(?<key>[^']+)'|\bdata-t(-\w+)?=""(?<key>[^""]+)""")
        where !AreaOf.Contains(found.Groups["key"].Value)
        select line.Says($"no text for '{found.Groups["key"].Value}' in lang/en"));

    [Fact]
    public void Every_English_text_is_used()
    {
        var sources = Scripts.Concat(Pages).Select(House.Text).ToList();
        var keys = sources.SelectMany(s => Key.Matches(s)).Select(m => m.Groups["key"].Value).ToHashSet();
        var sets = sources.SelectMany(s => Set.Matches(s)).Select(m => m.Groups["set"].Value).ToHashSet();
        House.Holds("A text that no page shows is taken out.", AreaOf.Select(k => k.Key).Where(k => !keys.Contains(k) && !sets.Any(set => k.StartsWith(set + ".", StringComparison.Ordinal))));
    }

    [Fact]
    public void One_key_stands_in_one_area() => House.Holds("Areas are loaded together: a key has one text.", AreaOf.Where(k => k.Count() > 1).Select(k => $"{k.Key}: {string.Join(", ", k)}"));

    [Fact]
    public void Another_language_has_no_key_that_English_lacks_and_the_same_blanks() => House.Holds(
        "A translation stands in the same area, and fills in the same values.",
        from text in Texts
        where text.Language != "en"
        let english = Texts.Where(t => t.Language == "en" && t.Area == text.Area && t.Key == text.Key).ToList()
        let says = $"lang/{text.Language}/{text.Area}.json: {text.Key}"
        from breach in english.Count == 0 ? [$"{says} is not in lang/en/{text.Area}.json"]
            : text.Forms.Where((form, i) => Counted(english[0].Forms) ? Blanks([form]).Except(Blanks(english[0].Forms)).Any() : !Blanks([form]).SetEquals(Blanks(english[0].Forms))).Select(form => $"{says}: '{form}' does not fill in {string.Join(", ", Blanks(english[0].Forms))}")
        select breach);

    [Fact]
    public void A_page_loads_the_areas_of_every_key_its_scripts_use() => House.Holds(
        "A page names in data-texts the areas of all its keys.",
        from page in Pages
        let source = House.Text(page)
        let loaded = Regex.Match(source, @"data-texts=""([^""]+)""").Groups[1].Value.Split(' ').ToHashSet()
        from file in Regex.Matches(source, @"<script type=""module"" src=""/(js/[\w-]+\.js)""").SelectMany(m => WithImports($"{Root}/{m.Groups[1].Value}", [])).Prepend(page).Distinct()
        from key in Key.Matches(House.Text(file)).Select(m => m.Groups["key"].Value).Where(AreaOf.Contains)
            .Concat(Set.Matches(House.Text(file)).SelectMany(m => AreaOf.Select(k => k.Key).Where(k => k.StartsWith(m.Groups["set"].Value + ".", StringComparison.Ordinal)).Take(1)))
        where !loaded.Contains(AreaOf[key].First())
        select $"{page}: {key} of {file} needs the area {AreaOf[key].First()}");

    [Fact]
    public void No_script_holds_a_text_for_people() => House.Holds(
        "Texts stand in lang/en/<area>.json, not in scripts.",
        from file in Scripts
        from line in House.Lines(file)
        where !Regex.IsMatch(line.Text, @"^\s*(//|\*|/\*)|new Error\(|console\.(warn|error)|\b(in|out|uniform|layout|flat|precision) ")
        from Match found in Regex.Matches(Regex.Replace(line.Text, @"\s//\s.*$|\bclass: (`[^`]*`|'[^']*')|querySelector(All)?\([^)]*\)|matchMedia\([^)]*\)", ""), @"'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
        let text = Universal.Replace(Regex.Replace(found.Value[1..^1], @"\$\{[^{}]*(\{[^{}]*\}[^{}]*)*\}?", " "), " ").Trim()
        where !Technical.IsMatch(text) && Regex.IsMatch(text, @"^[A-Z][a-z]{2,}|^[a-z]+ [a-z]+ [a-z]+\b(?!.*[=<>])")
        select line.Says($"'{text}' needs a key"));

    [Fact]
    public void No_page_holds_a_text_for_people() => House.Holds(
        "A page names its texts by data-t, data-t-label, data-t-title, data-t-placeholder.",
        from file in Pages
        from line in House.Lines(file)
        from Match found in Regex.Matches(Regex.Replace(line.Text, "<kbd[^>]*>[^<]*</kbd>", ""), @">(?<text>[^<>]+)<|\s(aria-label|title|placeholder|alt)=""(?<text>[^""]+)""")
        where Regex.IsMatch(Universal.Replace(found.Groups["text"].Value, " "), @"\p{L}{2,}")
        select line.Says($"'{found.Groups["text"].Value.Trim()}' needs a key"));

    private static IEnumerable<string> WithImports(string file, HashSet<string> seen) => !seen.Add(file) ? [] :
        Regex.Matches(House.Text(file), @"from '\./([\w-]+\.js)'").SelectMany(m => WithImports($"{Root}/js/{m.Groups[1].Value}", seen)).Prepend(file);

    // Forms by number may say 'one' or 'two' without the figure.
    private static bool Counted(IReadOnlyList<string> forms) => forms.Count > 1;

    private static HashSet<string> Blanks(IEnumerable<string> forms) => [.. forms.SelectMany(f => Regex.Matches(f, @"\{(\w+)\}")).Select(m => m.Groups[1].Value)];

    private static IEnumerable<(string, string, string, IReadOnlyList<string>)> Read() =>
        from file in House.Files($"{Root}/lang", "*.json")
        let parts = file.Split('/')
        from text in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(House.Text(file))!
        select (parts[^2], Path.GetFileNameWithoutExtension(file), text.Key,
            (IReadOnlyList<string>)(text.Value.ValueKind == JsonValueKind.String ? [text.Value.GetString()!] : [.. text.Value.EnumerateObject().Select(f => f.Value.GetString()!)]));
}
