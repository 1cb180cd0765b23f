using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Zones;

/// <summary>
/// The cells of one question: every place that a way from one end to the other within a length can touch, square cells on the plane
/// of the two ends. A cell is closed only where it is land altogether: a channel narrower than a cell stays open, and so does a neck
/// of land narrower than a cell. Where an end lies on land the map does not know its water (harbour, river, lake): land within twice
/// the distance from there to the sea is open. One thread at a time.
/// </summary>
internal sealed class SeaChart
{
    /// <summary>Rim of cells beyond the ellipse, so that its outline can be drawn.</summary>
    private const int Rim = 3;

    private readonly LocalPlane plane;
    private readonly int nx, ny, width;
    private readonly bool[] ellipse, land;
    private readonly EarthVector[] vectors;

    /// <param name="coast">Land of the world.</param>
    /// <param name="from">One end.</param>
    /// <param name="to">The other; the same for a question without one.</param>
    /// <param name="length">Longest way from end to end.</param>
    /// <param name="options">Size and number of cells.</param>
    public SeaChart(Coast coast, GeoPoint from, GeoPoint to, Distance length, SeaOptions options)
    {
        plane = new LocalPlane(from, to);
        LengthM = length.Metres;
        // On the plane the ends are a hair nearer than on the ellipsoid, or farther: half a percent of room for it.
        double major = (length.Metres * 1.005) / 2, minor = Math.Sqrt(Math.Max(0, (major * major) - (plane.HalfM * plane.HalfM)));
        var cell = Math.Max(Math.Sqrt(4 * major * Math.Max(minor, major / 50) / options.MostCells), options.LeastCell.Metres);
        // The ends stand in the middle of cells.
        var half = (int)Math.Round(plane.HalfM / cell);
        CellM = half > 0 ? plane.HalfM / half : cell;
        (nx, ny) = ((int)(major / CellM) + Rim + 1, (int)(minor / CellM) + Rim + 1);
        width = (2 * nx) + 1;
        (From, To) = (Index(-half, 0), Index(half, 0));
        Count = width * ((2 * ny) + 1);
        (ellipse, land, vectors) = (new bool[Count], new bool[Count], new EarthVector[Count]);
        double a = major + (Rim * CellM), b = minor + (Rim * CellM);
        for (var i = 0; i < Count; i++)
        {
            var (x, y) = At(i);
            ellipse[i] = (x * x / (a * a)) + (y * y / (b * b)) <= 1;
            vectors[i] = EarthVector.FromNormal(plane.NormalAt(x, y));
        }

        new CoastOnChart(this, coast, Math.Sqrt((major * major) + (minor * minor)) + (10 * CellM)).Close(land);
        OpenAround(From);
        OpenAround(To);
    }

    public double LengthM { get; }

    public double CellM { get; }

    public int From { get; }

    public int To { get; }

    public int Count { get; }

    public int Columns => width;

    public int Rows => (2 * ny) + 1;

    public LocalPlane Plane => plane;

    /// <summary>The land alone, without a zone.</summary>
    public bool[] Land => land;

    public int Index(int column, int row) => ((row + ny) * width) + column + nx;

    public int Column(int cell) => (cell % width) - nx;

    public int Row(int cell) => (cell / width) - ny;

    public bool IsWithin(int column, int row) => column >= -nx && column <= nx && row >= -ny && row <= ny && ellipse[Index(column, row)];

    public (double X, double Y) At(int cell) => (Column(cell) * CellM, Row(cell) * CellM);

    public GeoPoint Place(int cell)
    {
        var (x, y) = At(cell);
        return plane.NormalAt(x, y).ToPlace();
    }

    public EarthVector Vector(int cell) => vectors[cell];

    /// <summary>Length of the straight way between the middles of two cells, metres.</summary>
    public double ArcM(int a, int b) => EarthVector.ArcM(vectors[a], vectors[b]);

    /// <summary>The cell a place falls into; null off the chart.</summary>
    public int? CellOf(GeoPoint place)
    {
        var (x, y) = plane.Project(Normal.Of(place));
        double column = Math.Round(x / CellM), row = Math.Round(y / CellM);
        return Math.Abs(column) <= nx && Math.Abs(row) <= ny && IsWithin((int)column, (int)row) ? Index((int)column, (int)row) : null;
    }

    /// <summary>Cells whose middle lies in a zone. Blocks that lie wholly in or out are decided at once.</summary>
    public bool[] CellsOf(Zone zone)
    {
        var marked = new bool[Count];
        var side = 1;
        while (side < Math.Max(Columns, Rows))
        {
            side *= 2;
        }

        Mark(0, 0, side);
        return marked;

        void Mark(int left, int bottom, int size)
        {
            if (left >= Columns || bottom >= Rows)
            {
                return;
            }

            double x = (left + ((size - 1) / 2.0) - nx) * CellM, y = (bottom + ((size - 1) / 2.0) - ny) * CellM;
            var radius = size == 1 ? 0 : size * CellM * 0.75;
            var answer = size > 64 ? null : zone.Covers(plane.NormalAt(x, y).ToPlace(), Distance.FromMetres(radius));
            if (answer is null && size > 1)
            {
                Mark(left, bottom, size / 2);
                Mark(left + (size / 2), bottom, size / 2);
                Mark(left, bottom + (size / 2), size / 2);
                Mark(left + (size / 2), bottom + (size / 2), size / 2);
            }
            else if (answer == true)
            {
                for (var r = bottom; r < Math.Min(bottom + size, Rows); r++)
                {
                    Array.Fill(marked, true, (r * width) + left, Math.Min(left + size, Columns) - left);
                }
            }
        }
    }

    /// <summary>
    /// Whether the straight line between the middles of two cells meets a closed one. Between two closed cells that touch at a corner
    /// there is no way: channels are closed by no corner, for the cells along a coast are open side by side.
    /// </summary>
    public bool Meets(bool[] closed, int a, int b)
    {
        int dx = Column(b) - Column(a), dy = Row(b) - Row(a), stepX = dx < 0 ? -1 : 1, stepY = dy < 0 ? -width : width;
        (dx, dy) = (Math.Abs(dx), Math.Abs(dy));
        int at = a, i = 0, j = 0;
        while (!closed[at])
        {
            if (i == dx && j == dy)
            {
                return false;
            }

            // Which border does the line reach first: that of the column, of the row, or their corner?
            var first = (((2 * i) + 1) * dy) - (((2 * j) + 1) * dx);
            if (first == 0)
            {
                if (closed[at + stepX] && closed[at + stepY])
                {
                    return true;
                }

                at += stepX + stepY;
                (i, j) = (i + 1, j + 1);
            }
            else if (first < 0)
            {
                at += stepX;
                i++;
            }
            else
            {
                at += stepY;
                j++;
            }
        }

        return true;
    }

    private void OpenAround(int end)
    {
        if (!land[end])
        {
            return;
        }

        var nearest = Enumerable.Range(0, Count).Where(i => !land[i]).Select(i => ArcM(end, i)).DefaultIfEmpty(double.PositiveInfinity).Min();
        for (var i = 0; i < Count; i++)
        {
            land[i] &= ArcM(end, i) > (2 * nearest) + CellM;
        }
    }
}
