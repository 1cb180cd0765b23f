using System.CommandLine;
using System.Diagnostics;
using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Clash;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Interference;
using MaritimeWatch.Detection.Silence;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Feeds.Registers;
using MaritimeWatch.Identity;
using MaritimeWatch.Scoring;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Commands;

/// <summary><c>score</c>: files in, findings out, without server or store (DESIGN 7).</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var positions = new Option<string[]>("--positions") { Description = $"Position files: {PositionFiles.Forms}; a folder means its files", Required = true, AllowMultipleArgumentsPerToken = true };
        var registry = new Option<string[]>("--registry") { Description = "Flag-register CSV files", AllowMultipleArgumentsPerToken = true };
        var listings = new Option<string[]>("--listings") { Description = "List files: OFAC SDN vessels as JSON", AllowMultipleArgumentsPerToken = true };
        var from = new Option<DateTimeOffset?>("--from") { Description = "Leave out earlier positions (ISO 8601 UTC)" };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Leave out positions from here on" };
        var map = new Option<string[]>("--map") { Description = "Name a column, for example time=Local.Time", AllowMultipleArgumentsPerToken = true };
        var card = new Option<string?>("--registry-card") { Description = "Card with the register's column names (a name under seeds/feeds/registers or a path; default flag-register)" };
        var minGap = new Option<double>("--min-gap") { Description = "Hours; gaps up to this are not written", DefaultValueFactory = _ => 6 };
        var output = new Option<string>("--out") { Description = "Folder for findings.ndjson, gaps.ndjson, rejections.ndjson, summary.json", Required = true };
        var command = new Command("score", "Find silences and identity contradictions in files, without server or store") { positions, registry, listings, from, to, map, card, minGap, output };
        command.SetAction(p => Run(p.GetValue(positions)!, p.GetValue(registry) ?? [], p.GetValue(listings) ?? [], p.GetValue(from), p.GetValue(to), p.GetValue(map) ?? [], p.GetValue(card), p.GetValue(minGap), p.GetValue(output)!));
        return command;
    }

    private static int Run(string[] positions, string[] registry, string[] listings, DateTimeOffset? from, DateTimeOffset? to, string[] map, string? card, double minGap, string folder)
    {
        var clock = Stopwatch.StartNew();
        var house = House.Find();
        var flags = house.Flags();
        var input = new ScoreInput();
        using var rejections = Output.Create(Path.Combine(folder, "rejections.ndjson"));
        Progress.Show("reading", bar => input.Read(positions.SelectMany(FilesOf), house.PositionCards().With(map), from, to, r => Output.WriteLine(rejections, r), (path, rows) => bar($"{Path.GetFileName(path)}: {rows:N0} rows")));
        if (input.TrackCount == 0)
        {
            throw new InputException($"No usable position in {input.Count.Lines} rows; see {Path.Combine(folder, "rejections.ndjson")} for the reasons.");
        }

        var until = to ?? input.End;
        var registerCard = house.RegisterCard(card);
        var registers = registry.SelectMany(path => new RegisterReader(Path.GetFileNameWithoutExtension(path), registerCard, flags).Read(path, until).Claims).ToList();
        var lists = listings.SelectMany(path => new RegisterReader("OFAC SDN", house.RegisterCard("ofac-sdn"), flags).Read(path, until).Listings).ToList();
        var world = new ScoreWorld(input, registers, lists, flags, house.Chart(), until);
        var summary = new ScoreSummary();
        var threshold = TimeSpan.FromHours(minGap);
        var assessment = new Assessment(new SilenceOptions { Least = threshold }, new FlagOptions());
        using var findings = Output.Create(Path.Combine(folder, "findings.ndjson"));
        using var gaps = Output.Create(Path.Combine(folder, "gaps.ndjson"));
        Progress.Show("scoring", bar =>
        {
            foreach (var area in world.Areas.Select(a => new InterferenceDetector().Judge(a, until)))
            {
                Output.WriteLine(findings, ScoreJson.FindingLine.Of(area));
                summary.Add(area);
            }

            var pictures = world.Pictures().ToList();
            foreach (var pair in new SynchronisedIdentities(new SynchronisedOptions()).Find(pictures))
            {
                Output.WriteLine(findings, ScoreJson.FindingLine.Of(pair));
                summary.Add(pair);
            }

            foreach (var picture in pictures)
            {
                var found = assessment.Of(picture, DateTimeOffset.MinValue);
                var judged = found.Where(f => f.Kind == FindingKind.Silence).ToDictionary(f => f.Id);
                foreach (var gap in Assessment.Chains(picture).SelectMany(c => GapDetector.Find(c.TrackId, c.Fixes.Select(f => Heard.Of(f)), until, new GapOptions { Threshold = threshold })).OrderBy(g => g.Off.Time))
                {
                    Output.WriteLine(gaps, ScoreJson.GapLine.Of(gap, picture.Mmsi, until, judged[gap.Id]));
                }

                foreach (var finding in found)
                {
                    Output.WriteLine(findings, ScoreJson.FindingLine.Of(finding));
                }

                summary.Add(picture, found);
                bar($"{summary.Vessels:N0} of {input.TrackCount:N0} tracks");
            }
        });
        using (var file = Output.Create(Path.Combine(folder, "summary.json")))
        {
            Output.WriteLine(file, summary.Of(input, world.Joins(), clock.Elapsed));
        }

        Console.Error.WriteLine($"{input.Count.Lines:N0} rows, {input.TrackCount:N0} vessels, {summary.Findings:N0} findings, {summary.Alerts:N0} would be raised to a person; written to {folder}");
        return 0;
    }

    private static IReadOnlyList<string> FilesOf(string path)
    {
        IReadOnlyList<string> files = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path).Where(f => !Path.GetFileName(f).StartsWith('.')).Order(StringComparer.Ordinal)] : [path];
        return files.Count > 0 ? files : throw new InputException($"{path}: expected position files in the folder, found none. Name another folder or a file.");
    }
}
