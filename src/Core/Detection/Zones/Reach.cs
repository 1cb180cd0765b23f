using MaritimeWatch.Units;
using NetTopologySuite.Geometries;

namespace MaritimeWatch.Detection.Zones;

/// <summary>
/// Where a ship can have been while she was not heard (SCIENCE 2.6, steps 1 to 5; the space-time prism of T. Hägerstrand, 1970): every
/// place she could reach by sea from the last fix, and from there the next one in time, at her top speed. Possible, not observed.
/// Cheap to make; the sea is laid out with the first question. One thread at a time.
/// </summary>
public sealed class Reach
{
    private readonly SeaGrid sea;
    private readonly Lazy<SeaChart> chart;
    private readonly Lazy<SeaField> outward;
    private readonly Lazy<SeaField?> homeward;
    private readonly Lazy<MultiPolygon> footprint;
    private readonly Lazy<Distance?> shortest;
    private readonly SeaWay? way;

    /// <param name="sea">The navigable sea.</param>
    /// <param name="from">Last fix before the silence.</param>
    /// <param name="start">Its time, UTC.</param>
    /// <param name="to">First fix after it; null while the silence lasts.</param>
    /// <param name="end">Its time, or the time up to which the question is asked, UTC; after the start.</param>
    /// <param name="top">Her top speed over ground: own best of 90 days or that of her type, with the current's allowance (SCIENCE 2.6).</param>
    /// <exception cref="ArgumentOutOfRangeException">The end is not after the start.</exception>
    public Reach(SeaGrid sea, GeoPoint from, DateTimeOffset start, GeoPoint? to, DateTimeOffset end, Speed top)
    {
        if (end <= start)
        {
            throw new ArgumentOutOfRangeException(nameof(end), end, $"Expected an end after the start {start:u}.");
        }

        (this.sea, From, Start, To, End, Top) = (sea, from, start, to, end, top);
        way = to is { } last ? new SeaWay(sea.Coast, from, last, sea.Options) : null;
        chart = new(() => new SeaChart(sea.Coast, from, to ?? from, Distance.FromMetres(Math.Min(LongestWay.Metres, sea.Options.Farthest.Metres) * (to is null ? 2 : 1)), sea.Options));
        outward = new(() => Field(Chart.From, to is null ? null : Chart.To));
        homeward = new(() => to is null ? null : Field(Chart.To, Chart.From));
        shortest = new(() => way?.Shortest(sea.Options.Farthest));
        footprint = new(() => ReachOutline.Draw(this));
    }

    public GeoPoint From { get; }

    public DateTimeOffset Start { get; }

    public GeoPoint? To { get; }

    public DateTimeOffset End { get; }

    public Speed Top { get; }

    /// <summary>The most she can have sailed: top speed times the length of the silence.</summary>
    public Distance LongestWay => Top * (End - Start);

    /// <summary>The shortest way by sea between the two fixes; null without a next fix, or beyond <see cref="SeaOptions.Farthest"/>.</summary>
    public Distance? ShortestWay => shortest.Value;

    /// <summary>The least mean speed that joins the two fixes by sea. Beyond what the ship can do they are not one voyage (SCIENCE 2.6, step 2).</summary>
    public Speed? RequiredSpeed => ShortestWay is { } length ? length / (End - Start) : null;

    /// <summary>
    /// Surplus S = T − d / cruise: time that the way itself does not need. Near zero she kept going; well above it she stopped, went
    /// round, waited or met someone, for which there are many ordinary reasons. Negative when she sailed faster than her cruise.
    /// </summary>
    public TimeSpan? Surplus(Speed cruise) => ShortestWay is { } length && cruise.Knots > 0 ? End - Start - TimeSpan.FromHours(length.NauticalMiles / cruise.Knots) : null;

    /// <summary>Whether she can have been at a place at a time. Rather yes than no: a cell's width is allowed around corners.</summary>
    public bool IsReachable(GeoPoint at, DateTimeOffset time)
    {
        if (time < Start || time > End)
        {
            return false;
        }

        return Within(outward.Value, From, Top * (time - Start)) && (To is not { } to || Within(homeward.Value!, to, Top * (End - time)));

        // In open water the geodesic decides; the chart can only take places away that lie behind land.
        bool Within(SeaField field, GeoPoint start, Distance most) =>
            Geodesy.Between(start, at).Metres <= (most.Metres * 1.0001) + 1 && field.LengthM(at) <= (most.Metres * 1.001) + Chart.CellM;
    }

    /// <summary>
    /// Everywhere she can have been at some time of the silence, for a map: in open sea the ellipse about the two fixes, or the disc
    /// about the last one. Degrees of WGS 84, cut at the antimeridian; within a cell of the coast; empty when the fixes are too far apart.
    /// </summary>
    public MultiPolygon Footprint => footprint.Value;

    internal SeaGrid Sea => sea;

    internal SeaChart Chart => chart.Value;

    internal SeaField Outward => outward.Value;

    internal SeaField? Homeward => homeward.Value;

    /// <summary>Least length through a cell, metres; infinite where it is out of reach.</summary>
    internal double ThroughM(int cell) => Outward.LengthM(cell) + (Homeward?.LengthM(cell) ?? 0);

    /// <summary>The way between the fixes with a zone closed; null where none is short enough, or without a next fix.</summary>
    internal Distance? WayWithout(Zone zone) => way?.Shortest(LongestWay, zone);

    internal bool IsOneVoyage => way is null || way.Shortest(LongestWay) is not null;

    private SeaField Field(int from, int? toward) =>
        new(Chart, Chart.Land, from, toward, Math.Min(LongestWay.Metres, sea.Options.Farthest.Metres) + (3 * Chart.CellM), stop: false);
}
