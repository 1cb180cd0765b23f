namespace MaritimeWatch.Tracks.Ports;

/// <summary>A ship's stay at a port, arrival to departure.</summary>
/// <param name="Port">The port nearest to where she lay.</param>
/// <param name="Arrival">First fix within the port's radius; when the record begins inside it, the first fix at all.</param>
/// <param name="ArrivalSeen">False when the record begins, or a long silence ended, inside the radius: she may have come earlier.</param>
/// <param name="Departure">Last fix before she was beyond it; null while she is there.</param>
/// <param name="DepartureSeen">False when a long silence began inside the radius: she may have stayed longer.</param>
/// <param name="Unbroken">False when a long silence lies within the stay: she may have left and come back.</param>
/// <param name="StillFor">Time she was seen to lie still, all pieces together.</param>
/// <param name="Fixes">Fixes it rests on.</param>
public sealed record PortCall(Port Port, DateTimeOffset Arrival, bool ArrivalSeen, DateTimeOffset? Departure, bool DepartureSeen, bool Unbroken, TimeSpan StillFor, int Fixes)
{
    /// <summary>True when reception broke off at arrival, at departure or between: what is said is then possible and no more.</summary>
    public bool Possibly => !ArrivalSeen || !DepartureSeen || !Unbroken;
}
