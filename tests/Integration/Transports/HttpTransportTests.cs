using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Support;
using Microsoft.AspNetCore.Http;

namespace MaritimeWatch.Integration.Transports;

/// <summary>Sources that are asked over HTTP, by a real server.</summary>
public sealed class HttpTransportTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task A_server_killed_in_its_answer_is_asked_again_and_the_half_answer_is_one_rejection_of_which_nothing_is_used()
    {
        var text = JsonRecords.Collection(Enumerable.Range(0, 50).Select(i => JsonRecords.Feature(i)));
        await using var consumer = new Consumer();
        int port;
        using (var killed = new TcpListener(IPAddress.Loopback, 0))
        {
            killed.Start();
            port = ((IPEndPoint)killed.LocalEndpoint).Port;
            consumer.Start(Feed(consumer, port));
            using var client = await killed.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await client.GetStream().ReadAtLeastAsync(new byte[4096], 16, cancellationToken: TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync(Sentences.Bytes($"HTTP/1.1 200 OK\r\nContent-Length: {text.Length}\r\n\r\n{text[..(text.Length / 2)]}"), TestContext.Current.CancellationToken);
        }

        await consumer.UntilAsync(c => c.All == 1);
        await using var server = await LoopbackWeb.StartAsync(http => http.Response.WriteAsync(text), port);
        await consumer.UntilAsync(c => c.Count.Accepted == 50);
        await consumer.StopAsync();
        // Records of later polls are the same again.
        var polls = consumer.Count.Duplicates / 50;
        await consumer.AccountsForAsync(1 + 50 + (50 * polls), "http killed");
        Assert.Equal("answer broken off", consumer.Rejections.Single().Reason);
        Assert.Matches("not reached .*; trying again in 1 s", consumer.Said[0].Text);
        Assert.True(consumer.Said[^1] is { Connected: true, NotConnectedTo: not null }, "The time without an answer is told.");
    }

    [Fact]
    public async Task An_answer_that_has_not_changed_is_not_sent_again_and_the_mark_outlives_a_restart()
    {
        var (full, unchanged) = (0, 0);
        await using var server = await LoopbackWeb.StartAsync(async http =>
        {
            if (http.Request.Headers.IfNoneMatch == "\"v1\"")
            {
                Interlocked.Increment(ref unchanged);
                http.Response.StatusCode = 304;
                return;
            }

            Interlocked.Increment(ref full);
            http.Response.Headers.ETag = "\"v1\"";
            await http.Response.WriteAsync(JsonRecords.Collection([JsonRecords.Feature(1)]));
        });
        await using var first = new Consumer();
        first.Start(Feed(first, server.Port));
        await first.UntilAsync(_ => Volatile.Read(ref unchanged) >= 2);
        await first.StopAsync();
        await first.AccountsForAsync(1, "http unchanged");

        var before = Volatile.Read(ref unchanged);
        await using var second = new Consumer();
        second.Start(Feed(second, server.Port), first.Position);
        await second.UntilAsync(_ => Volatile.Read(ref unchanged) > before + 1);
        Assert.Equal((1, 0), (Volatile.Read(ref full), second.All));
    }

    [Fact]
    public async Task A_slow_answer_and_one_in_gzip_are_read_whole_and_a_server_that_asks_for_time_is_given_it()
    {
        var asked = 0;
        await using var server = await LoopbackWeb.StartAsync(async http =>
        {
            if (Interlocked.Increment(ref asked) == 1)
            {
                (http.Response.StatusCode, http.Response.Headers.RetryAfter) = (503, "2");
                return;
            }

            http.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            var text = JsonRecords.Collection([JsonRecords.Feature(asked), JsonRecords.Feature(-asked)]);
            await packed.WriteAsync(Sentences.Bytes(text[..300]));
            await packed.FlushAsync();
            await Task.Delay(300);
            await packed.WriteAsync(Sentences.Bytes(text[300..]));
        });
        await using var consumer = new Consumer();
        consumer.Start(Feed(consumer, server.Port));
        await consumer.UntilAsync(c => c.Count.Accepted >= 2);
        Assert.Contains("answers 503 Service Unavailable; trying again in 2 s", consumer.Said[0].Text, StringComparison.Ordinal);
        await consumer.StopAsync();
        await consumer.AccountsForAsync(consumer.Batches.Count * 2, "http slow");
        Assert.Equal(0, consumer.Count.RejectedTotal);
    }

    [Fact]
    public async Task A_source_that_has_more_than_we_take_is_asked_only_when_the_batch_before_was_taken()
    {
        const int Each = 5_000;
        var answers = 0;
        await using var server = await LoopbackWeb.StartAsync(async http =>
        {
            var first = Interlocked.Increment(ref answers) * Each;
            await http.Response.WriteAsync($$"""{"protocol":"jsonaiscatcher","msgs":[{{string.Join(',', Enumerable.Range(first, Each).Select(JsonRecords.AisCatcher))}}]}""");
        });
        await using var consumer = new Consumer { Pause = TimeSpan.FromMilliseconds(50) };
        consumer.Start(new HttpPollFeed(consumer.Setting, new Uri($"http://127.0.0.1:{server.Port}/msgs"), TimeSpan.FromMilliseconds(1)));
        await consumer.UntilAsync(c => c.All >= 4 * Each);
        await consumer.StopAsync();
        await consumer.AccountsForAsync(consumer.Batches.Count * (long)Each, "http ten times our speed");
        Assert.Equal(consumer.Batches.Count * Each, consumer.Count.Accepted);
        Assert.InRange(Volatile.Read(ref answers) - consumer.Batches.Count, 0, 2);
    }

    [Fact]
    public async Task A_real_snapshot_of_the_Baltic_served_as_the_publisher_serves_it_is_accounted_for_ship_by_ship()
    {
        var path = SharedData.Need("ais-baltic-snapshot-2025/latest.json.gz");
        await using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var snapshot = await JsonDocument.ParseAsync(file, cancellationToken: TestContext.Current.CancellationToken);
        var time = snapshot.RootElement.GetProperty("timestamp").GetDateTimeOffset().ToUnixTimeMilliseconds();
        var features = snapshot.RootElement.GetProperty("vessels").EnumerateArray().Select(v => new
        {
            mmsi = v.GetProperty("mmsi").GetInt64(),
            type = "Feature",
            geometry = new { type = "Point", coordinates = new[] { v.GetProperty("lon"), v.GetProperty("lat") } },
            properties = new { sog = v.GetProperty("sog"), cog = v.GetProperty("cog"), heading = v.GetProperty("heading"), timestampExternal = time },
        }).ToList();
        var text = JsonSerializer.Serialize(new { type = "FeatureCollection", features });
        await using var server = await LoopbackWeb.StartAsync(async http =>
        {
            http.Response.Headers.ETag = "\"one\"";
            http.Response.StatusCode = http.Request.Headers.IfNoneMatch.Count > 0 ? 304 : 200;
            await (http.Response.StatusCode == 304 ? Task.CompletedTask : http.Response.WriteAsync(text));
        });
        await using var consumer = new Consumer();
        consumer.Start(Feed(consumer, server.Port));
        await consumer.AccountsForAsync(features.Count, "http real Baltic snapshot");
        Assert.Equal(7_762, features.Count);
        Assert.Equal((features.Count, 0), (consumer.Count.Accepted, consumer.Count.RejectedTotal));
        Assert.All(consumer.Batches.SelectMany(b => b.Sightings), s => Assert.False(s.Fix.SogKnots >= 102.3 || s.Fix.HeadingDeg == 511));
    }

    private static HttpPollFeed Feed(Consumer consumer, int port) => new(consumer.Setting, new Uri($"http://127.0.0.1:{port}/api/ais/v1/locations"), Interval);
}
