using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using MaritimeWatch.Feeds.Json;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>
/// A source that is asked again and again over HTTP (RFC 9110). It is asked only for what changed (ETag, Last-Modified), and
/// that mark is the feed's position. A record given before is a duplicate; what came and went between two answers is not known.
/// </summary>
public sealed class HttpPollFeed(FeedSetting setting, Uri address, TimeSpan interval, CertificatePin? pin = null) : IPositionFeed
{
    /// <summary>An answer longer than this is refused: some ten times all ships of a large source.</summary>
    public const int LongestAnswer = 64 << 20;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60), LongestAsked = TimeSpan.FromHours(1);

    private readonly JsonObservations records = new(setting);
    private string? version;
    private TimeSpan? asked;

    public string Name => setting.Name;

    public async IAsyncEnumerable<ObservationBatch> ReadAsync(string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        version = from;
        using var http = MakeClient();
        var (report, wait) = (new LinkReport(setting), new BackOff(setting.Name));
        string? before = "";
        while (true)
        {
            asked = null;
            var problem = await TryAskAsync(http, cancel);
            if (records.Held > 0)
            {
                var batch = records.Take();
                batch.Position = problem is null ? version : null;
                yield return batch;
            }

            var pause = problem is null ? interval : asked ?? wait.Next();
            if (problem is not null)
            {
                report.Down($"{address.Host}:{address.Port} {problem}; trying again in {pause.TotalSeconds:0} s");
            }
            else if (before is not null)
            {
                report.Up($"connected to {address.Host}:{address.Port}, asked every {interval.TotalSeconds:0} s");
                wait.Reset();
            }

            before = problem;
            await Task.Delay(pause, setting.Clock, cancel);
        }
    }

    private async Task<string?> TryAskAsync(HttpClient http, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(AnswerWithin);
        using var text = new MemoryStream();
        try
        {
            using var answer = await http.SendAsync(Question(), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (answer.StatusCode == HttpStatusCode.NotModified)
            {
                return null;
            }

            if (!answer.IsSuccessStatusCode)
            {
                asked = WaitOf(answer.Headers.RetryAfter);
                return $"answers {(int)answer.StatusCode} {answer.ReasonPhrase}";
            }

            await CopyAsync(await answer.Content.ReadAsStreamAsync(limit.Token), text, limit.Token);
            if (text.Length >= LongestAnswer)
            {
                records.BrokenOff(text.GetBuffer().AsSpan(0, 1000), "answer too long");
                return $"answers with more than {LongestAnswer >> 20} MiB";
            }

            records.Read(text.GetBuffer().AsMemory(0, (int)text.Length));
            version = answer.Headers.ETag is { } tag ? $"etag {tag}" : answer.Content.Headers.LastModified is { } changed ? $"modified {changed:R}" : null;
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return BrokenOff(text, $"not reached ({e.Message})");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return BrokenOff(text, $"not reached (no whole answer within {AnswerWithin.TotalSeconds:0} s)");
        }
    }

    // Nothing of half an answer is used: the next one has it all.
    private string BrokenOff(MemoryStream text, string problem)
    {
        if (text.Length > 0)
        {
            records.BrokenOff(text.GetBuffer().AsSpan(0, (int)text.Length), "answer broken off");
        }

        return problem;
    }

    private static async Task CopyAsync(Stream from, MemoryStream to, CancellationToken cancel)
    {
        var buffer = new byte[1 << 16];
        for (int read; to.Length < LongestAnswer && (read = await from.ReadAsync(buffer, cancel)) > 0;)
        {
            to.Write(buffer, 0, read);
        }
    }

    private HttpRequestMessage Question()
    {
        var question = new HttpRequestMessage(HttpMethod.Get, address);
        if (version?.Split(' ', 2) is [var kind, var mark])
        {
            question.Headers.TryAddWithoutValidation(kind == "etag" ? "If-None-Match" : "If-Modified-Since", mark);
        }

        return question;
    }

    private TimeSpan? WaitOf(RetryConditionHeaderValue? after)
    {
        var wait = after?.Delta ?? (after?.Date - setting.Clock.GetUtcNow());
        return wait is not { } w || w <= TimeSpan.Zero ? null : w < LongestAsked ? w : LongestAsked;
    }

    private HttpClient MakeClient()
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            SslOptions = { RemoteCertificateValidationCallback = pin is null ? null : pin.Check },
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("MaritimeWatch", "0.1"));
        // Fintraffic asks those who use its data to name themselves (digitraffic.fi, instructions).
        if (address.Host.EndsWith("digitraffic.fi", StringComparison.OrdinalIgnoreCase))
        {
            http.DefaultRequestHeaders.Add("Digitraffic-User", "MaritimeWatch");
        }

        return http;
    }
}
