using System.Globalization;
using System.Text;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Feeds.Json;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.LowLevelClient;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>Where an MQTT broker is and what is read from it.</summary>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">1883, or 8883 with TLS, as registered.</param>
/// <param name="Topic">Topic filter, wildcards included.</param>
/// <param name="Secure">True for TLS.</param>
/// <param name="Pin">Pinned certificate; null when it is verified.</param>
/// <param name="User">User; null where the broker asks for none.</param>
/// <param name="Password">Password: a secret.</param>
/// <param name="Version311">True for MQTT 3.1.1; MQTT 5 otherwise.</param>
/// <param name="AtMostOnce">True for quality of service 0: what is lost is then not known.</param>
/// <param name="ClientId">Name of the session at the broker; made from machine and feed when null.</param>
public sealed record MqttPlace(string Host, int Port, string Topic, bool Secure = false, CertificatePin? Pin = null, string? User = null, string? Password = null, bool Version311 = false, bool AtMostOnce = false, string? ClientId = null);

/// <summary>
/// A session with an MQTT broker (versions 5 and 3.1.1). Packets are pulled one by one, so a slow reader slows the broker; at
/// quality of service 1 a message is acknowledged once its batch is durable, so the broker gives it again after a fault.
/// </summary>
internal sealed class MqttLink : ILink
{
    /// <summary>Messages the broker may send before we acknowledge; brokers often allow fewer.</summary>
    private const ushort MostUnacknowledged = 5_000;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    private readonly ILowLevelMqttClient client;
    private readonly AisObservations lines;
    private readonly JsonObservations records;
    private readonly TimeProvider clock;
    private readonly List<ushort> unacknowledged = [];
    private MqttPublishPacket? came;
    private Task<MqttPacket>? coming;
    private DateTimeOffset sentAt;

    private MqttLink(ILowLevelMqttClient client, AisObservations lines, JsonObservations records, TimeProvider clock) =>
        (this.client, this.lines, this.records, this.clock, sentAt) = (client, lines, records, clock, clock.GetUtcNow());

    public static async Task<ILink> ConnectAsync(MqttPlace place, FeedSetting setting, AisObservations lines, JsonObservations records, CancellationToken cancel)
    {
        var client = new MqttClientFactory().CreateLowLevelMqttClient();
        try
        {
            await client.ConnectAsync(OptionsOf(place), cancel);
            await client.SendAsync(new MqttConnectPacket
            {
                ClientId = place.ClientId ?? "maritimewatch-" + Fnv.Hash(Encoding.UTF8.GetBytes($"{Environment.MachineName} {setting.Name}")).ToString("x16", CultureInfo.InvariantCulture),
                CleanSession = place.AtMostOnce,
                SessionExpiryInterval = place.AtMostOnce ? 0u : 86_400u,
                ReceiveMaximum = MostUnacknowledged,
                KeepAlivePeriod = 300,
                Username = place.User,
                Password = place.Password is null ? null : Encoding.UTF8.GetBytes(place.Password),
            }, cancel);
            if (await client.ReceiveAsync(cancel) is not MqttConnAckPacket { ReturnCode: MqttConnectReturnCode.ConnectionAccepted, ReasonCode: MqttConnectReasonCode.Success })
            {
                throw new IOException("the broker refuses the session: check user, password and version");
            }

            await client.SendAsync(new MqttSubscribePacket
            {
                PacketIdentifier = 1,
                TopicFilters = [new MqttTopicFilter { Topic = place.Topic, QualityOfServiceLevel = place.AtMostOnce ? MqttQualityOfServiceLevel.AtMostOnce : MqttQualityOfServiceLevel.AtLeastOnce }],
            }, cancel);
            return new MqttLink(client, lines, records, setting.Clock);
        }
        catch (Exception e) when (e is MqttCommunicationException or MqttProtocolViolationException)
        {
            client.Dispose();
            throw new IOException(e.InnerException?.Message ?? e.Message, e);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            client.Dispose();
            throw;
        }
    }

    public long Held => lines.Held + records.Held;

    public bool SourceWaits => unacknowledged.Count >= 10;

    public async Task ReceiveAsync(CancellationToken cancel)
    {
        for (came = null; came is null;)
        {
            switch (await NextAsync(cancel))
            {
                case MqttPublishPacket message:
                    came = message;
                    break;
                case MqttSubAckPacket { ReasonCodes: [> MqttSubscribeReasonCode.GrantedQoS2, ..] } refused:
                    throw new IOException($"the broker refuses the topic ({refused.ReasonCodes[0]})");
                case MqttDisconnectPacket end:
                    throw new EndOfStreamException($"ended the session ({end.ReasonCode})");
                case null:
                    throw new EndOfStreamException("closed the connection");
            }
        }
    }

    public void Read()
    {
        var message = came!;
        var text = message.Payload.IsSingleSegment ? message.Payload.First : System.Buffers.BuffersExtensions.ToArray(message.Payload);
        if (JsonObservations.IsJson(text.Span))
        {
            records.Read(text);
        }
        else
        {
            NmeaLines.ReadAll(text.Span, lines);
        }

        if (message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtLeastOnce)
        {
            unacknowledged.Add(message.PacketIdentifier);
        }
    }

    public ObservationBatch Take() => lines.Held > 0 ? lines.Take() : records.Take();

    public async Task AcknowledgeAsync(CancellationToken cancel)
    {
        foreach (var identifier in unacknowledged)
        {
            await SendAsync(new MqttPubAckPacket { PacketIdentifier = identifier }, cancel);
        }

        unacknowledged.Clear();
    }

    public void End() => lines.End();

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    // A broker that says nothing is asked whether it is there; one that does not answer is lost.
    private async Task<MqttPacket?> NextAsync(CancellationToken cancel)
    {
        try
        {
            coming ??= client.ReceiveAsync(cancel);
            for (var asked = false; !coming.IsCompleted; asked = true)
            {
                using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                if (await Task.WhenAny(coming, Task.Delay(Idle, clock, over.Token)) == coming)
                {
                    await over.CancelAsync();
                    break;
                }

                cancel.ThrowIfCancellationRequested();
                await (asked ? throw new IOException("the broker does not answer") : SendAsync(new MqttPingReqPacket(), cancel));
            }

            if (clock.GetUtcNow() - sentAt > Idle)
            {
                await SendAsync(new MqttPingReqPacket(), cancel);
            }

            var packet = await coming;
            coming = null;
            return packet;
        }
        catch (Exception e) when (e is MqttCommunicationException or MqttProtocolViolationException)
        {
            throw new IOException(e.InnerException?.Message ?? e.Message, e);
        }
    }

    private async Task SendAsync(MqttPacket packet, CancellationToken cancel)
    {
        try
        {
            sentAt = clock.GetUtcNow();
            await client.SendAsync(packet, cancel);
        }
        catch (Exception e) when (e is MqttCommunicationException or MqttProtocolViolationException)
        {
            throw new IOException(e.InnerException?.Message ?? e.Message, e);
        }
    }

    private static MqttClientOptions OptionsOf(MqttPlace place)
    {
        var options = new MqttClientOptionsBuilder().WithTcpServer(place.Host, place.Port).WithProtocolVersion(place.Version311 ? MqttProtocolVersion.V311 : MqttProtocolVersion.V500);
        if (place.Secure)
        {
            options = options.WithTlsOptions(tls =>
            {
                tls.UseTls().WithTargetHost(place.Host);
                if (place.Pin is { } pin)
                {
                    tls.WithCertificateValidationHandler(e => pin.Accepts(e.Certificate));
                }
            });
        }

        return options.Build();
    }
}
