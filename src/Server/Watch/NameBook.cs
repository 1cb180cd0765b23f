using System.Diagnostics;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>What a vessel last said of herself, as labels need it; null where she said nothing.</summary>
/// <param name="Name">Name last broadcast.</param>
/// <param name="ShipType">Type last broadcast (ITU-R M.1371-5, table 53).</param>
internal sealed record Label(string? Name, int? ShipType);

/// <summary>Names and ship types of all vessels, read from the store at most twice a minute for all consoles together.</summary>
internal sealed class NameBook(IStore store) : IDisposable
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim turn = new(1, 1);
    private (long At, IReadOnlyDictionary<Mmsi, Label> Labels)? book;

    public void Dispose() => turn.Dispose();

    public async ValueTask<IReadOnlyDictionary<Mmsi, Label>> LabelsAsync(CancellationToken cancel)
    {
        if (book is { } known && (Stopwatch.GetElapsedTime(known.At) < ReadAgain || turn.CurrentCount == 0))
        {
            // While one reads it again the others go on with what there is.
            return known.Labels;
        }

        await turn.WaitAsync(cancel);
        try
        {
            if (book is not { } read || Stopwatch.GetElapsedTime(read.At) >= ReadAgain)
            {
                var labels = (await store.Identities.LastBroadcastAsync(cancel)).Where(c => c.Mmsi is not null).ToDictionary(c => c.Mmsi!.Value, c => new Label(c.Name, c.ShipType));
                book = (Stopwatch.GetTimestamp(), labels);
            }

            return book.Value.Labels;
        }
        finally
        {
            turn.Release();
        }
    }
}
