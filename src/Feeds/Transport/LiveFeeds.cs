using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Feeds.Json;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>The live sources that we connect to, each kept open by the same reconnecting feed.</summary>
public static class LiveFeeds
{
    /// <summary>NMEA lines over TCP. Lines without a time of their own get their arrival time.</summary>
    public static IPositionFeed Tcp(FeedSetting setting, string host, int port)
    {
        var observations = Observations(setting);
        return new ReconnectingFeed(setting, $"{host}:{port}", async cancel => new NmeaStreamLink(await StreamConnection.TcpAsync(host, port, cancel), observations));
    }

    /// <summary>NMEA lines over TLS (RFC 8446), the server's certificate verified or pinned.</summary>
    public static IPositionFeed Tls(FeedSetting setting, string host, int port, CertificatePin? pin = null)
    {
        var observations = Observations(setting);
        return new ReconnectingFeed(setting, $"{host}:{port}", async cancel => new NmeaStreamLink(await StreamConnection.TlsAsync(host, port, pin, cancel), observations));
    }

    /// <summary>JSON records over a WebSocket, such as those of aisstream.io; a subscription is sent where one is given.</summary>
    public static IPositionFeed WebSocket(FeedSetting setting, Uri address, StreamSubscription? subscription = null, CertificatePin? pin = null)
    {
        var records = new JsonObservations(setting);
        return new ReconnectingFeed(setting, $"{address.Host}:{address.Port}", cancel => WebSocketLink.ConnectAsync(address, subscription, pin, records, cancel));
    }

    /// <summary>NMEA lines or JSON records from an MQTT broker; each message tells by its content which it is.</summary>
    public static IPositionFeed Mqtt(FeedSetting setting, MqttPlace place)
    {
        var (lines, records) = (Observations(setting), new JsonObservations(setting));
        return new ReconnectingFeed(setting, $"{place.Host}:{place.Port}", cancel => MqttLink.ConnectAsync(place, setting, lines, records, cancel));
    }

    internal static AisObservations Observations(FeedSetting setting) => new(setting.Name, setting.Receiver, setting.Clock) { KeepsRaw = true };
}
