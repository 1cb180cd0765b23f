using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>How well ships are received: per cell of a tenth of a degree, as a table and as a layer for any map.</summary>
internal static class ReceptionApi
{
    private const int MostCells = 20_000, HoursOfBlock = 24 / Stratum.Blocks;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/reception", (Intake intake, string? bbox, string? @class, DateTimeOffset? at) => Answer(intake, bbox, @class, (area, transponder) => new
        {
            learntTo = LearntTo(intake),
            hours = Hours(at),
            cellDeg = Cell.SizeDeg,
            cells = Cells(intake, area, transponder, at),
        })).ReadWith(Scopes.Watch).Tagged();
        routes.MapGet("/api/reception.geojson", (Intake intake, string? bbox, string? @class, DateTimeOffset? at) => Answer(intake, bbox, @class, (area, transponder) => new
        {
            type = "FeatureCollection",
            learntTo = LearntTo(intake),
            hours = Hours(at),
            features = Cells(intake, area, transponder, at).Select(c => new
            {
                type = "Feature",
                geometry = new { type = "Polygon", coordinates = new[] { Ring(c.SouthDeg, c.WestDeg) } },
                properties = c,
            }),
        })).ReadWith(Scopes.Watch).Tagged();
    }

    private static IResult Answer(Intake intake, string? bbox, string? transponder, Func<GeoBox?, TransponderClass, object> answer)
    {
        GeoBox? area = null;
        if (bbox is not null && (area = Boxes.Parse(bbox)) is null)
        {
            return Boxes.Unknown(bbox);
        }

        if (transponder is not (null or "a" or "b"))
        {
            return Problem.Of(400, "Unknown class", $"Expected class=a or class=b, found {transponder}.");
        }

        lock (intake.Reception)
        {
            return Results.Ok(answer(area, transponder == "b" ? TransponderClass.B : TransponderClass.A));
        }
    }

    private static DateTimeOffset? LearntTo(Intake intake) => intake.Grid.LearntTo is { } hour ? DateTimeOffset.UnixEpoch.AddHours(hour + 1) : null;

    /// <summary>The block of hours of the day, UTC, that a time falls into: what is learnt is known by these, not for one moment.</summary>
    private static int[]? Hours(DateTimeOffset? at) => at is { } time ? [BlockOf(time) * HoursOfBlock, (BlockOf(time) + 1) * HoursOfBlock] : null;

    private static byte BlockOf(DateTimeOffset at) => Stratum.BlockOf(HeardSlots.HourOf(at));

    private static List<ReceptionCell> Cells(Intake intake, GeoBox? area, TransponderClass transponder, DateTimeOffset? at)
    {
        var (grid, hour) = (intake.Grid, intake.Grid.LearntTo ?? 0);
        var view = new ReceptionView(grid, hour);
        var found = new List<ReceptionCell>();
        foreach (var cell in grid.Cells.Where(c => area?.Contains(c.MiddleLatDeg, c.MiddleLonDeg) ?? true).OrderBy(c => (c.Row, c.Column)).Take(MostCells))
        {
            var (share, sums) = (at is { } time ? view.Of(new Stratum(cell, transponder, BlockOf(time))) : view.OfDay(cell, transponder), default(SlotSums));
            for (byte block = 0; block < Stratum.Blocks; block++)
            {
                sums += grid.SumsOf(new Stratum(cell, transponder, block), hour);
            }

            var (low, high) = share.Interval95;
            double Of(double heard) => sums.Exposed > 0 ? Math.Round(heard / sums.Exposed, 3) : 0;
            found.Add(new ReceptionCell(Math.Round(cell.Row * Cell.SizeDeg, 1), Math.Round(cell.Column * Cell.SizeDeg, 1), Math.Round(share.Mean, 3), Math.Round(low, 3), Math.Round(high, 3), Math.Round(sums.Exposed, 1),
                Of(sums.Terrestrial), Of(sums.Satellite), Of(sums.Dynamic),
                [.. Enumerable.Range(0, Stratum.Blocks).Select(b => Math.Round(view.Of(new Stratum(cell, transponder, (byte)b)).Mean, 3))]));
        }

        return found;
    }

    private static double[][] Ring(double south, double west)
    {
        var (north, east) = (Math.Round(south + Cell.SizeDeg, 1), Math.Round(west + Cell.SizeDeg, 1));
        return [[west, south], [east, south], [east, north], [west, north], [west, south]];
    }

    /// <param name="SouthDeg">Southern edge.</param>
    /// <param name="WestDeg">Western edge.</param>
    /// <param name="Heard">Share of ten-minute slots in which a ship that transmits is heard, 0 to 1: over the day, or in the hours of the day asked for.</param>
    /// <param name="Low">The share lies between this</param>
    /// <param name="High">and this with 95 % probability.</param>
    /// <param name="ExposedSlots">Slots it is known from; older ones weigh less.</param>
    /// <param name="Terrestrial">Share heard by shore stations, of what was counted here.</param>
    /// <param name="Satellite">Share heard by satellites.</param>
    /// <param name="Dynamic">Share heard by other ships.</param>
    /// <param name="ByHours">The share in each block of four hours of the UTC day.</param>
    internal sealed record ReceptionCell(double SouthDeg, double WestDeg, double Heard, double Low, double High, double ExposedSlots, double Terrestrial, double Satellite, double Dynamic, IReadOnlyList<double> ByHours);
}
