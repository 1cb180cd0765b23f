using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Server.Settings;

namespace MaritimeWatch.Server.Watch;

/// <summary>From the address of a feed to the feed: the one place that knows the schemes.</summary>
internal sealed partial class FeedSources(House house, ExerciseOptions exercise, TimeProvider clock)
{
    /// <summary>All that is understood, for messages.</summary>
    public const string Understood = "tcp://host:port, tcp-listen://address:port, udp://address:port, tls://host:port, ws:// or wss://host/path, mqtt:// or mqtts://host/topic, http:// or https://host/path, a file, a folder, or exercise";

    /// <summary>What each scheme may say after the question mark; those of http, ws and their secure forms belong to the server but for the pin.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["tcp"] = [],
        ["tcp-listen"] = [],
        ["udp"] = ["interface"],
        ["tls"] = ["thumbprint"],
        ["mqtt"] = ["version", "qos", "client"],
        ["mqtts"] = ["version", "qos", "client", "thumbprint"],
    };

    /// <exception cref="InputException">The address or an option of the feed is wrong.</exception>
    public static void Check(FeedOptions feed, string setting)
    {
        if (AddressOf(feed.Source) is { } address)
        {
            _ = Live(new FeedSetting(feed.Source, TimeProvider.System, _ => { }), address, feed);
        }
        else if (string.IsNullOrWhiteSpace(feed.Source))
        {
            throw Wrong($"Setting {setting}:Source", "nothing");
        }
    }

    /// <summary>The feeds of an entry, and whether they come to an end.</summary>
    public IEnumerable<(IPositionFeed Feed, bool Ends)> Of(string name, FeedOptions feed, Action<LinkState> said)
    {
        var setting = new FeedSetting(name, clock, said);
        if (feed.Source == "exercise")
        {
            return [(new ExerciseFeed(name, ExerciseScenario.Load(Path.Combine(house.Seeds, "exercise")), exercise.Speed, exercise.LeadIn, clock, exercise.Length), true)];
        }

        if (AddressOf(feed.Source) is { } address)
        {
            return [(Live(setting, address, feed), false)];
        }

        var source = house.PathOf(feed.Source);
        return feed.Watch
            ? [(new FolderFeed(setting, source, OfFile, feed.Interval), false)]
            : (Directory.Exists(source) ? Directory.EnumerateFiles(source).Order(StringComparer.Ordinal) : (IEnumerable<string>)[source])
                .Select(path => (OfFile(path == source ? name : $"{name}/{Path.GetFileName(path)}", path), true));
    }

    private IPositionFeed OfFile(string name, string path) => PositionFiles.Open(name, path, house.PositionCards());

    private static Uri? AddressOf(string source) => !Scheme().IsMatch(source) ? null
        : Uri.TryCreate(source, UriKind.Absolute, out var address) && address.Host.Length > 0 ? address : throw Wrong("Feed", source);

    private static IPositionFeed Live(FeedSetting setting, Uri address, FeedOptions feed)
    {
        if (address.UserInfo.Length > 0)
        {
            throw new InputException($"Feed {address.Scheme}://{address.Host}: expected no user or password in the address. Give them as the environment variables Feeds__0__User and Feeds__0__Password.");
        }

        var said = HttpUtility.ParseQueryString(address.Query);
        if (Allowed.TryGetValue(address.Scheme, out var allowed) && said.AllKeys.FirstOrDefault(k => !allowed.Contains(k)) is { } unknown)
        {
            throw new InputException($"Feed {address.Scheme}://{address.Host}: expected {(allowed.Length == 0 ? "nothing after the question mark" : string.Join(", ", allowed))}, found {unknown}.");
        }

        var pin = said["thumbprint"] is not { } thumbprint ? null : CertificatePin.TryParse(thumbprint) ?? throw new InputException($"Feed {address.Scheme}://{address.Host}: expected 64 hexadecimal digits, the SHA-256 of the certificate, as thumbprint, found {thumbprint}.");
        return address.Scheme switch
        {
            "tcp" => LiveFeeds.Tcp(setting, address.Host, PortOf(address)),
            "tls" => LiveFeeds.Tls(setting, address.Host, PortOf(address), pin),
            "tcp-listen" => new NmeaListenerFeed(setting, new IPEndPoint(IpOf(address.Host), PortOf(address))),
            "udp" => new NmeaUdpFeed(setting, UdpOf(address, said["interface"])),
            "ws" or "wss" => LiveFeeds.WebSocket(setting, Without(address, "thumbprint"), SubscriptionOf(feed, address), pin),
            "mqtt" or "mqtts" => LiveFeeds.Mqtt(setting, MqttOf(address, said, pin, feed)),
            "http" or "https" => new HttpPollFeed(setting, Without(address, "thumbprint"), feed.Interval, pin),
            _ => throw Wrong("Feed", address.ToString()),
        };
    }

    private static MqttPlace MqttOf(Uri address, System.Collections.Specialized.NameValueCollection said, CertificatePin? pin, FeedOptions feed)
    {
        var secure = address.Scheme == "mqtts";
        // Wildcards: '+' stands in the path, '#' where an address has its fragment.
        var topic = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/') + address.Fragment);
        if (topic.Length == 0 || said["version"] is not (null or "5" or "3.1.1") || said["qos"] is not (null or "0" or "1"))
        {
            throw new InputException($"Feed {address.Scheme}://{address.Host}: expected {address.Scheme}://host/topic, with version=3.1.1 or qos=0 after a question mark where they are needed.");
        }

        return new MqttPlace(address.Host, address.IsDefaultPort || address.Port < 0 ? secure ? 8883 : 1883 : address.Port, topic, secure, pin, feed.User, feed.Password, said["version"] == "3.1.1", said["qos"] == "0", said["client"]);
    }

    private static StreamSubscription? SubscriptionOf(FeedOptions feed, Uri address)
    {
        if (address.Query.Contains("key", StringComparison.OrdinalIgnoreCase))
        {
            throw new InputException($"Feed {address.Host}: expected no key in the address. Give it as the environment variable Feeds__0__Key.");
        }

        if (string.IsNullOrEmpty(feed.Key))
        {
            return address.Host.EndsWith("aisstream.io", StringComparison.OrdinalIgnoreCase)
                ? throw new InputException($"Feed {address.Host}: expected the key of the subscription in the environment variable Feeds__0__Key, found none.")
                : null;
        }

        if (string.IsNullOrWhiteSpace(feed.Area))
        {
            return new StreamSubscription(feed.Key);
        }

        var sides = feed.Area.Split(',').Select(s => double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var side) ? side : double.NaN).ToList();
        return sides is [>= -90 and <= 90 and var south, >= -180 and <= 180 and var west, >= -90 and <= 90 and var north, >= -180 and <= 180 and var east] && south < north
            ? new StreamSubscription(feed.Key, south, west, north, east)
            : throw new InputException($"Feed {address.Host}: expected Area as south,west,north,east in degrees, for example 54,10,66,31, found {feed.Area}.");
    }

    private static UdpPlace UdpOf(Uri address, string? ownAddress)
    {
        var (at, port) = (IpOf(address.Host), PortOf(address));
        var multicast = at.IsIPv6Multicast || (at.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && at.GetAddressBytes()[0] is >= 224 and <= 239);
        var any = at.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
        return multicast ? new UdpPlace(new IPEndPoint(any, port), at, ownAddress is null ? null : IpOf(ownAddress)) : new UdpPlace(new IPEndPoint(at, port));
    }

    private static IPAddress IpOf(string host) => host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(host.Trim('[', ']'), out var ip) ? ip : throw new InputException($"Feed: expected an address of this machine or a multicast group in numbers, such as 0.0.0.0 or 239.192.0.4, found {host}.");

    private static int PortOf(Uri address) => address.Port > 0 ? address.Port : throw new InputException($"Feed {address.Scheme}://{address.Host}: expected a port, for example {address.Scheme}://{address.Host}:4001.");

    private static Uri Without(Uri address, string name) =>
        new UriBuilder(address) { Query = string.Join('&', address.Query.TrimStart('?').Split('&').Where(p => p.Length > 0 && !p.StartsWith(name + "=", StringComparison.Ordinal))) }.Uri;

    private static InputException Wrong(string where, string found) => new($"{where}: expected {Understood}, found {found}.");

    // Two letters or more, so that a drive of Windows is a path.
    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]+://")]
    private static partial Regex Scheme();
}
