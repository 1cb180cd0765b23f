using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Cases;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Silence;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// Everything behind a case in one file (PRODUCT 2, item 13), for somebody who works it out again years later. The same data give the same
/// bytes: it holds no time of its making, and its entries have a fixed date.
/// </summary>
internal sealed class EvidencePack(IStore store, RawEvidence raw, Settings.Settings settings, WatchMode mode)
{
    private static readonly DateTimeOffset Undated = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Readable = new(StoreJson.Options) { WriteIndented = true, IncludeFields = true };

    public async Task<byte[]> MakeAsync(CaseFile file, StoredFinding stored, CancellationToken cancel)
    {
        var finding = stored.Finding;
        var records = await raw.AroundAsync(finding, withNeighbours: true, cancel);
        var byReason = new SortedDictionary<string, IReadOnlyList<EvidenceRecord>>(StringComparer.Ordinal);
        foreach (var evidence in finding.Evidence.DistinctBy(e => e.Name))
        {
            byReason[evidence.Name] = await raw.OfAsync(finding, evidence, cancel);
        }

        var lines = records.Concat(byReason.Values.SelectMany(r => r)).SelectMany(r => r.Raw).DistinctBy(r => r.Sha256).OrderBy(r => r.Sha256, StringComparer.Ordinal).ToList();
        var entries = new List<(string Name, byte[] Content)>
        {
            ("README.txt", Text(ReadMe(file, stored, raw.Note(records)))),
            ("case.json", Json(file)),
            ("finding.json", Json(finding)),
            ("model.json", Json(new { finding.ModelVersion, Program = typeof(EvidencePack).Assembly.GetName().Version?.ToString(), settings.Assessment, Silence = new SilenceOptions { Least = settings.Assessment.LeastSilence }, Flags = new FlagOptions() })),
            ("alerts.json", Json(await store.Cases.AlertsOfAsync(file.Id, cancel))),
            ("records.json", Json(new { Around = records, ByReason = byReason })),
            ("revisions.json", Json(await store.Findings.RevisionsOfAsync(finding.Id, cancel))),
            ("raw/lines.txt", Encoding.Latin1.GetBytes(string.Concat(lines.Select(l => $"{l.Line}\n")))),
            ("raw/sha256.txt", Encoding.Latin1.GetBytes(string.Concat(lines.Select(l => $"{l.Sha256}  {l.Line}\n")))),
        };
        entries.Add(("SHA256SUMS", Text(string.Concat(entries.Select(e => $"{Convert.ToHexStringLower(SHA256.HashData(e.Content))}  {e.Name}\n")))));
        return Zip(entries);
    }

    private string ReadMe(CaseFile file, StoredFinding stored, string? note) =>
        $"""
        {(mode.Exercise ? "EXERCISE: vessels and data are made up for training.\n" : "")}Evidence pack of case {file.Id}, state {file.State}, finding revision {stored.Revision}.

        {stored.Finding.Sentence}

        An indicator with its sources, not a statement about anybody's conduct. A person decides; case.json tells who decided what and why.

        finding.json    the finding as it stands: evidence with signed weights in nats, innocent causes tested. Score = prior + sum of weights.
        revisions.json  each revision of it, with the time it was saved
        case.json       history of the case: acts, persons, reasons
        alerts.json     what was released, with its handling mark (TLP 2.0)
        records.json    messages around it and behind each reason: times of source and receipt, station, feed, raw lines
        raw/lines.txt   the records as received, byte for byte, a line each, in order of their hash
        raw/sha256.txt  SHA-256 of each line's bytes without line ending
        model.json      version of model and program, parameters
        SHA256SUMS      SHA-256 of each file here; check with: sha256sum -c SHA256SUMS

        {note ?? "Each record is there as it was received."}

        """.ReplaceLineEndings("\n");

    private static byte[] Json<T>(T value) => Text(JsonSerializer.Serialize(value, Readable).ReplaceLineEndings("\n") + "\n");

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Zip(IEnumerable<(string Name, byte[] Content)> entries)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = Undated;
                using var into = entry.Open();
                into.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
