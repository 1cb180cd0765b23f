using System.Globalization;
using System.Runtime.CompilerServices;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>A recorded NMEA stream. Its position is <c>bytes:lines</c> of the unpacked file, so a restart goes on after the last whole batch.</summary>
public sealed class NmeaFileFeed(string name, string path, ReceiverKind receiver = ReceiverKind.Terrestrial) : IPositionFeed
{
    /// <summary>Lines in a batch: one commit with durability per batch.</summary>
    public const int LinesPerBatch = 5_000;

    public string Name => name;

    public async IAsyncEnumerable<ObservationBatch> ReadAsync(string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        using var stream = InputFile.Open(path);
        var lines = new ByteLines(stream);
        var observations = new AisObservations(name, receiver) { KeepsRaw = true };
        var (bytes, number) = ParsePosition(from);
        while (lines.Consumed < bytes && lines.TryRead(out _))
        {
        }

        observations.ContinueAfter(number);
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var more = ReadBatch(lines, observations);
            if (!more)
            {
                observations.End();
            }

            var batch = observations.Take();
            batch.Position = $"{lines.Consumed}:{observations.LineNumber}";
            yield return batch;
            if (!more)
            {
                yield break;
            }
        }
    }

    // A batch ends where no message waits for its other parts, so that a restart there misses none.
    private static bool ReadBatch(ByteLines lines, AisObservations observations)
    {
        for (var i = 0; i < LinesPerBatch || (observations.Waiting && i < 2 * LinesPerBatch); i++)
        {
            if (!lines.TryRead(out var line))
            {
                return false;
            }

            observations.Read(line);
        }

        return true;
    }

    private static (long Bytes, long Lines) ParsePosition(string? from)
    {
        var parts = (from ?? "0:0").Split(':');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var lines)
            ? (bytes, lines)
            : throw new InputException($"Expected a feed position 'bytes:lines', found '{from}'.");
    }
}
