using System.Collections.Concurrent;
using System.Security.Cryptography;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// Sees to it that of the processes that share a store one alone reads a feed, judges, delivers or closes. A turn is renewed
/// every two seconds; who waits takes it over when it has not changed for eight seconds by his own clock, so clocks need not
/// agree. A process that cannot renew stops by itself before another may begin; the store refuses it in any case, since a
/// batch must follow the last one.
/// </summary>
internal sealed class Turns(ILeaseStore leases, WatchMode mode, TimeProvider clock, ILogger<Turns> log)
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2), GiveUpAfter = TimeSpan.FromSeconds(6), TakeAfter = TimeSpan.FromSeconds(8), AskEvery = TimeSpan.FromSeconds(1);

    private readonly string me = $"{Environment.MachineName}:{Environment.ProcessId}:{RandomNumberGenerator.GetHexString(8)}";
    private readonly ConcurrentDictionary<string, (long Turn, long Since)> seen = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn.</summary>
    public async Task<Turn> EnterAsync(string name, CancellationToken cancel)
    {
        while (true)
        {
            if (await TryEnterAsync(name, cancel) is { } turn)
            {
                return turn;
            }

            await Task.Delay(AskEvery, clock, cancel);
        }
    }

    /// <summary>The turn, or null when another process has it. Where the store is not shared everyone has it at once.</summary>
    public async Task<Turn?> TryEnterAsync(string name, CancellationToken cancel)
    {
        if (!mode.Shared)
        {
            return new Turn(null);
        }

        var lease = await leases.FindAsync(name, cancel);
        if (lease is { Holder.Length: > 0 })
        {
            var known = seen.GetOrAdd(name, _ => (lease.Turn, clock.GetTimestamp()));
            if (known.Turn != lease.Turn)
            {
                seen[name] = (lease.Turn, clock.GetTimestamp());
                return null;
            }

            if (clock.GetElapsedTime(known.Since) < TakeAfter)
            {
                return null;
            }
        }

        if (await leases.TakeAsync(name, me, lease?.Turn ?? 0, cancel) is not { } taken)
        {
            return null;
        }

        if (lease is { Holder.Length: > 0 })
        {
            log.LogWarning("{Name} is taken over from {Holder}, which was not heard for {Seconds} s", name, lease.Holder, TakeAfter.TotalSeconds);
        }

        return new Turn(new Renewal(leases, taken, clock));
    }

    /// <summary>A turn held; given up when disposed.</summary>
    internal sealed class Turn(Renewal? renewal) : IAsyncDisposable
    {
        /// <summary>Ends when the turn was lost.</summary>
        public CancellationToken Lost => renewal?.Lost ?? CancellationToken.None;

        public ValueTask DisposeAsync() => renewal?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>Renews a lease until it is given up or lost.</summary>
    internal sealed class Renewal : IAsyncDisposable
    {
        private readonly CancellationTokenSource lost = new(), done = new();
        private readonly ILeaseStore leases;
        private readonly TimeProvider clock;
        private readonly Task renewing;
        private Lease lease;

        public Renewal(ILeaseStore leases, Lease taken, TimeProvider clock)
        {
            (this.leases, lease, this.clock) = (leases, taken, clock);
            renewing = RenewAsync();
        }

        public CancellationToken Lost => lost.Token;

        public async ValueTask DisposeAsync()
        {
            await done.CancelAsync();
            await renewing;
            if (!lost.IsCancellationRequested)
            {
                try
                {
                    await leases.TakeAsync(lease.Name, "", lease.Turn, CancellationToken.None);
                }
                catch (StoreException)
                {
                    // Not given up: it is taken over when its time is over.
                }
            }
        }

        private async Task RenewAsync()
        {
            var last = clock.GetTimestamp();
            while (!done.IsCancellationRequested)
            {
                await Task.Delay(RenewEvery, clock, done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (done.IsCancellationRequested)
                {
                    return;
                }

                try
                {
                    using var limit = new CancellationTokenSource(GiveUpAfter - clock.GetElapsedTime(last) is { Ticks: > 0 } left ? left : TimeSpan.Zero, clock);
                    var began = clock.GetTimestamp();
                    if (await leases.TakeAsync(lease.Name, lease.Holder, lease.Turn, limit.Token) is not { } renewed)
                    {
                        await lost.CancelAsync();
                        return;
                    }

                    (lease, last) = (renewed, began);
                }
                catch (Exception e) when (e is StoreException or OperationCanceledException)
                {
                    if (clock.GetElapsedTime(last) >= GiveUpAfter)
                    {
                        await lost.CancelAsync();
                        return;
                    }
                }
            }
        }
    }
}
