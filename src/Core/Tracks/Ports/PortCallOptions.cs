using MaritimeWatch.Units;

namespace MaritimeWatch.Tracks.Ports;

/// <summary>
/// Thresholds of port calls. The pattern (in by one radius, out by a wider one, a stop between, silences told apart) follows Global Fishing
/// Watch's port visits (pipe-anchorages: 3 km, 4 km, 0.2 and 0.5 kn, 4 h), whose points are single anchorages; ours are one point a port, so the radii are wider.
/// </summary>
public sealed record PortCallOptions
{
    /// <summary>She is at a port from here on inwards; 1 to 15 nm: a port's basins and roads lie within some miles of its point.</summary>
    public Distance Within { get; init; } = Distance.FromNauticalMiles(5);

    /// <summary>She has left beyond this; wider than <see cref="Within"/>, up to 20 nm, so that a ship on the edge does not call twice.</summary>
    public Distance Beyond { get; init; } = Distance.FromNauticalMiles(7);

    /// <summary>She lies still at this speed and below, or by her own report; 0.1 to 2 kn: a moored ship's positions wander.</summary>
    public Speed Still { get; init; } = Speed.FromKnots(0.5);

    /// <summary>So long she must have lain still in one piece to have called, and not only to have passed; 10 min to 24 h.</summary>
    public TimeSpan LeastStop { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Heard again within this she is taken to have gone on as before; 1 to 24 h. A longer silence makes what lies in it "possibly".</summary>
    public TimeSpan MostSilence { get; init; } = TimeSpan.FromHours(4);
}
