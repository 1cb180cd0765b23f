using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Exercise;

/// <summary>
/// The exercise as a feed: its sentences pass through the same decoder as a live one. The lead-in is read as fast as
/// possible; then simulated time runs at the chosen speed. Its position is the delivery time of the next line.
/// </summary>
public sealed class ExerciseFeed(string name, ExerciseScenario scenario, double speed, TimeSpan leadIn, TimeProvider clock, TimeSpan? length = null) : IPositionFeed
{
    private const int LinesPerBatch = 5_000;

    /// <summary>A batch spans half a second of the watcher's time once the lead-in is over.</summary>
    private static readonly TimeSpan BatchFor = TimeSpan.FromMilliseconds(500);

    public string Name => name;

    public async IAsyncEnumerable<ObservationBatch> ReadAsync(string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        var start = from is null ? scenario.Start : DateTimeOffset.Parse(from, CultureInfo.InvariantCulture);
        var live = start > scenario.Start + leadIn ? start : scenario.Start + leadIn;
        var observations = new AisObservations(name, ReceiverKind.Terrestrial) { KeepsRaw = true };
        var (batchEnd, lines, began) = (DateTimeOffset.MinValue, 0, (long?)null);
        var end = length is { } played && scenario.Start + played < scenario.End ? scenario.Start + played : scenario.End;
        foreach (var line in scenario.Lines(start))
        {
            if (end < scenario.End && line.DeliveredAt >= end)
            {
                break;
            }

            // A batch ends between two delivery times, so that its position names the first line that is not in it, and not
            // inside a message of several parts, which a reader that goes on from there could not put together.
            if (line.DeliveredAt > batchEnd && lines >= (line.DeliveredAt < live ? LinesPerBatch : 1) && (!observations.Waiting || lines > 2 * LinesPerBatch))
            {
                yield return Taken(observations, line.DeliveredAt);
                lines = 0;
                if (line.DeliveredAt >= live)
                {
                    began ??= clock.GetTimestamp();
                    var ahead = ((line.DeliveredAt - live) / speed) - clock.GetElapsedTime(began.Value);
                    await Task.Delay(ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero, clock, cancel);
                    batchEnd = line.DeliveredAt + (BatchFor * speed);
                }
            }

            batchEnd = line.DeliveredAt > batchEnd ? line.DeliveredAt : batchEnd;
            cancel.ThrowIfCancellationRequested();
            observations.Read(Encoding.ASCII.GetBytes(line.Text));
            lines++;
        }

        observations.End();
        yield return Taken(observations, end);
    }

    private static ObservationBatch Taken(AisObservations observations, DateTimeOffset next)
    {
        var batch = observations.Take();
        batch.Position = FactId.Iso(next);
        return batch;
    }
}
