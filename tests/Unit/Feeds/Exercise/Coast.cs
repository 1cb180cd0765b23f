using System.IO.Compression;
using System.Text.Json;
using MaritimeWatch.Support;

namespace MaritimeWatch.Unit.Feeds.Exercise;

/// <summary>Natural Earth's 1:10m land about the Channel, for one question: is this place on land?</summary>
internal sealed class Coast
{
    private readonly List<(double X1, double Y1, double X2, double Y2)>[] byRow = [.. Enumerable.Range(0, 400).Select(_ => new List<(double, double, double, double)>())];

    public static string Path => SharedData.PathOf("reference/geo/natural-earth/land-10m.json.gz");

    public static Coast Read()
    {
        using var gzip = new GZipStream(File.OpenRead(Path), CompressionMode.Decompress);
        using var json = JsonDocument.Parse(gzip);
        var coast = new Coast();
        var transform = json.RootElement.GetProperty("transform");
        double sx = transform.GetProperty("scale")[0].GetDouble(), sy = transform.GetProperty("scale")[1].GetDouble();
        double tx = transform.GetProperty("translate")[0].GetDouble(), ty = transform.GetProperty("translate")[1].GetDouble();
        foreach (var arc in json.RootElement.GetProperty("arcs").EnumerateArray())
        {
            // Every arc is a part of exactly one ring here: land has no shared borders, so arcs need not be stitched.
            double x = 0, y = 0, lastLon = 0, lastLat = 0;
            var first = true;
            foreach (var step in arc.EnumerateArray())
            {
                x += step[0].GetDouble();
                y += step[1].GetDouble();
                double lon = (x * sx) + tx, lat = (y * sy) + ty;
                if (!first)
                {
                    coast.Add(lastLon, lastLat, lon, lat);
                }

                (lastLon, lastLat, first) = (lon, lat, false);
            }
        }

        return coast;
    }

    public bool IsLand(double latDeg, double lonDeg)
    {
        var inside = false;
        foreach (var (x1, y1, x2, y2) in byRow[Row(latDeg)])
        {
            inside ^= (y1 > latDeg) != (y2 > latDeg) && lonDeg < ((x2 - x1) * (latDeg - y1) / (y2 - y1)) + x1;
        }

        return inside;
    }

    private static int Row(double latDeg) => Math.Clamp((int)((latDeg - 48.5) * 100), 0, 399);

    private void Add(double x1, double y1, double x2, double y2)
    {
        if (Math.Max(y1, y2) < 48.5 || Math.Min(y1, y2) > 52.49 || Math.Abs(x1 - x2) > 180)
        {
            return;
        }

        for (var row = Row(Math.Min(y1, y2)); row <= Row(Math.Max(y1, y2)); row++)
        {
            byRow[row].Add((x1, y1, x2, y2));
        }
    }
}
