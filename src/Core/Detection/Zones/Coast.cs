using MaritimeWatch.Units;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace MaritimeWatch.Detection.Zones;

/// <summary>
/// The land within a box of longitudes and latitudes (degrees, WGS 84, never over the antimeridian), as closed rings of one area.
/// Rings may reach beyond the box: what lies there is another piece's, and an edge on or beyond a border is a cut, not a coast.
/// </summary>
/// <param name="Box">X is longitude, Y latitude.</param>
/// <param name="Rings">Shells and holes alike; a place inside an odd number of them is land.</param>
public sealed record LandPiece(Envelope Box, IReadOnlyList<Coordinate[]> Rings);

/// <summary>
/// The coast of the world as the map has it (see maps/PROVENANCE.md): which place is land, and how far the nearest land is. Lakes,
/// rivers, canals and islands that the map does not show are not known, nor are baselines.
/// </summary>
public sealed class Coast
{
    private const int EdgesInRun = 16;
    private const double LongestEdgeDeg = 0.5;
    private readonly STRtree<Piece> pieces = new();
    private static readonly Envelope Everywhere = new(double.NegativeInfinity, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity);
    private readonly STRtree<Run> runs = new(), channels = new();

    /// <param name="land">Land of the world, or of the part that is asked about.</param>
    /// <param name="channels">Lines along which ships pass though the map has land there: canals, and straits finer than its scale.</param>
    public Coast(IEnumerable<LandPiece> land, IEnumerable<Coordinate[]>? channels = null)
    {
        foreach (var channel in channels ?? [])
        {
            // A channel opens the cells it passes just as a coast does.
            AddRuns([.. channel.SelectMany(c => new[] { c.X, c.Y })], Everywhere, this.channels);
        }

        foreach (var piece in land)
        {
            var flat = piece.Rings.Select(r => r.SelectMany(c => new[] { c.X, c.Y }).ToArray()).ToArray();
            pieces.Insert(piece.Box, new Piece(piece.Box, flat));
            foreach (var ring in flat)
            {
                AddRuns(ring, piece.Box, runs);
            }
        }

        pieces.Build();
        runs.Build();
        this.channels.Build();
    }

    /// <summary>Whether the map has land here.</summary>
    public bool IsLand(GeoPoint at)
    {
        // At the antimeridian both sides are asked: a piece ends on it.
        return Inside(at.LonDeg, at.LatDeg) || (at.LonDeg <= -180 && Inside(180, at.LatDeg)) || (at.LonDeg >= 180 && Inside(-180, at.LatDeg));
    }

    /// <summary>Distance to the nearest land: zero on land, null where it is beyond the limit.</summary>
    public Distance? DistanceTo(GeoPoint at, Distance limit)
    {
        if (IsLand(at))
        {
            return default(Distance);
        }

        var here = Normal.Of(at);
        // Wider and wider: most questions are answered close by.
        for (var radiusNm = 4.0; ; radiusNm *= 4)
        {
            var radius = Distance.FromNauticalMiles(Math.Min(radiusNm, limit.NauticalMiles));
            var best = double.PositiveInfinity;
            var place = here;
            foreach (var found in Near(runs, at, radius))
            {
                var run = found.Points;
                var first = here + (run[0] * -1);
                if (Math.Sqrt(first * first) - found.Extent > Math.Sqrt(best))
                {
                    continue;
                }

                for (var i = 0; i + 1 < run.Length; i++)
                {
                    Normal a = run[i], edge = run[i + 1] + (a * -1), away = here + (a * -1);
                    // Edges are short: the nearest point of the chord lies under the nearest point of the edge.
                    var p = a + (edge * Math.Clamp(away * edge / Math.Max(edge * edge, 1e-30), 0, 1));
                    var d = here + (p * -1);
                    if (d * d < best)
                    {
                        (best, place) = (d * d, p);
                    }
                }
            }

            if (best < double.PositiveInfinity && Geodesy.Between(at, place.ToPlace()) is var length && length <= radius)
            {
                return length;
            }

            if (radius >= limit)
            {
                return null;
            }
        }
    }

    /// <summary>Runs of coast, and channels, that may come within a distance of a place; each is a line of two or more points.</summary>
    internal IEnumerable<Normal[]> RunsNear(GeoPoint at, Distance radius) => Near(runs, at, radius).Concat(Near(channels, at, radius)).Select(r => r.Points);

