using MaritimeWatch.Units;

namespace MaritimeWatch.Tracks;

/// <summary>Positions of many vessels as columns of one length, in the units of <see cref="Fix"/>. The columns are read where they lie.</summary>
public readonly ref struct HeardColumns
{
    /// <param name="vessels">Number of the vessel, 0 or more: her MMSI, or a number of the caller's.</param>
    /// <param name="timesMs">Event time, milliseconds since 1970 UTC.</param>
    /// <param name="latsE7">Latitude in 1e-7 degree.</param>
    /// <param name="lonsE7">Longitude in 1e-7 degree.</param>
    /// <param name="receivers">What received it; empty when that is not known of any.</param>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    public HeardColumns(ReadOnlySpan<int> vessels, ReadOnlySpan<long> timesMs, ReadOnlySpan<int> latsE7, ReadOnlySpan<int> lonsE7, ReadOnlySpan<ReceiverKind> receivers)
    {
        if (timesMs.Length != vessels.Length || latsE7.Length != vessels.Length || lonsE7.Length != vessels.Length || (!receivers.IsEmpty && receivers.Length != vessels.Length))
        {
            throw new ArgumentException($"Columns of one length are expected; found {vessels.Length}, {timesMs.Length}, {latsE7.Length}, {lonsE7.Length}, {receivers.Length}.");
        }

        Vessels = vessels;
        TimesMs = timesMs;
        LatsE7 = latsE7;
        LonsE7 = lonsE7;
        Receivers = receivers;
    }

    public ReadOnlySpan<int> Vessels { get; }

    public ReadOnlySpan<long> TimesMs { get; }

    public ReadOnlySpan<int> LatsE7 { get; }

    public ReadOnlySpan<int> LonsE7 { get; }

    public ReadOnlySpan<ReceiverKind> Receivers { get; }

    public int Count => Vessels.Length;

    internal ReceiverKind ReceiverAt(int row) => Receivers.IsEmpty ? ReceiverKind.Unknown : Receivers[row];

    internal Heard At(int row) => HeardAt(TimesMs[row], LatsE7[row], LonsE7[row], ReceiverAt(row));

    internal static Heard HeardAt(long timeMs, int latE7, int lonE7, ReceiverKind receiver) =>
        new(DateTimeOffset.FromUnixTimeMilliseconds(timeMs), new GeoPoint(latE7 / 1e7, lonE7 / 1e7), receiver);
}

/// <summary>A gap as a scan of many vessels finds it: what <see cref="GapDetector"/> finds in the track of the one.</summary>
/// <param name="Vessel">Number of the vessel in the columns.</param>
/// <param name="Off">Last message before the silence.</param>
/// <param name="On">First message after it; null while open.</param>
/// <param name="Before">Messages in the hours up to the start.</param>
public readonly record struct ScannedGap(int Vessel, Heard Off, Heard? On, HeardBefore Before)
{
    public Gap ToGap(string trackId) => new() { TrackId = trackId, Off = Off, On = On, Before = Before };
}
