using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Zones;

/// <summary>
/// The line at a distance from the nearest coast, for a map: found between points of a grid (marching squares, W. Lorensen and H. Cline,
/// SIGGRAPH 1987, in two dimensions), so within a hundredth of the box. It is no boundary of a State: see <see cref="CoastZones"/>.
/// </summary>
public static class CoastContour
{
    private const int Steps = 96;

    /// <summary>The line within a box, in short pieces from end to end.</summary>
    /// <param name="coast">Land of the world.</param>
    /// <param name="box">At most a few tens of degrees across: each point of the grid is asked for its distance.</param>
    /// <param name="distance">Distance from the coast.</param>
    public static IReadOnlyList<(GeoPoint A, GeoPoint B)> Of(Coast coast, GeoBox box, Distance distance)
    {
        double width = box.EastDeg - box.WestDeg + (box.EastDeg < box.WestDeg ? 360 : 0), height = box.NorthDeg - box.SouthDeg;
        var over = new double[Steps + 1, Steps + 1];
        for (var row = 0; row <= Steps; row++)
        {
            for (var column = 0; column <= Steps; column++)
            {
                // Beyond twice the distance it does not matter how far.
                var at = At(column, row);
                over[row, column] = (coast.DistanceTo(at, distance * 2) ?? (distance * 2)).Metres - distance.Metres;
            }
        }

        var pieces = new List<(GeoPoint, GeoPoint)>();
        for (var row = 0; row < Steps; row++)
        {
            for (var column = 0; column < Steps; column++)
            {
                // The two or four sides of a square at whose ends the sign differs; with four, the pairs as they come.
                (int Column, int Row)[] ring = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
                var cut = Enumerable.Range(0, 4).Select(i => (A: ring[i], B: ring[(i + 1) % 4]))
                    .Where(s => over[s.A.Row, s.A.Column] > 0 != over[s.B.Row, s.B.Column] > 0).Select(s => Between(s.A, s.B)).ToList();
                pieces.AddRange(cut.Chunk(2).Where(c => c.Length == 2).Select(c => (c[0], c[1])));
            }
        }

        return pieces;

        GeoPoint At(double column, double row) => new(box.SouthDeg + (height * row / Steps), Geodesy.WrapLongitude(box.WestDeg + (width * column / Steps)));

        GeoPoint Between((int Column, int Row) a, (int Column, int Row) b)
        {
            var share = over[a.Row, a.Column] / (over[a.Row, a.Column] - over[b.Row, b.Column]);
            return At(a.Column + ((b.Column - a.Column) * share), a.Row + ((b.Row - a.Row) * share));
        }
    }
}
