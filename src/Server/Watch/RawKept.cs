using System.Runtime.CompilerServices;
using MaritimeWatch.Feeds;
using MaritimeWatch.Storage.Raw;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// A feed whose records are kept as they came. They are written before the batch goes on, so that whatever is committed can be shown as it was
/// received; a batch read again after a kill stands twice in the log and is read once.
/// </summary>
internal sealed class RawKept(IPositionFeed feed, RawLog log) : IPositionFeed
{
    public string Name => feed.Name;

    public async IAsyncEnumerable<ObservationBatch> ReadAsync(string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var batch in feed.ReadAsync(from, cancel))
        {
            if (batch.Raw is { Count: > 0 } raw)
            {
                log.Append(Name, raw.Hours, raw.Count);
            }

            yield return batch;
        }
    }
}
