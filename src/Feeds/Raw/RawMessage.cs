using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Raw;

/// <summary>A message read again from the records as they were received.</summary>
/// <param name="Feed">Feed that brought it.</param>
/// <param name="Mmsi">Who sent it.</param>
/// <param name="Type">Message type of ITU-R M.1371, 1 to 27; 0 where the source does not say.</param>
/// <param name="SourceTime">When it was sent, by the second in the message; the receive time where it has none.</param>
/// <param name="ReceivedAt">When it was received, by the source's own word, else when it arrived here.</param>
/// <param name="Station">Receiving station; null when not said.</param>
/// <param name="At">Position in it.</param>
/// <param name="SogKnots">Speed over ground in it.</param>
/// <param name="CogDeg">Course over ground in it.</param>
/// <param name="Name">Name in it.</param>
/// <param name="Lines">The record as received, in the order of its parts; what a tag block or time line before it says comes first.</param>
public sealed record RawMessage(string Feed, Mmsi Mmsi, int Type, DateTimeOffset SourceTime, DateTimeOffset ReceivedAt, string? Station, GeoPoint? At, double? SogKnots, double? CogDeg, string? Name, IReadOnlyList<string> Lines);
