namespace MaritimeWatch.Units;

/// <summary>
/// An area between two parallels and two meridians, borders included. It runs east from <see cref="WestDeg"/> to
/// <see cref="EastDeg"/>, over the antimeridian where west is the greater.
/// </summary>
public readonly record struct GeoBox
{
    /// <exception cref="ArgumentOutOfRangeException">A border is not on Earth, or south is above north.</exception>
    public GeoBox(double southDeg, double westDeg, double northDeg, double eastDeg)
    {
        if (!GeoPoint.IsOnEarth(southDeg, westDeg) || !GeoPoint.IsOnEarth(northDeg, eastDeg) || southDeg > northDeg)
        {
            throw new ArgumentOutOfRangeException(nameof(southDeg), $"Expected latitudes -90 to 90 with south below north and longitudes -180 to 180; found {southDeg}, {westDeg} to {northDeg}, {eastDeg}.");
        }

        (SouthDeg, WestDeg, NorthDeg, EastDeg) = (southDeg, westDeg, northDeg, eastDeg);
    }

    public double SouthDeg { get; }

    public double WestDeg { get; }

    public double NorthDeg { get; }

    public double EastDeg { get; }

    public bool Contains(double latDeg, double lonDeg) => latDeg >= SouthDeg && latDeg <= NorthDeg
        && (WestDeg <= EastDeg ? lonDeg >= WestDeg && lonDeg <= EastDeg : lonDeg >= WestDeg || lonDeg <= EastDeg);
}
