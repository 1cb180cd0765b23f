namespace MaritimeWatch.Tracks;

/// <summary>The thresholds of gaps in whole milliseconds, in which fixes are kept, without a gap more or less for the rounding; and the full order of messages.</summary>
internal readonly struct GapTimes(GapOptions options)
{
    /// <summary>A gap of whole milliseconds is longer than this exactly when it is longer than the threshold.</summary>
    public long ThresholdMs { get; } = options.Threshold.Ticks / TimeSpan.TicksPerMillisecond;

    public long BeforeMs { get; } = options.Before.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>Gaps that start before this are not reported.</summary>
    public long StartMs { get; } = options.StartTime is { } start
        ? (start.UtcTicks - DateTime.UnixEpoch.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond
        : long.MinValue;

    public static Heard Earlier(in Heard a, in Heard b) => Compare(a, b) <= 0 ? a : b;

    public static Heard Later(in Heard a, in Heard b) => Compare(a, b) >= 0 ? a : b;

    /// <summary>A full order, so that messages of one time cannot change the result when they arrive shuffled.</summary>
    public static int Compare(in Heard a, in Heard b)
    {
        var c = a.Time.CompareTo(b.Time);
        c = c != 0 ? c : Nullable.Compare(a.At?.LatDeg, b.At?.LatDeg);
        c = c != 0 ? c : Nullable.Compare(a.At?.LonDeg, b.At?.LonDeg);
        c = c != 0 ? c : a.Receiver.CompareTo(b.Receiver);
        return c != 0 ? c : string.CompareOrdinal(a.VesselId, b.VesselId);
    }
}

/// <summary>Messages counted by receiver.</summary>
internal struct HeardCounts
{
    private int total, terrestrial, satellite, dynamic;

    public readonly HeardBefore Counted => new(total, terrestrial, satellite, dynamic);

    public void Add(ReceiverKind receiver)
    {
        total++;
        terrestrial += receiver == ReceiverKind.Terrestrial ? 1 : 0;
        satellite += receiver == ReceiverKind.Satellite ? 1 : 0;
        dynamic += receiver == ReceiverKind.Dynamic ? 1 : 0;
    }
}
