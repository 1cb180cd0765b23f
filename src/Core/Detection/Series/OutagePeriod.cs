namespace MaritimeWatch.Detection.Series;

/// <summary>Vessels heard in an area by a kind of receiver in one hour, which starts at a full hour UTC.</summary>
public readonly record struct HourCount(DateTimeOffset Hour, int Vessels);

/// <summary>
/// A time in which an area was heard far less than usual. <paramref name="End"/> is the first hour after it, null while it lasts;
/// <paramref name="Known"/> the hour whose count made it certain. <paramref name="Usual"/> is the sum of the usual vessels of its
/// hours; <paramref name="Depth"/> the share lost, 0 to 1; <paramref name="PValue"/> the chance of so few.
/// </summary>
public sealed record OutagePeriod(DateTimeOffset Start, DateTimeOffset? End, DateTimeOffset Known, int Heard, double Usual, double Depth, double PValue);
