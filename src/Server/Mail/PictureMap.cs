using MaritimeWatch.Units;
using NetTopologySuite.Geometries;
using SkiaSharp;

namespace MaritimeWatch.Server.Mail;

/// <summary>What lies under the finding: sea, land, a grid with degrees, a scale in nautical miles, north, and a locator.</summary>
internal sealed class PictureMap(SKCanvas canvas, PictureFrame frame, LandMap land)
{
    private static readonly double[] GridMinutes = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800];
    private static readonly double[] BarNm = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

    public void DrawSeaAndLand()
    {
        using var sea = PictureInk.Fill(PictureInk.Sea);
        using var ground = PictureInk.Fill(PictureInk.Land);
        using var coast = PictureInk.Stroke(PictureInk.Coast, 1);
        canvas.DrawRect(frame.Area, sea);
        var edges = frame.Edges;

        // The coast ends at 180 degrees; the neighbouring worlds are the same coast, one turn further.
        foreach (var turnDeg in (ReadOnlySpan<double>)[-360, 0, 360])
        {
            foreach (var polygon in land.Within(new Envelope(edges.MinX - turnDeg, edges.MaxX - turnDeg, edges.MinY, edges.MaxY)))
            {
                using var path = new SKPath { FillType = SKPathFillType.EvenOdd };
                Ring(path, polygon.ExteriorRing, turnDeg);
                Array.ForEach(polygon.InteriorRings, hole => Ring(path, hole, turnDeg));
                canvas.DrawPath(path, ground);
                canvas.DrawPath(path, coast);
            }
        }
    }

    public void DrawGrid()
    {
        var edges = frame.Edges;
        var stepDeg = GridMinutes.FirstOrDefault(m => (edges.MaxX - edges.MinX) * 60 / m <= 6, GridMinutes[^1]) / 60;
        using var line = PictureInk.Stroke(PictureInk.Grid, 1);
        using var font = PictureInk.Font(9.5f);
        for (var lon = Math.Ceiling(edges.MinX / stepDeg) * stepDeg; lon < edges.MaxX; lon += stepDeg)
        {
            var x = frame.At(0, lon).X;
            canvas.DrawLine(x, frame.Area.Top, x, frame.Area.Bottom, line);
            if (x > frame.Area.Left + 60 && x < frame.Area.Right - 150)
            {
                PictureInk.Write(canvas, Degrees(Geodesy.WrapLongitude(lon), 'E', 'W'), x, frame.Area.Top + 11, font, PictureInk.Quiet, SKTextAlign.Center);
            }
        }

        for (var lat = Math.Ceiling(edges.MinY / stepDeg) * stepDeg; lat < edges.MaxY; lat += stepDeg)
        {
            var y = frame.At(lat, 0).Y;
            canvas.DrawLine(frame.Area.Left, y, frame.Area.Right, y, line);
            if (y > frame.Area.Top + 30 && y < frame.Area.Bottom - 40)
            {
                PictureInk.Write(canvas, Degrees(lat, 'N', 'S'), 5, y + 3.5f, font, PictureInk.Quiet);
            }
        }
    }

    public void DrawScaleAndNorth()
    {
        var lengthNm = BarNm.Last(nm => nm == BarNm[0] || nm * frame.PixelsPerNm <= 150);
        float left = 14, y = frame.Area.Bottom - 12, length = (float)(lengthNm * frame.PixelsPerNm);
        using var halo = PictureInk.Stroke(PictureInk.Panel, 5);
        using var bar = PictureInk.Stroke(PictureInk.Text, 2);
        using var path = new SKPath();
        path.MoveTo(left, y - 5);
        path.LineTo(left, y);
        path.LineTo(left + length, y);
        path.LineTo(left + length, y - 5);
        canvas.DrawPath(path, halo);
        canvas.DrawPath(path, bar);
        using var font = PictureInk.Font(11);
        PictureInk.Write(canvas, $"{lengthNm:0} nm", left + (length / 2), y - 5, font, PictureInk.Text, SKTextAlign.Center);

        using var arrow = new SKPath();
        float x = 20, top = frame.Area.Top + 20;
        arrow.MoveTo(x, top - 14);
        arrow.LineTo(x + 6, top + 3);
        arrow.LineTo(x, top - 1);
        arrow.LineTo(x - 6, top + 3);
        arrow.Close();
        using var ink = PictureInk.Fill(PictureInk.Text);
        canvas.DrawPath(arrow, halo);
        canvas.DrawPath(arrow, ink);
        PictureInk.Write(canvas, "N", x, top + 15, font, PictureInk.Text, SKTextAlign.Center);
    }

    /// <summary>A wider view with the frame marked, so that a picture of open sea still says where it is; in a corner where it hides none of the places.</summary>
    public void DrawLocator(IReadOnlyList<GeoPoint> kept)
    {
        var edges = frame.Edges;
        if (edges.MaxX - edges.MinX > 20)
        {
            return;
        }

        var middle = new GeoPoint((edges.MinY + edges.MaxY) / 2, Geodesy.WrapLongitude(edges.Centre.X));
        var area = frame.Area;
        SKRect[] corners =
        [
            SKRect.Create(area.Right - 130, area.Top + 8, 122, 74),
            SKRect.Create(area.Right - 130, area.Bottom - 82, 122, 74),
            SKRect.Create(area.Left + 48, area.Top + 16, 122, 74),
        ];
        var free = Array.FindIndex(corners, corner => !kept.Any(place => SKRect.Inflate(corner, 70, 34).Contains(frame.At(place))));
        if (free < 0)
        {
            return;
        }

        var box = corners[free];
        canvas.Save();
        canvas.ClipRect(box);
        var wide = PictureFrame.Around([middle], box, Distance.FromNauticalMiles(1800 * Math.Max(0.2, Math.Cos(middle.LatDeg * Math.PI / 180))));
        new PictureMap(canvas, wide, land).DrawSeaAndLand();
        using var mark = PictureInk.Stroke(PictureInk.Gap, 2);
        SKPoint from = wide.At(edges.MaxY, edges.MinX), to = wide.At(edges.MinY, edges.MaxX);
        var seen = new SKRect(from.X, from.Y, to.X, to.Y);
        seen.Inflate(Math.Max(0, 4 - (seen.Width / 2)), Math.Max(0, 4 - (seen.Height / 2)));
        canvas.DrawRect(seen, mark);
        canvas.Restore();
        using var border = PictureInk.Stroke(PictureInk.Quiet, 1);
        canvas.DrawRect(box, border);
    }

    private void Ring(SKPath path, LineString ring, double turnDeg)
    {
        var points = ring.CoordinateSequence;
        for (var i = 0; i < points.Count; i++)
        {
            var at = frame.At(points.GetY(i), points.GetX(i) + turnDeg);
            if (i == 0)
            {
                path.MoveTo(at);
            }
            else
            {
                path.LineTo(at);
            }
        }

        path.Close();
    }

    private static string Degrees(double deg, char positive, char negative)
    {
        var minutes = (long)Math.Round(Math.Abs(deg) * 60);
        var part = minutes % 60 == 0 ? "" : $"{minutes % 60:00}'";
        return $"{minutes / 60}°{part}{(minutes == 0 ? ' ' : deg < 0 ? negative : positive)}".TrimEnd();
    }
}
