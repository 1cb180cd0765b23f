using System.Text.RegularExpressions;

namespace MaritimeWatch.Unit.Rules;

/// <summary>STYLE.md, sections 4 and 7: no word of guilt for an indicator, nothing of one machine, nothing left undone.</summary>
public sealed class WordRules
{
    private static readonly Regex Guilt = new(@"\b(illegal|illegally|illicit|criminals?|suspicious|suspects?|suspected|rogue|smugglers?|smuggling|guilty|guilt|dark[ -]ships?|targets?|pings?|pinged)\b", RegexOptions.IgnoreCase);

    /// <summary>Programming terms: a DOM event's target, an HTML link's target, MSBuild targets.</summary>
    private static readonly Regex Technical = new(@"\.targets?\b|\btarget\s*=|\bcurrentTarget\b|[?&{,(]\s*target\s*[,})]", RegexOptions.IgnoreCase);

    [Fact]
    public void No_word_of_guilt_stands_on_a_screen_in_a_message_or_in_a_seed() => House.Holds(
        "We show indicators with sources: no word of guilt, no target, no ping.",
        from line in Told()
        from Match found in Guilt.Matches(Technical.Replace(line.Text, " "))
        select line.Says($"'{found.Value}' in: {line.Text.Trim()}"));

    [Fact]
    public void The_rule_of_words_sees_what_it_should_and_nothing_else()
    {
        Assert.All(["An illegal act", "a DARK SHIP", "on target", "last ping", "Suspicious"], text => Assert.Matches(Guilt, Technical.Replace(text, " ")));
        Assert.All(["mapping", "shipping", "event.target.value", "import Viewer.targets", "<a target=\"_blank\">"], text => Assert.DoesNotMatch(Guilt, Technical.Replace(text, " ")));
    }

    [Fact]
    public void No_host_of_a_registry_and_no_path_of_one_machine_stands_in_a_text()
    {
        // In pieces, so that this file passes its own rule.
        string[] forbidden = ["registry." + "npmjs", "registry." + "yarnpkg", "api.nuget" + ".org", "nuget" + ".org/v3", "artifact" + "ory", "/ho" + "me/", "/ro" + "ot/", "/wo" + "rk/", "/Us" + "ers/", "C:\\Us" + "ers"];
        House.Holds(
            "No registry host and no absolute path of a machine in a tracked text.",
            from file in House.Files("").Where(IsText)
            from line in House.Lines(file)
            from word in forbidden
            where line.Text.Contains(word, StringComparison.OrdinalIgnoreCase)
            select line.Says($"'{word}'"));
    }

    [Fact]
    public void Nothing_is_left_as_a_note_to_do_later()
    {
        var marks = new Regex(@"\b(TO" + "DO|FIX" + "ME|HA" + "CK|NotImplemented" + @"Exception)\b");
        House.Holds(
            "What is written is done; what is not done is not written.",
            from file in House.Files("src").Concat(House.Files("tests")).Where(IsText)
            from line in House.Lines(file)
            where marks.IsMatch(line.Text)
            select line.Says(line.Text.Trim()));
    }

    /// <summary>Texts that people meet: literals of the source, pages and scripts, settings, seeds.</summary>
    private static IEnumerable<HouseLine> Told()
    {
        var literals = House.Files("src", "*.cs").SelectMany(Literals);
        var pages = House.Files("src/Server/wwwroot").Where(f => Path.GetExtension(f) is ".html" or ".js" or ".css").SelectMany(House.Lines);
        var seeds = House.Files("seeds").Where(IsText).SelectMany(House.Lines);
        return literals.Concat(pages).Concat(seeds).Concat(House.Lines("appsettings.json"));
    }

    /// <summary>The literal texts of a source file; inside a raw literal of several lines the whole line.</summary>
    private static IEnumerable<HouseLine> Literals(string file)
    {
        var raw = false;
        foreach (var line in House.Code(file))
        {
            var quotes = Regex.Count(line.Text, "\"{3,}");
            yield return line with { Text = raw || quotes > 0 ? line.Text : string.Join(' ', Regex.Matches(line.Text, "\"(?:[^\"\\\\]|\\\\.)*\"").Select(m => m.Value)) };
            raw ^= quotes % 2 == 1;
        }
    }

    private static bool IsText(string file) =>
        Path.GetExtension(file) is ".cs" or ".md" or ".json" or ".csv" or ".js" or ".mjs" or ".css" or ".html" or ".props" or ".csproj" or ".sln" or ".targets" or ".txt" or ".geojson" or ".yml" or ".yaml" or ".sh" or ".svg" or ".config";
}
