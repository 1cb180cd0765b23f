using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// Square cells of the map (Web Mercator, as the page draws): at level n, 2^n columns and rows. The finest index the vessels; coarser
/// ones, about 32 to 64 pixels wide on the screen, carry the counts shown far out.
/// </summary>
internal static class LiveGrid
{
    public const int Finest = 9, Side = 1 << Finest;

    private const double MostLatDeg = 85.0511;

    /// <summary>Level of the cells shown at a zoom below <see cref="Viewport.SinglesFromZoom"/>.</summary>
    public static int LevelOf(double zoom) => Math.Min(Finest, (int)zoom + 4);

    public static int CellOf(double latDeg, double lonDeg) => (Row(latDeg) * Side) + Column(lonDeg);

    /// <summary>The coarser cell a finest one lies in.</summary>
    public static int Coarser(int cell, int level) => ((cell / Side >> (Finest - level)) << level) + (cell % Side >> (Finest - level));

    /// <summary>Columns, from west to east and on over the antimeridian, and rows, from north to south, of the cells a box touches at a level.</summary>
    public static (int West, int Columns, int North, int Rows) Touched(GeoBox box, int level)
    {
        var (drop, side) = (Finest - level, 1 << level);
        int west = Column(box.WestDeg) >> drop, east = Column(box.EastDeg) >> drop, north = Row(box.NorthDeg) >> drop, south = Row(box.SouthDeg) >> drop;
        // A box that ends in the column it begins in may be narrow, or go nearly round the Earth.
        var round = box.WestDeg <= box.EastDeg ? east - west : east - west + side;
        return (west, Math.Min(side, round + 1), north, south - north + 1);
    }

    private static int Column(double lonDeg) => Math.Clamp((int)((lonDeg + 180) / 360 * Side), 0, Side - 1);

    private static int Row(double latDeg)
    {
        var sine = Math.Sin(Math.Clamp(latDeg, -MostLatDeg, MostLatDeg) * Math.PI / 180);
        return Math.Clamp((int)((0.5 - (Math.Log((1 + sine) / (1 - sine)) / (4 * Math.PI))) * Side), 0, Side - 1);
    }
}
