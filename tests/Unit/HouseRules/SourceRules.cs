using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Feeds.Registers;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Rules;

/// <summary>STYLE.md, sections 2, 5 and 6: what explains itself, and by what source.</summary>
public sealed class SourceRules
{
    [Fact]
    public void A_detector_cites_its_source_names_innocent_causes_and_says_what_it_does_not_claim() => House.Holds(
        "A detector has in its summary: a source, innocent causes, what is not claimed.",
        from file in House.Files("src/Core/Detection", "*Detector.cs")
        let declared = House.Lines(file).First(l => l.Text.Contains(" class ", StringComparison.Ordinal))
        let summary = string.Join(' ', House.Lines(file).TakeWhile(l => l.Number < declared.Number).Where(l => l.Text.TrimStart().StartsWith("///", StringComparison.Ordinal)).Select(l => l.Text.Trim()))
        from (string Name, string Pattern) part in new[] { ("a source", @"\b(SCIENCE|ITU|IMO|IEC|doi)\b"), ("innocent causes", "Innocent causes:"), ("what is not claimed", "Not claimed:") }
        where !Regex.IsMatch(summary, part.Pattern)
        select declared.Says($"the summary lacks {part.Name}"));

    [Fact]
    public void Every_card_names_publisher_licence_frequency_and_known_dirty_values()
    {
        var positions = ColumnCards.Load(Path.Combine(SharedData.Root, "seeds", "feeds", "position-columns.json")).Cards
            .Select(c => (File: "seeds/feeds/position-columns.json", c.Name, c.Publisher, c.Licence, c.Frequency, c.KnownDirtyValues));
        var registers = Directory.EnumerateFiles(Path.Combine(SharedData.Root, "seeds", "feeds", "registers"), "*.json")
            .Select(f => (File: $"seeds/feeds/registers/{Path.GetFileName(f)}", RegisterCard.Load(f).Card))
            .Select(f => (f.File, f.Card.Name, f.Card.Publisher, f.Card.Licence, f.Card.Frequency, f.Card.KnownDirtyValues));
        var live = Directory.EnumerateFiles(Path.Combine(SharedData.Root, "seeds", "feeds", "live"), "*.json")
            .Select(f => (File: $"seeds/feeds/live/{Path.GetFileName(f)}", JsonSerializer.Deserialize<LiveCard>(File.ReadAllText(f), JsonSerializerOptions.Web)!.Card))
            .Select(f => (f.File, f.Card.Name, f.Card.Publisher, f.Card.Licence, f.Card.Frequency, f.Card.KnownDirtyValues)).ToList();
        Assert.Equal(6, live.Count);
        House.Holds(
            "A card has publisher, licence, frequency and known dirty values.",
            from card in positions.Concat(registers).Concat(live)
            from (string Field, bool Filled) part in new[]
            {
                ("name", Filled(card.Name)), ("publisher", Filled(card.Publisher)), ("licence", Filled(card.Licence)), ("frequency", Filled(card.Frequency)),
                ("knownDirtyValues", card.KnownDirtyValues is { Count: > 0 } && card.KnownDirtyValues.All(Filled)),
            }
            where !part.Filled
            select $"{card.File}: card '{card.Name}' has no {part.Field}");

        static bool Filled(string? text) => !string.IsNullOrWhiteSpace(text);
    }

    [Theory]
    [InlineData("seeds")]
    [InlineData("maps")]
    public void Every_file_beside_a_provenance_is_named_in_it(string folder)
    {
        var provenance = House.Text($"{folder}/PROVENANCE.md");
        House.Holds(
            $"Every file of {folder}/ is named in {folder}/PROVENANCE.md: itself, its folder, or its kind in the folder.",
            from file in House.Files(folder)
            let name = file[(folder.Length + 1)..]
            let parent = name.Contains('/', StringComparison.Ordinal) ? name[..(name.IndexOf('/', StringComparison.Ordinal) + 1)] : null
            where name != "PROVENANCE.md"
                && !provenance.Contains($"`{name}`", StringComparison.Ordinal) && !provenance.Contains($"{folder}/{name}", StringComparison.Ordinal)
                && !(parent is not null && (provenance.Contains($"`{parent}`", StringComparison.Ordinal) || provenance.Contains($"`{parent}*{Path.GetExtension(name)}`", StringComparison.Ordinal)))
            select $"{file}:1: not named in {folder}/PROVENANCE.md");
    }

