using MaritimeWatch.Cases;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Watch;

/// <summary>What people made of what the machine said, over all cases; worked out anew when somebody decided here, and every half minute for what others did.</summary>
internal sealed class DecidedCases(IStore store, TimeProvider clock)
{
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(30);

    private (long At, DecisionSummary Summary)? last;

    public async Task<DecisionSummary> SummaryAsync(CancellationToken cancel)
    {
        if (last is { } known && clock.GetElapsedTime(known.At) < Holds)
        {
            return known.Summary;
        }

        var (at, summary) = (clock.GetTimestamp(), DecisionSummary.Of(await store.Cases.AllAsync(int.MaxValue, cancel)));
        last = (at, summary);
        return summary;
    }

    public void Forget() => last = null;
}
