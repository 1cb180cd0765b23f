namespace MaritimeWatch.Tracks.Segments;

/// <summary>Why a fix takes no part in a chain (SCIENCE 4, K2, K10, K13).</summary>
public enum NoiseReason
{
    /// <summary>One or two fixes away from where she was before and after, or a few among very many: bit errors, wrong time stamps.</summary>
    Jump,

    /// <summary>
    /// The place of the fix before to the last digit, at a speed that would have moved her; or an earlier report in all but its
    /// time, when she is elsewhere by now.
    /// </summary>
    Replay,

    /// <summary>A speed of 51.2, 63.0 or 102.3 kn: a code, not a measurement.</summary>
    SpeedCode,

    /// <summary>A place on the grid of a tenth of a minute (ITU-R M.1371-5, message 27) beside finer ones.</summary>
    CoarseBesideFine,
}

/// <summary>A run of fixes without discontinuity. Noise is a run of its own, with its reason.</summary>
public sealed record TrackSegment(IReadOnlyList<Fix> Fixes, NoiseReason? Noise);

/// <summary>What one transmitter can have sent: segments joined over silences by moves a ship can make. A silence is judged only inside a chain.</summary>
/// <param name="Fixes">All its fixes in time order.</param>
/// <param name="Segments">The same fixes, cut at long silences.</param>
public sealed record TrackChain(IReadOnlyList<Fix> Fixes, IReadOnlyList<TrackSegment> Segments);

/// <summary>
/// The fixes of one identity, taken apart. Every fix is in exactly one segment; the chains share none. A clean track is one
/// chain; two transmitters under one identity are two or more.
/// </summary>
/// <param name="Chains">By first fix. Never empty when there was a fix that is not noise by itself.</param>
/// <param name="Noise">By first fix.</param>
public sealed record SegmentedTrack(IReadOnlyList<TrackChain> Chains, IReadOnlyList<TrackSegment> Noise)
{
    /// <summary>All segments, of chains and noise, by first fix.</summary>
    public IReadOnlyList<TrackSegment> Segments => [.. Chains.SelectMany(c => c.Segments).Concat(Noise).OrderBy(s => s.Fixes[0])];
}