    private static IEnumerable<Run> Near(STRtree<Run> runs, GeoPoint at, Distance radius)
    {
        // A sixtieth more than a degree of latitude a 60 nm, for the ellipsoid.
        var lat = (radius.NauticalMiles / 59.0) + 0.01;
        double south = at.LatDeg - lat, north = at.LatDeg + lat;
        var spread = Math.Sin(Math.Min(lat, 90) * Math.PI / 180) / Math.Max(Math.Cos(at.LatDeg * Math.PI / 180), 1e-9);
        var lon = south <= -90 || north >= 90 || spread >= 1 ? 180 : Math.Asin(spread) * 180 / Math.PI;
        foreach (var (west, east) in Turns(at.LonDeg - lon, at.LonDeg + lon))
        {
            foreach (var run in runs.Query(new Envelope(west, east, south, north)))
            {
                yield return run;
            }
        }
    }

    private static IEnumerable<(double West, double East)> Turns(double west, double east)
    {
        if (east - west >= 360)
        {
            yield return (-180, 180);
            yield break;
        }

        yield return (Math.Max(west, -180), Math.Min(east, 180));
        if (west < -180)
        {
            yield return (west + 360, 180);
        }

        if (east > 180)
        {
            yield return (-180, east - 360);
        }
    }

    private bool Inside(double lon, double lat)
    {
        foreach (var piece in pieces.Query(new Envelope(lon, lon, lat, lat)))
        {
            if (piece.Holds(lon, lat))
            {
                return true;
            }
        }

        return false;
    }

    private static void AddRuns(double[] ring, Envelope box, STRtree<Run> runs)
    {
        var points = new List<Normal>();
        var extent = new Envelope();
        for (var i = 0; i + 3 < ring.Length; i += 2)
        {
            double x1 = ring[i], y1 = ring[i + 1], x2 = ring[i + 2], y2 = ring[i + 3];
            var cut = (x1 <= box.MinX && x2 <= box.MinX) || (x1 >= box.MaxX && x2 >= box.MaxX) || (y1 <= box.MinY && y2 <= box.MinY) || (y1 >= box.MaxY && y2 >= box.MaxY);
            if (cut)
            {
                Close();
                continue;
            }

            if (points.Count == 0)
            {
                Take(x1, y1);
            }

            var parts = Math.Max(1, (int)Math.Ceiling(Math.Max(Math.Abs(x2 - x1), Math.Abs(y2 - y1)) / LongestEdgeDeg));
            for (var k = 1; k <= parts; k++)
            {
                Take(x1 + ((x2 - x1) * k / parts), y1 + ((y2 - y1) * k / parts));
                if (points.Count > EdgesInRun)
                {
                    Close();
                    Take(x1 + ((x2 - x1) * k / parts), y1 + ((y2 - y1) * k / parts));
                }
            }
        }

        Close();

        void Take(double lon, double lat)
        {
            points.Add(Normal.Of(lat, lon));
            extent.ExpandToInclude(lon, lat);
        }

        void Close()
        {
            if (points.Count > 1)
            {
                runs.Insert(extent, new Run([.. points]));
            }

            points.Clear();
            extent = new Envelope();
        }
    }

    private sealed record Run(Normal[] Points)
    {
        /// <summary>No point of the run is farther from its first, in Earth radii.</summary>
        public double Extent { get; } = Points.Max(p => (p + (Points[0] * -1)) is var d ? Math.Sqrt(d * d) : 0);
    }

    private sealed class Piece
    {
        private const int Bands = 64;
        private readonly double south, band;
        private readonly double[][] edges;

        public Piece(Envelope box, double[][] rings)
        {
            (south, band) = (box.MinY, Math.Max(box.Height / Bands, 1e-9));
            var lists = Enumerable.Range(0, Bands).Select(_ => new List<double>()).ToArray();
            foreach (var ring in rings)
            {
                for (var i = 0; i + 3 < ring.Length; i += 2)
                {
                    for (var b = BandOf(Math.Min(ring[i + 1], ring[i + 3])); b <= BandOf(Math.Max(ring[i + 1], ring[i + 3])); b++)
                    {
                        lists[b].AddRange(ring.AsSpan(i, 4));
                    }
                }
            }

            edges = [.. lists.Select(l => l.ToArray())];
        }

        /// <summary>Even-odd over all rings.</summary>
        public bool Holds(double lon, double lat)
        {
            var inside = false;
            var near = edges[BandOf(lat)];
            for (var i = 0; i < near.Length; i += 4)
            {
                double y1 = near[i + 1], y2 = near[i + 3];
                if (y1 > lat != y2 > lat && lon < ((near[i + 2] - near[i]) * (lat - y1) / (y2 - y1)) + near[i])
                {
                    inside = !inside;
                }
            }

            return inside;
        }

        private int BandOf(double lat) => (int)Math.Clamp((lat - south) / band, 0, Bands - 1);
    }
}
