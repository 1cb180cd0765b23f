namespace MaritimeWatch.Server.Watch;

/// <summary>Whether this watch runs the exercise, and how fast its time goes.</summary>
/// <param name="Exercise">True when any feed is the exercise: then everything is marked EXERCISE.</param>
/// <param name="Speed">Simulated seconds a second; 1 for a real feed.</param>
internal sealed record WatchMode(bool Exercise, double Speed);
