using System.Runtime.CompilerServices;
using System.Text.Json;
using MaritimeWatch.Records;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>
/// A folder into which files are put. Each complete file is read once, in the order they were written, with a mark of its own
/// in the feed's position; a file that has grown is read on from its mark. A file is complete when it did not change between
/// two looks and its name is not that of one being written (begins with a dot, ends with .tmp, .part, .partial or .filepart).
/// </summary>
/// <param name="setting">What every feed is given.</param>
/// <param name="folder">Path of the folder.</param>
/// <param name="open">Makes the feed of one file from its name and path.</param>
/// <param name="look">Time between two looks.</param>
public sealed class FolderFeed(FeedSetting setting, string folder, Func<string, string, IPositionFeed> open, TimeSpan look) : IPositionFeed
{
    private static readonly string[] BeingWritten = [".tmp", ".part", ".partial", ".filepart"];

    private SortedDictionary<string, Mark> marks = [];

    public string Name => setting.Name;

    public async IAsyncEnumerable<ObservationBatch> ReadAsync(string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        marks = MarksOf(from);
        var report = new LinkReport(setting);
        Dictionary<string, Found> before = [];
        for (string? problem, shown = ""; ; shown = problem)
        {
            var found = TryList(out problem);
            foreach (var file in found.Values.Where(f => before.GetValueOrDefault(f.Name) == f && !IsDone(f)).OrderBy(f => f.Modified).ThenBy(f => f.Name, StringComparer.Ordinal))
            {
                await using var batches = BatchesOf(file, cancel).GetAsyncEnumerator(cancel);
                for (var more = true; more && problem is null;)
                {
                    (more, var batch, problem) = await TryNextAsync(file, batches);
                    if (batch is not null)
                    {
                        marks[file.Name] = new Mark(file.Length, file.Modified, batch.Position ?? marks.GetValueOrDefault(file.Name)?.At, !more);
                        batch.Position = JsonSerializer.Serialize(marks);
                        yield return batch;
                    }
                }
            }

            // A file that has left the folder is forgotten: if it comes back, it is a new one.
            marks = new(marks.Where(m => problem is not null || found.ContainsKey(m.Key)).ToDictionary());
            if (problem != shown)
            {
                Say(report, problem);
            }

            before = found;
            await Task.Delay(look, setting.Clock, cancel);
        }
    }

    private void Say(LinkReport report, string? problem)
    {
        if (problem is null)
        {
            report.Up($"watching {folder}, looking every {look.TotalSeconds:0} s");
        }
        else
        {
            report.Down($"{problem}; trying again in {look.TotalSeconds:0} s");
        }
    }

    private Dictionary<string, Found> TryList(out string? problem)
    {
        problem = null;
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles()
                .Where(f => !f.Name.StartsWith('.') && f.Length > 0 && !BeingWritten.Contains(f.Extension, StringComparer.OrdinalIgnoreCase))
                .Select(f => new Found(f.Name, f.FullName, f.Length, f.LastWriteTimeUtc.Ticks)).ToDictionary(f => f.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"{folder} cannot be read ({e.Message})";
            return [];
        }
    }

    // Opened at the first step, so that a file of no known kind is found out there.
    private async IAsyncEnumerable<ObservationBatch> BatchesOf(Found file, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var batch in open($"{setting.Name}/{file.Name}", file.Path).ReadAsync(PositionIn(file), cancel))
        {
            yield return batch;
        }
    }

    /// <summary>The next stretch of a file; an empty one at its end, which carries the mark that it is done.</summary>
    private async Task<(bool More, ObservationBatch? Batch, string? Problem)> TryNextAsync(Found file, IAsyncEnumerator<ObservationBatch> batches)
    {
        try
        {
            return await batches.MoveNextAsync() ? (true, batches.Current, null) : (false, new ObservationBatch(), null);
        }
        catch (InputException e)
        {
            // Not readable as any known kind, or damaged: one rejection, and the next file.
            var refused = new ObservationBatch();
            refused.Count.Reject("file not readable");
            refused.Rejections.Add(new Rejection(setting.Name, file.Name, null, null, "file not readable", e.Message));
            return (false, refused, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (false, null, $"{file.Name} cannot be read ({e.Message})");
        }
    }

    private bool IsDone(Found file) => marks.GetValueOrDefault(file.Name) is { Done: true } mark && mark.Length == file.Length && mark.Modified == file.Modified;

    // A file that is shorter than before, or was changed without growing, is another one.
    private string? PositionIn(Found file) => marks.GetValueOrDefault(file.Name) is { } mark && (file.Length > mark.Length || (!mark.Done && file.Modified == mark.Modified)) ? mark.At : null;

    private static SortedDictionary<string, Mark> MarksOf(string? from)
    {
        try
        {
            return from is null ? [] : JsonSerializer.Deserialize<SortedDictionary<string, Mark>>(from) ?? [];
        }
        catch (JsonException e)
        {
            throw new InputException($"Expected the marks of a watched folder as feed position, found '{(from!.Length > 100 ? from[..100] : from)}'.", e);
        }
    }

    private sealed record Mark(long Length, long Modified, string? At, bool Done);

    private sealed record Found(string Name, string Path, long Length, long Modified);
}