    [Fact]
    public void Every_public_type_of_Core_Feeds_and_Storage_has_a_summary() => House.Holds(
        "Public types have a summary: meaning, units, source.",
        from assembly in new[] { typeof(Mmsi).Assembly, typeof(InputException).Assembly, typeof(StoreException).Assembly }
        let summaries = Summaries(assembly)
        from type in assembly.GetExportedTypes()
        where !summaries.Contains(type.FullName!.Replace('+', '.')) && !type.IsNested
        select $"{type.FullName}: no summary");

    [Fact]
    public void Every_package_carries_its_licence()
    {
        string? family = null;
        var breaches = new List<string>();
        foreach (var line in House.Lines("Directory.Packages.props"))
        {
            if (Regex.Match(line.Text, "PackageVersion Include=\"([^\"]+)\"") is not { Success: true } package)
            {
                continue;
            }

            // A family of packages that come together has its licence on the first of them.
            var first = package.Groups[1].Value.Split('.')[0];
            if (Regex.IsMatch(line.Text, @"<!--.*\b(MIT|Apache-2\.0|BSD-[23]-Clause|LGPL-3\.0|MPL-2\.0|ISC)\b.*-->"))
            {
                family = first;
            }
            else if (first != family)
            {
                breaches.Add(line.Says($"{package.Groups[1].Value} has no licence beside it"));
            }
        }

        House.Holds("A package needs a reason and a licence.", breaches);
    }

    [Fact]
    public void Every_project_has_a_lock_file() => House.Holds(
        "Lock files exist for every project.",
        from project in House.Files("src", "*.csproj").Concat(House.Files("tests", "*.csproj"))
        where !File.Exists(Path.Combine(SharedData.Root, Path.GetDirectoryName(project)!, "packages.lock.json"))
        select $"{project}:1: no packages.lock.json beside it");

    [Fact]
    public void Every_store_interface_has_a_contract_suite()
    {
        var suites = House.Files("tests/Integration/Stores", "*Contract*.cs").Select(House.Text).ToList();
        House.Holds(
            "Sqlite and Cosmos pass one contract suite: every interface of Stores.cs is asked in one.",
            from line in House.Lines("src/Storage/Stores.cs")
            let store = Regex.Match(line.Text, @"public interface (I\w+Store)")
            where store.Success && !suites.Any(s => s.Contains("abstract class", StringComparison.Ordinal) && Regex.IsMatch(s, $@"\b{store.Groups[1].Value}\b"))
            select line.Says($"no abstract *Contract class in tests/Integration/Stores uses {store.Groups[1].Value}"));
    }

    [Fact]
    public void Every_contract_suite_runs_on_both_stores()
    {
        var classes = House.Files("tests/Integration/Stores", "*.cs").SelectMany(House.Code).ToList();
        House.Holds(
            "A suite that only one store passes is no contract: every *Contract class has a Sqlite and a Cosmos one that inherits it.",
            from line in classes
            let suite = Regex.Match(line.Text, @"abstract class (\w+Contract) : StoreContract")
            where suite.Success
            from store in new[] { "Sqlite", "Cosmos" }
            where !classes.Exists(c => Regex.IsMatch(c.Text, $@"class {store}\w+ : {suite.Groups[1].Value}\b"))
            select line.Says($"no {store}… class inherits {suite.Groups[1].Value}"));
    }

    [Fact]
    public void Every_store_interface_is_built_on_both_stores() => House.Holds(
        "What one store keeps the other keeps too: every interface of Stores.cs has a Sqlite and a Cosmos class.",
        from line in House.Lines("src/Storage/Stores.cs")
        let store = Regex.Match(line.Text, @"public interface (I\w*Store)\b")
        where store.Success
        from kind in new[] { "Sqlite", "Cosmos" }
        where !House.Files($"src/Storage/{kind}", "*.cs").SelectMany(House.Code).Any(c => Regex.IsMatch(c.Text, $@"class {kind}\w+.*: {store.Groups[1].Value}\b"))
        select line.Says($"no {kind}… class has {store.Groups[1].Value}"));

    private sealed record LiveCard(LiveCard.About Card)
    {
        public sealed record About(string Name, string Publisher, string Licence, string Frequency, IReadOnlyList<string> Formats, IReadOnlyList<string> KnownDirtyValues);
    }

    private static HashSet<string> Summaries(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        return [.. XDocument.Load(path).Descendants("member").Where(m => !string.IsNullOrWhiteSpace(m.Element("summary")?.Value) || m.Element("inheritdoc") is not null)
            .Select(m => (string)m.Attribute("name")!).Where(n => n.StartsWith("T:", StringComparison.Ordinal)).Select(n => n[2..])];
    }
}
