using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Zones;

/// <summary>
/// The shortest way by sea between two ends, with or without a zone closed. It is sought on charts of growing reach, the first just
/// wider than the pair; a length found does not depend on the limit that was asked for, so that more time never takes a way away.
/// </summary>
internal sealed class SeaWay
{
    private readonly Coast coast;
    private readonly SeaOptions options;
    private readonly GeoPoint from, to;
    private readonly Distance direct;
    private readonly List<SeaChart> charts = [];

    public SeaWay(Coast coast, GeoPoint from, GeoPoint to, SeaOptions options)
    {
        // One order of the ends, so that there is as long as back to the last digit.
        (this.from, this.to) = from.LatDeg < to.LatDeg || (from.LatDeg == to.LatDeg && from.LonDeg <= to.LonDeg) ? (from, to) : (to, from);
        (this.coast, this.options) = (coast, options);
        // There and back may differ in the last digit; a way is never shorter than either.
        direct = Distance.FromMetres(Math.Max(Geodesy.Between(from, to).Metres, Geodesy.Between(to, from).Metres));
    }

    /// <summary>Length of the shortest way; null when it is longer than the limit.</summary>
    public Distance? Shortest(Distance limit, Zone? without = null)
    {
        var least = direct;
        var most = limit < options.Farthest ? limit : options.Farthest;
        for (var level = 0; least <= most; level++)
        {
            var chart = Chart(level);
            var closed = chart.Land;
            if (without is not null)
            {
                closed = chart.CellsOf(without);
                for (var i = 0; i < closed.Length; i++)
                {
                    closed[i] |= chart.Land[i];
                }
            }

            if (Length(chart, closed) is { } metres && metres <= chart.LengthM)
            {
                var found = Distance.FromMetres(Math.Max(metres, least.Metres));
                return found <= most ? found : null;
            }

            least = Distance.FromMetres(chart.LengthM);
        }

        return null;
    }

    private double? Length(SeaChart chart, bool[] closed)
    {
        if (!closed[chart.From] && !closed[chart.To] && !chart.Meets(closed, chart.From, chart.To))
        {
            return direct.Metres;
        }

        var field = new SeaField(chart, closed, chart.From, chart.To, chart.LengthM, stop: true);
        if (!field.Reaches(chart.To))
        {
            return null;
        }

        var way = field.Way(chart.To);
        var metres = 0.0;
        for (var i = 1; i < way.Count; i++)
        {
            metres += Geodesy.Between(i == 1 ? from : chart.Place(way[i - 1]), i == way.Count - 1 ? to : chart.Place(way[i])).Metres;
        }

        return metres;
    }

    private SeaChart Chart(int level)
    {
        while (charts.Count <= level)
        {
            // A quarter more than direct finds most ways round a headland; 20 nm is room enough where both ends are one place.
            var first = Math.Max(direct.Metres * 1.25, Distance.FromNauticalMiles(20).Metres);
            charts.Add(new SeaChart(coast, from, to, Distance.FromMetres(first * Math.Pow(1.5, charts.Count)), options));
        }

        return charts[level];
    }
}
