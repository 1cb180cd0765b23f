namespace MaritimeWatch.Feeds;
