using System.Reflection;
using System.Text.RegularExpressions;
using MaritimeWatch.Feeds;
using MaritimeWatch.Server;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;
using MaritimeWatch.Unit.Rules;
using Microsoft.Extensions.Hosting;

namespace MaritimeWatch.Unit;

/// <summary>STYLE.md, sections 2, 5 and 7: who may refer to whom, how things are called, how long a file may be.</summary>
public sealed class HouseRules
{
    private static readonly Assembly Core = typeof(Mmsi).Assembly, Feeds = typeof(InputException).Assembly, Storage = typeof(StoreException).Assembly, Server = typeof(Corridor).Assembly;

    /// <summary>Units ← Identity ← Tracks, Records ← Detection ← Scoring ← Rules ← Cases ← Alerts ← Registry.</summary>
    private static readonly string[][] Order = [["Units"], ["Identity"], ["Tracks", "Records"], ["Detection"], ["Scoring"], ["Rules"], ["Cases"], ["Alerts"], ["Registry"]];

    public static TheoryData<string, string> References => new()
    {
        { "src/Core/Core.csproj", "" }, { "src/Feeds/Feeds.csproj", "Core.csproj" }, { "src/Storage/Storage.csproj", "Core.csproj" },
    };

    [Theory]
    [MemberData(nameof(References))]
    public void Core_refers_to_no_project_and_Feeds_and_Storage_to_Core_alone(string project, string allowed) => House.Holds(
        "Rule of dependency: Feeds → Core ← Storage; Core refers to nobody.",
        from line in House.Lines(project)
        let reference = Regex.Match(line.Text, "ProjectReference Include=\"([^\"]+)\"")
        where reference.Success && (allowed.Length == 0 || !reference.Groups[1].Value.EndsWith("/" + allowed, StringComparison.Ordinal))
        select line.Says($"refers to {reference.Groups[1].Value}"));

    [Fact]
    public void Core_performs_no_input_or_output_reads_no_clock_and_knows_no_container() => House.Holds(
        "Core performs no I/O, reads no clock, throws no dice, knows no DI.",
        from file in House.Files("src/Core", "*.cs")
        from line in House.Code(file)
        let found = Regex.Match(line.Text, @"\b(File|FileInfo|FileStream|StreamReader|StreamWriter|Directory|DirectoryInfo|HttpClient|Socket|TcpClient|Console|System\.Diagnostics\.Process|Environment|Stopwatch|TimeProvider|Random|IServiceProvider|IServiceCollection|IConfiguration|ILogger|Thread|Timer)\b(?=[\s.(<])|\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|\busing System\.(IO|Net)\b")
        where found.Success
        select line.Says($"uses {found.Value}"));

    [Fact]
    public void Within_Core_no_folder_uses_a_later_one() => House.Holds(
        "Within Core: Units ← Identity ← Tracks, Records ← Detection ← Scoring ← Rules ← Cases ← Alerts ← Registry.",
        from file in House.Files("src/Core", "*.cs")
        let own = file.Split('/')[2]
        let rank = Array.FindIndex(Order, o => o.Contains(own))
        from line in House.Code(file)
        from Match used in Regex.Matches(line.Text, @"\bMaritimeWatch\.(Units|Identity|Tracks|Records|Detection|Scoring|Rules|Cases|Alerts|Registry)\b")
        let other = used.Groups[1].Value
        where rank < 0 || (other != own && Array.FindIndex(Order, o => o.Contains(other)) >= rank)
        select line.Says(rank < 0 ? $"the folder {own} has no place in the order" : $"{own} uses {other}"));

    [Fact]
    public void Every_file_of_Core_stands_in_the_namespace_of_its_folder() => House.Holds(
        "A file's namespace is its folder, so that the order of folders can be read from the usings.",
        from file in House.Files("src/Core", "*.cs")
        let expected = "MaritimeWatch." + string.Join('.', file.Split('/')[2..^1])
        from line in House.Code(file)
        where line.Text.StartsWith("namespace ", StringComparison.Ordinal) && line.Text.Trim() != $"namespace {expected};"
        select line.Says($"expected namespace {expected}"));

    [Fact]
    public void No_type_is_named_after_nothing_or_after_its_age() => House.Holds(
        "Not in this house: Helpers, Utils, Common, Manager, Service, Processor, Base, V2, New, Old, Legacy, Lab.",
        from assembly in new[] { Core, Feeds, Storage, Server }
        from type in assembly.GetTypes()
        let name = type.Name.Split('`')[0]
        where !name.Contains('<', StringComparison.Ordinal)
            && Regex.IsMatch(name, "(Helpers?|Utils?|Utilities|Common|Manager|Service|Processor|Base|V2|New|Old|Legacy|Lab)$")
            && !typeof(BackgroundService).IsAssignableFrom(type)
        select $"{FileOf(type)}: {type.FullName}");

    [Fact]
    public void An_interface_has_two_implementations_or_is_a_store_of_Stores_cs() => House.Holds(
        "Interfaces with one implementation are not in this house, but for the stores.",
        from assembly in new[] { Core, Feeds, Storage, Server }
        from type in assembly.GetTypes().Where(t => t.IsInterface)
        where !House.Text("src/Storage/Stores.cs").Contains($"public interface {type.Name.Split('`')[0]}", StringComparison.Ordinal)
        let made = new[] { Core, Feeds, Storage, Server }.SelectMany(a => a.GetTypes()).Count(t => t.IsClass && !t.IsAbstract && type.IsAssignableFrom(t))
        where made < 2
        select $"{FileOf(type)}: {type.FullName} has {made}");

    [Fact]
    public void A_file_has_at_most_four_hundred_lines_the_corridor_under_150_and_the_program_under_80() => House.Holds(
        "Size: stop at 400 lines; the corridor under 150, Program.cs under 80.",
        from file in House.Files("src", "*.cs").Concat(House.Files("tests", "*.cs")).Concat(House.Files("src/Server/wwwroot").Where(f => Path.GetExtension(f) is ".js" or ".css" or ".html"))
        let limit = file switch { "src/Server/Corridor.cs" => 149, "src/Server/Program.cs" => 79, _ => 400 }
        let count = House.Lines(file).Count()
        where count > limit
        select $"{file}:{limit + 1}: {count} lines, at most {limit}");

    private static string FileOf(Type type)
    {
        var declared = new Regex($@"\b(class|record|struct|interface|enum|delegate)\b.*\b{type.Name.Split('`')[0]}\b");
        var place = House.Files("src", "*.cs").SelectMany(House.Code).FirstOrDefault(l => declared.IsMatch(l.Text));
        return $"{place.File}:{place.Number}";
    }
}
