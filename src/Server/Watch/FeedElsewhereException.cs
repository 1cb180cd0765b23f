namespace MaritimeWatch.Server.Watch;

/// <summary>The feed has moved on in the store without this process: another one reads it now.</summary>
internal sealed class FeedElsewhereException(string feed) : Exception($"Feed {feed} is read by another process.");
