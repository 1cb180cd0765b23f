using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace MaritimeWatch.Storage;

/// <summary>What there is of one kind of record: how many, and SHA-256 over all of them in order.</summary>
public sealed record StoreSum(string Kind, long Count, string Hash);

/// <summary>Copies a store to another of any kind, or to a file, and proves that both hold the same.</summary>
public static class StoreCopy
{
    private const int PageRecords = 500;

    /// <summary>Copies, then reads both and compares.</summary>
    /// <exception cref="StoreException">The target holds something else afterwards: it was not empty, or the source was written to meanwhile.</exception>
    public static async Task<IReadOnlyList<StoreSum>> RunAsync(IStore from, IStore to, CancellationToken cancel = default)
    {
        await PutAsync(from.ExportAsync(cancel), to, cancel);
        var (source, target) = (await SumsAsync(from, cancel), await SumsAsync(to, cancel));
        return source.SequenceEqual(target) ? target : throw Different(from.Place, to.Place, source, target);
    }

    /// <summary>What a store holds, by kind.</summary>
    public static Task<IReadOnlyList<StoreSum>> SumsAsync(IStore store, CancellationToken cancel = default) => SumsAsync(store.ExportAsync(cancel), null);

    /// <summary>Writes a store to a file: one record a line, compressed, and at its end what it holds.</summary>
    public static async Task<IReadOnlyList<StoreSum>> ExportAsync(IStore from, string path, CancellationToken cancel = default)
    {
        var unfinished = $"{path}.part";
        IReadOnlyList<StoreSum> sums;
        await using (var lines = new StreamWriter(new GZipStream(File.Create(unfinished), CompressionLevel.Optimal), new UTF8Encoding(false)))
        {
            sums = await SumsAsync(from.ExportAsync(cancel), record => lines.WriteLineAsync(StoreJson.Write(record)));
            await lines.WriteLineAsync(StoreJson.Write(sums));
        }

        File.Move(unfinished, path, overwrite: true);
        return sums;
    }

    /// <summary>Takes an exported file into a store and compares.</summary>
    /// <exception cref="StoreException">The file is cut off or changed, or the store holds something else afterwards.</exception>
    public static async Task<IReadOnlyList<StoreSum>> ImportAsync(string path, IStore to, CancellationToken cancel = default)
    {
        // The whole file is checked before anything is written.
        var told = await CheckAsync(path, cancel);
        await PutAsync(RecordsAsync(path, [], cancel), to, cancel);
        var target = await SumsAsync(to, cancel);
        return told.SequenceEqual(target) ? target : throw Different(path, to.Place, told, target);
    }

    private static async Task<IReadOnlyList<StoreSum>> CheckAsync(string path, CancellationToken cancel)
    {
        var told = new List<StoreSum>();
        try
        {
            var found = await SumsAsync(RecordsAsync(path, told, cancel), null);
            return told.SequenceEqual(found) ? found : throw new StoreException($"The export {path} is cut off or was changed: what it holds is not what its last line says. Export again.");
        }
        catch (InvalidDataException e)
        {
            throw new StoreException($"The export {path} cannot be read ({e.Message}). Export again.", e);
        }
    }

    private static async Task PutAsync(IAsyncEnumerable<StoreRecord> records, IStore to, CancellationToken cancel)
    {
        var page = new List<StoreRecord>(PageRecords);
        var kind = "";
        await foreach (var record in records)
        {
            // Rejections go in whole: only a feed that has none takes them.
            if (page.Count >= PageRecords && !(record.Kind == "rejection" && kind == "rejection"))
            {
                await to.ImportAsync(page, cancel);
                page.Clear();
            }

            kind = record.Kind;
            page.Add(record);
        }

        await to.ImportAsync(page, cancel);
    }

    private static async Task<IReadOnlyList<StoreSum>> SumsAsync(IAsyncEnumerable<StoreRecord> records, Func<StoreRecord, Task>? each)
    {
        var sums = new List<StoreSum>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (kind, count) = ("", 0L);
        await foreach (var record in records)
        {
            if (record.Kind != kind)
            {
                End();
                (kind, count) = (record.Kind, 0);
            }

            count++;
            hash.AppendData(Encoding.UTF8.GetBytes(StoreJson.Write(record)));
            await (each?.Invoke(record) ?? Task.CompletedTask);
        }

        End();
        return sums;

        void End()
        {
            if (count > 0)
            {
                sums.Add(new StoreSum(kind, count, Convert.ToHexStringLower(hash.GetHashAndReset())));
            }
        }
    }

    private static async IAsyncEnumerable<StoreRecord> RecordsAsync(string path, List<StoreSum> told, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        string? before = null;
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            if (before is not null)
            {
                yield return StoreJson.Read<StoreRecord>(before);
            }

            before = line;
        }

        if (before is null || before[0] != '[')
        {
            throw new StoreException($"The export {path} is cut off: its last line, which says what it holds, is missing. Export again.");
        }

        told.AddRange(StoreJson.Read<List<StoreSum>>(before));
    }

    private static StoreException Different(string from, string to, IReadOnlyList<StoreSum> source, IReadOnlyList<StoreSum> target)
    {
        var kinds = source.Except(target).Concat(target.Except(source)).Select(s => s.Kind).Distinct();
        return new StoreException($"After the copy {to} does not hold what {from} holds (different: {string.Join(", ", kinds)}). Copy into an empty store, while nobody writes to either.");
    }
}
