namespace MaritimeWatch.Storage.Sqlite;

/// <summary>How the embedded store is opened.</summary>
public sealed record SqliteOptions
{
    /// <summary>
    /// True (SQLite's synchronous = FULL): a commit survives loss of power. False (NORMAL): it survives a killed process, but a
    /// power cut may take the last commits with it; the file stays whole either way.
    /// </summary>
    public bool SurvivesPowerLoss { get; init; } = true;

    /// <summary>How long to wait for another program that writes to the same file, 1 ms to 10 minutes.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Greatest size of the file; null for as much as the disk holds.</summary>
    public long? MostBytes { get; init; }

    /// <summary>
    /// Fixes of open hours kept decoded in memory, about 40 bytes each. Beyond it the oldest open hours are read from the
    /// journal at each question: slower, not less.
    /// </summary>
    public int OpenFixesInMemory { get; init; } = 6_000_000;
}
