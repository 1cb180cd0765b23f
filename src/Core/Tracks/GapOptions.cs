namespace MaritimeWatch.Tracks;

/// <summary>How long a silence must be to count as a gap, and how far back the messages before it are counted.</summary>
public sealed record GapOptions
{
    /// <summary>A gap is strictly longer. 12 h by default: the main period of satellite passes below 60° latitude (Welch et al. 2022).</summary>
    public TimeSpan Threshold { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Span of the count of messages before, up to and including the last one. 12 h by default.</summary>
    public TimeSpan Before { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Only gaps that start at or after this are reported; earlier messages only feed the counts.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <param name="hours">Threshold in hours, greater than zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">Zero, negative or not a number.</exception>
    public static GapOptions FromHours(double hours) => hours > 0
        ? new GapOptions { Threshold = TimeSpan.FromHours(hours) }
        : throw new ArgumentOutOfRangeException(nameof(hours), hours, "A gap threshold is longer than nothing.");
}
