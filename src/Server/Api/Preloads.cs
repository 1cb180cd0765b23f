using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.FileProviders;

namespace MaritimeWatch.Server.Api;

/// <summary>
/// Names to the browser, with a page, what it will ask for (Link header, RFC 8288), so that it fetches it at once and not one import after the
/// other: the answers the page begins with (<c>data-asks</c>), its modules, its texts. Found in the files themselves: there is no list to keep.
/// </summary>
internal sealed partial class Preloads(IFileProvider files)
{
    private readonly ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>The header for a page of the web root; empty when it loads no module.</summary>
    /// <param name="page">File name of the page, for example <c>index.html</c>.</param>
    public string Of(string page) => known.GetOrAdd(page, _ =>
    {
        var text = Read(page);
        var modules = new List<string>();
        foreach (Match entry in Entry().Matches(text))
        {
            Follow(entry.Groups["path"].Value, modules);
        }

        return string.Join(", ", [.. Words(Asks(), text).Select(Fetched), .. modules.Select(m => $"<{m}>; rel=modulepreload"), .. Words(Texts(), text).Select(area => Fetched($"/lang/en/{area}.json"))]);
    });

    private static string Fetched(string path) => $"<{path}>; rel=preload; as=fetch; crossorigin";

    private static string[] Words(Regex attribute, string text) => attribute.Match(text).Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private void Follow(string path, List<string> modules)
    {
        if (modules.Contains(path))
        {
            return;
        }

        modules.Add(path);
        foreach (Match import in Import().Matches(Read(path)))
        {
            Follow(import.Groups["path"].Value is ['.', '/', .. var beside] ? $"{path[..(path.LastIndexOf('/') + 1)]}{beside}" : import.Groups["path"].Value, modules);
        }
    }

    private string Read(string path)
    {
        var file = files.GetFileInfo(path);
        if (!file.Exists)
        {
            return "";
        }

        using var reader = new StreamReader(file.CreateReadStream());
        return reader.ReadToEnd();
    }

    [GeneratedRegex("""<script type="module" src="(?<path>/js/[^"]+)">""")]
    private static partial Regex Entry();

    [GeneratedRegex("""<html[^>]* data-texts="(?<words>[^"]+)""")]
    private static partial Regex Texts();

    [GeneratedRegex("""<html[^>]* data-asks="(?<words>[^"]+)""")]
    private static partial Regex Asks();

    // The house writes one import a line, from a path of its own; what a library imports within itself begins with no such line.
    [GeneratedRegex("""^import .*?'(?<path>(\./|/)[\w/.-]+)';""", RegexOptions.Multiline)]
    private static partial Regex Import();
}
