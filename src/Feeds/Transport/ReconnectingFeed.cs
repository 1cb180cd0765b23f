using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>
/// A live source that we connect to. It reconnects by itself, waiting longer each time up to a minute, and says since when it
/// is not connected. It does not read on until the batch before was taken, which slows the source and fills no memory.
/// </summary>
internal sealed class ReconnectingFeed(FeedSetting setting, string address, Func<CancellationToken, Task<ILink>> connect) : IPositionFeed
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(20);

    public string Name => setting.Name;

    public async IAsyncEnumerable<ObservationBatch> ReadAsync(string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (report, wait) = (new LinkReport(setting), new BackOff(setting.Name));
        while (true)
        {
            var (link, problem) = await TryConnectAsync(cancel);
            if (link is not null)
            {
                await using var open = link;
                report.Up($"connected to {address}");
                var gathering = new Gathering(link, setting.Clock);
                while (problem is null)
                {
                    problem = await gathering.GatherAsync(cancel);
                    if (problem is not null)
                    {
                        link.End();
                    }

                    while (link.Held > 0)
                    {
                        wait.Reset();
                        yield return link.Take();
                    }

                    problem ??= await TryAcknowledgeAsync(link, cancel);
                }
            }

            cancel.ThrowIfCancellationRequested();
            var pause = wait.Next();
            report.Down($"{address} {problem}; trying again in {pause.TotalSeconds:0} s");
            await Task.Delay(pause, setting.Clock, cancel);
        }
    }

    private async Task<(ILink? Link, string? Problem)> TryConnectAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(AnswerWithin);
        try
        {
            return (await connect(limit.Token), null);
        }
        catch (AuthenticationException e)
        {
            return (null, $"not trusted ({e.Message})");
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return (null, $"not reached ({e.Message})");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, $"not reached (no answer within {AnswerWithin.TotalSeconds:0} s)");
        }
    }

    private static async Task<string?> TryAcknowledgeAsync(ILink link, CancellationToken cancel)
    {
        try
        {
            await link.AcknowledgeAsync(cancel);
            return null;
        }
        catch (IOException e)
        {
            return $"lost ({e.Message})";
        }
    }
}
