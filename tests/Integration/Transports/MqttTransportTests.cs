using System.Security.Cryptography.X509Certificates;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Support;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace MaritimeWatch.Integration.Transports;

/// <summary>A real MQTT broker on loopback.</summary>
public sealed class MqttTransportTests
{
    private readonly int port = new Uri(SharedData.FreeAddress()).Port;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_broker_killed_after_half_a_line_is_taken_up_again_and_nothing_is_joined(bool version311)
    {
        await using var consumer = new Consumer();
        using (var first = await BrokerAsync())
        {
            consumer.Start(LiveFeeds.Mqtt(consumer.Setting, Place with { Version311 = version311 }));
            await first.SubscribedAsync();
            await first.PublishAsync(Sentences.Position(1) + "\r\n" + Sentences.Position(2)[..25]);
            await consumer.UntilAsync(c => c.All == 2);
            await first.Server.StopAsync(new MqttServerStopOptionsBuilder().Build());
        }

        await consumer.UntilAsync(c => c.Said.Any(s => s.Text.Contains("trying again in 1 s", StringComparison.Ordinal)));
        using var second = await BrokerAsync();
        await second.SubscribedAsync();
        await second.PublishAsync(Sentences.Position(2)[25..]);
        await second.PublishAsync(Sentences.Position(3));
        await second.PublishAsync(JsonRecords.AisCatcher(4));
        await consumer.AccountsForAsync(5, $"mqtt {(version311 ? "3.1.1" : "5")} killed");
        Assert.Equal((3, 2), (consumer.Count.Accepted, consumer.Count.RejectedTotal));
        Assert.True(consumer.Said[^1] is { Connected: true, NotConnectedTo: not null }, "The time without a connection is told.");
    }

    [Fact]
    public async Task What_was_not_committed_when_we_were_killed_is_given_again()
    {
        const int Sent = 200;
        using var broker = await BrokerAsync();
        await using (var killed = new Consumer { Pause = Timeout.InfiniteTimeSpan })
        {
            killed.Start(LiveFeeds.Mqtt(killed.Setting, Place));
            await broker.SubscribedAsync();
            for (var i = 0; i < Sent; i++)
            {
                await broker.PublishAsync(Sentences.Position(i));
            }

            await Task.Delay(1000, TestContext.Current.CancellationToken);
            Assert.Equal(0, killed.All);
        }

        await using var next = new Consumer();
        next.Start(LiveFeeds.Mqtt(next.Setting, Place));
        await next.AccountsForAsync(Sent, "mqtt given again");
        Assert.Equal(Sent, next.Count.Accepted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_source_far_faster_than_we_are_is_slowed_and_loses_nothing(bool atMostOnce)
    {
        const int Sent = 20_000;
        using var broker = await BrokerAsync();
        await using var consumer = new Consumer { Pause = TimeSpan.FromMilliseconds(50) };
        consumer.Start(LiveFeeds.Mqtt(consumer.Setting, Place with { AtMostOnce = atMostOnce }));
        await broker.SubscribedAsync();
        for (var i = 0; i < Sent; i++)
        {
            await broker.PublishAsync(i % 2 == 0 ? Sentences.Position(i) : JsonRecords.AisCatcher(i));
        }

        await consumer.AccountsForAsync(Sent, $"mqtt quality {(atMostOnce ? 0 : 1)}, ten times our speed");
        Assert.Equal((Sent, 0), (consumer.Count.Accepted, consumer.Count.Lost));
        Assert.True(consumer.Batches.Max(b => b.Count.Lines) <= NmeaFileFeed.LinesPerBatch);
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_the_right_one_over_TLS_is_let_in()
    {
        using var own = OwnCertificate.Make();
        using var broker = await BrokerAsync(own);
        broker.Server.ValidatingConnectionAsync += e =>
        {
            e.ReasonCode = e.UserName == "watch" && e.Password == "a password of the tests" ? MqttConnectReasonCode.Success : MqttConnectReasonCode.BadUserNameOrPassword;
            return Task.CompletedTask;
        };
        var place = Place with { Secure = true, Pin = CertificatePin.TryParse(own.Sha256()), User = "watch" };
        await using var refused = new Consumer();
        refused.Start(LiveFeeds.Mqtt(refused.Setting, place with { Password = "another" }));
        await refused.UntilAsync(c => c.Said.Count > 0);
        Assert.Contains("check user, password and version", refused.Said[0].Text, StringComparison.Ordinal);
        await refused.StopAsync();

        await using var consumer = new Consumer();
        consumer.Start(LiveFeeds.Mqtt(consumer.Setting, place with { Password = "a password of the tests" }));
        await broker.SubscribedAsync();
        await broker.PublishAsync(Sentences.Position(1));
        await consumer.AccountsForAsync(1, "mqtt TLS");
    }

    private MqttPlace Place => new("127.0.0.1", port, "ais/#", ClientId: "watch of the tests");

    private async Task<Broker> BrokerAsync(X509Certificate2? certificate = null)
    {
        var options = new MqttServerOptionsBuilder().WithPersistentSessions(true).WithMaxPendingMessagesPerClient(100_000);
        options = certificate is null
            ? options.WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(System.Net.IPAddress.Loopback).WithDefaultEndpointPort(port)
            : options.WithoutDefaultEndpoint().WithEncryptedEndpoint().WithEncryptedEndpointBoundIPAddress(System.Net.IPAddress.Loopback).WithEncryptedEndpointPort(port).WithEncryptionCertificate(certificate);
        var broker = new Broker(new MqttServerFactory().CreateMqttServer(options.Build()));
        await broker.Server.StartAsync();
        return broker;
    }

    private sealed class Broker : IDisposable
    {
        private readonly TaskCompletionSource subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Broker(MqttServer server)
        {
            Server = server;
            server.ClientSubscribedTopicAsync += _ =>
            {
                subscribed.TrySetResult();
                return Task.CompletedTask;
            };
        }

        public MqttServer Server { get; }

        public Task SubscribedAsync() => subscribed.Task.WaitAsync(Consumer.Limit);

        public Task PublishAsync(string text) => Server.InjectApplicationMessage(new InjectedMqttApplicationMessage(
            new MqttApplicationMessageBuilder().WithTopic("ais/station").WithPayload(text).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build())
        { SenderClientId = "station" });

        public void Dispose() => Server.Dispose();
    }
}
