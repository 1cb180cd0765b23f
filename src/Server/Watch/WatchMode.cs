namespace MaritimeWatch.Server.Watch;

/// <summary>Whether this watch runs the exercise, how fast its time goes, and what this process does of it.</summary>
/// <param name="Exercise">True when any feed is the exercise: then everything is marked EXERCISE.</param>
/// <param name="Speed">Simulated seconds a second; 1 for a real feed.</param>
/// <param name="Shared">True when several processes share the store: then feeds and jobs take turns, and each process follows the others.</param>
/// <param name="Roles">What this process does.</param>
internal sealed record WatchMode(bool Exercise, double Speed, bool Shared, Duties Roles);

/// <summary>What a process does: read feeds, judge and deliver, serve the console.</summary>
[Flags]
internal enum Duties
{
    Ingest = 1,
    Work = 2,
    Web = 4,
    All = Ingest | Work | Web,
}
