using System.Text.Json;
using MaritimeWatch.Feeds;
using MaritimeWatch.Server.Settings;

namespace MaritimeWatch.Server.Watch;

/// <summary>Who is behind a feed: publisher, licence, frequency and formats, as its card says.</summary>
internal sealed record FeedCard(string Name, string Publisher, string Licence, string Frequency, IReadOnlyList<string>? Formats, IReadOnlyList<string> KnownDirtyValues);

/// <summary>The cards of the feeds of this watch (seeds/feeds), found by where a feed comes from.</summary>
internal sealed class FeedCards(House house, Settings.Settings settings)
{
    private sealed record CardFile(FeedCard Card);

    /// <summary>The card of a feed, and the address it is configured with; neither is known for a feed that another process reads.</summary>
    public (FeedCard? Card, string? Source) Of(string feed)
    {
        var option = settings.Feeds.FirstOrDefault(f => NameOf(f) is var name && (feed == name || feed.StartsWith($"{name}/", StringComparison.Ordinal)));
        return option is not null ? (Read(FileOf(option.Source)), option.Source) : feed == "EXERCISE" && settings.Feeds.Count == 0 ? (Read("exercise"), "exercise") : (null, null);
    }

    private static string NameOf(FeedOptions feed) => string.IsNullOrWhiteSpace(feed.Name) ? feed.Source : feed.Name;

    private static string FileOf(string source) => source switch
    {
        "exercise" => "exercise",
        _ when source.Contains("aisstream.io", StringComparison.OrdinalIgnoreCase) => "aisstream",
        _ when source.Contains("digitraffic", StringComparison.OrdinalIgnoreCase) => "digitraffic",
        _ when source.StartsWith("mqtt", StringComparison.OrdinalIgnoreCase) => "ais-catcher",
        _ when source.Contains("://", StringComparison.Ordinal) => "nmea",
        _ => "files",
    };

    private FeedCard? Read(string name)
    {
        var path = Path.Combine(house.Seeds, "feeds", "live", $"{name}.json");
        try
        {
            return JsonSerializer.Deserialize<CardFile>(File.ReadAllText(path), JsonSerializerOptions.Web)?.Card;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new InputException($"{path}: expected the card of a feed in JSON ({e.Message})", e);
        }
    }
}
