namespace MaritimeWatch.Units;

/// <summary>
/// An area of the sea with a name, drawn as one ring of corners joined by straight lines on a chart of equal degrees, each the shorter way
/// round; the last corner joins the first. It may cross the antimeridian, and holds no pole.
/// </summary>
/// <param name="Name">As people call it.</param>
/// <param name="Corners">Three or more, not closed; neighbours less than 180 degrees of longitude apart.</param>
public sealed record GeoRing(string Name, IReadOnlyList<GeoPoint> Corners)
{
    /// <summary>Most corners that are taken.</summary>
    public const int MostCorners = 500;

    /// <summary>What is wrong with it, a sentence; null when it can be used.</summary>
    public string? FaultOf() =>
        Corners.Count is < 3 or > MostCorners ? $"Expected 3 to {MostCorners} corners, found {Corners.Count}."
        : Corners.Where((c, i) => Math.Abs(Math.Abs(c.LonDeg - Corners[(i + 1) % Corners.Count].LonDeg) - 180) < 1e-9).Any() ? "Expected corners less than 180 degrees of longitude apart; set one between."
        : Math.Abs(Turned()) > 1 ? "Expected a ring that goes round no pole."
        : null;

    /// <summary>Whether a place lies within, by counting the sides that lie east of it on its parallel (even-odd rule).</summary>
    public bool Contains(GeoPoint at)
    {
        var inside = false;
        // The ring is unrolled from its first corner; the place is tried where it may lie beside it.
        var (lon, lat) = (Corners[0].LonDeg, Corners[0].LatDeg);
        var place = lon + Geodesy.WrapLongitude(at.LonDeg - lon);
        var turns = new[] { place - 360, place, place + 360 };
        var within = new bool[3];
        for (var i = 0; i < Corners.Count; i++)
        {
            var next = Corners[(i + 1) % Corners.Count];
            var nextLon = lon + Geodesy.WrapLongitude(next.LonDeg - lon);
            if (lat > at.LatDeg != next.LatDeg > at.LatDeg)
            {
                var cut = lon + ((nextLon - lon) * (at.LatDeg - lat) / (next.LatDeg - lat));
                for (var t = 0; t < 3; t++)
                {
                    within[t] ^= turns[t] < cut;
                }
            }

            (lon, lat) = (nextLon, next.LatDeg);
        }

        Array.ForEach(within, w => inside |= w);
        return inside;
    }

    private double Turned() => Corners.Select((c, i) => Geodesy.WrapLongitude(Corners[(i + 1) % Corners.Count].LonDeg - c.LonDeg)).Sum();
}
