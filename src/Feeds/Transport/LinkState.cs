using MaritimeWatch.Tracks;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>How a live feed stands with its source, as it changes.</summary>
/// <param name="Text">What is so: connected to whom, or what is wrong and when it tries again.</param>
/// <param name="Connected">True while records can come.</param>
/// <param name="NotConnectedFrom">When the last time without a connection began, UTC; null when there was none.</param>
/// <param name="NotConnectedTo">When it ended, UTC; null while it lasts.</param>
public sealed record LinkState(string Text, bool Connected, DateTimeOffset? NotConnectedFrom = null, DateTimeOffset? NotConnectedTo = null)
{
    /// <summary>The last time without a connection in words; null when there was none.</summary>
    public string? Outage => NotConnectedFrom is not { } from ? null
        : NotConnectedTo is { } to ? $"not connected from {from:yyyy-MM-dd HH:mm:ss} to {to:yyyy-MM-dd HH:mm:ss} UTC" : $"not connected from {from:yyyy-MM-dd HH:mm:ss} UTC until now";
}

/// <summary>What every live feed is given.</summary>
/// <param name="Name">Name of the feed, under which its lines are counted.</param>
/// <param name="Clock">Times of arrival and of waiting.</param>
/// <param name="Said">Takes how the feed stands with its source.</param>
/// <param name="Receiver">What received the reports.</param>
public sealed record FeedSetting(string Name, TimeProvider Clock, Action<LinkState> Said, ReceiverKind Receiver = ReceiverKind.Terrestrial);

/// <summary>Tells how a feed stands, and remembers since when it has no connection. Safe for several connections of one feed.</summary>
internal sealed class LinkReport(FeedSetting setting)
{
    private readonly Lock gate = new();
    private DateTimeOffset? lostAt;

    public void Up(string text)
    {
        lock (gate)
        {
            setting.Said(new LinkState(text, true, lostAt, lostAt is null ? null : setting.Clock.GetUtcNow()));
            lostAt = null;
        }
    }

    public void Down(string text)
    {
        lock (gate)
        {
            lostAt ??= setting.Clock.GetUtcNow();
            setting.Said(new LinkState(text, false, lostAt));
        }
    }
}
