using System.Text.RegularExpressions;
using MaritimeWatch.Support;

namespace MaritimeWatch.Unit.Rules;

/// <summary>A line of the project, with its place for the message of a broken rule.</summary>
internal readonly record struct HouseLine(string File, int Number, string Text)
{
    public string Says(string what) => $"{File}:{Number}: {what}";
}

/// <summary>The project's files as the rules read them: no build output, no fetched packages, no run-time state.</summary>
internal static partial class House
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "lib", ".git", "data", ".vs", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>Paths from the root with forward slashes, in order of name.</summary>
    public static IEnumerable<string> Files(string folder, string pattern = "*") =>
        Walk(new DirectoryInfo(Path.Combine(SharedData.Root, folder)), pattern)
            .Select(f => Path.GetRelativePath(SharedData.Root, f.FullName).Replace('\\', '/')).Order(StringComparer.Ordinal);

    public static string Text(string file) => File.ReadAllText(Path.Combine(SharedData.Root, file));

    public static IEnumerable<HouseLine> Lines(string file) => File.ReadLines(Path.Combine(SharedData.Root, file)).Select((text, i) => new HouseLine(file, i + 1, text));

    /// <summary>Lines of C# without comments.</summary>
    public static IEnumerable<HouseLine> Code(string file) => Lines(file).Select(l => l with { Text = Comment().Replace(l.Text, "") });

    /// <summary>Fails with every breach on a line of its own.</summary>
    public static void Holds(string rule, IEnumerable<string> breaches)
    {
        var all = breaches.ToList();
        Assert.True(all.Count == 0, $"{rule}\n{string.Join('\n', all)}");
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder, string pattern) => folder.EnumerateFiles(pattern)
        .Concat(folder.EnumerateDirectories().Where(d => !NotOurs.Contains(d.Name)).SelectMany(d => Walk(d, pattern)));

    [GeneratedRegex(@"(?<![:""])//.*$")]
    private static partial Regex Comment();
}
