namespace MaritimeWatch.Detection;

/// <summary>A time in which a feed could not be relied on where it serves: what was not received then says nothing of a ship.</summary>
/// <param name="Feed">Name of the feed.</param>
/// <param name="From">Its last time before, by the feed's own clock.</param>
/// <param name="To">When it could be relied on again; null while it cannot.</param>
public sealed record FeedDoubt(string Feed, DateTimeOffset From, DateTimeOffset? To);
