namespace MaritimeWatch.Storage.Chunks;

/// <summary>
/// The raster a source's coordinates lie on. AIS sends 1/10,000 minute (ITU-R M.1371-5, message 1), most files 5 or 6
/// decimals of a degree. Counting in the source's own steps keeps every digit and saves about a third of the bytes.
/// </summary>
internal enum PositionGrid : byte
{
    E7,
    E6,
    E5,
    MinuteTenThousandths,
}

/// <summary>Between 1e-7 degree and steps of a raster, exactly.</summary>
internal static class PositionGrids
{
    /// <summary>The coarsest raster on which every value lies.</summary>
    public static PositionGrid Fit(ReadOnlySpan<long> valuesE7)
    {
        ReadOnlySpan<PositionGrid> coarsestFirst = [PositionGrid.E5, PositionGrid.MinuteTenThousandths, PositionGrid.E6];
        foreach (var grid in coarsestFirst)
        {
            if (AllOn(valuesE7, grid))
            {
                return grid;
            }
        }

        return PositionGrid.E7;
    }

    public static long ToSteps(long valueE7, PositionGrid grid) => grid switch
    {
        PositionGrid.E6 => valueE7 / 10,
        PositionGrid.E5 => valueE7 / 100,
        PositionGrid.MinuteTenThousandths => FloorDiv((valueE7 * 6) + 50, 100),
        _ => valueE7,
    };

    /// <summary>A step of 1/600,000 degree is 50/3 of 1e-7 degree; thirds are never half-way, so rounding has one answer.</summary>
    public static long FromSteps(long steps, PositionGrid grid) => grid switch
    {
        PositionGrid.E6 => steps * 10,
        PositionGrid.E5 => steps * 100,
        PositionGrid.MinuteTenThousandths => FloorDiv((steps * 100) + 3, 6),
        _ => steps,
    };

    private static bool AllOn(ReadOnlySpan<long> valuesE7, PositionGrid grid)
    {
        foreach (var value in valuesE7)
        {
            if (FromSteps(ToSteps(value, grid), grid) != value)
            {
                return false;
            }
        }

        return true;
    }

    private static long FloorDiv(long value, long by) => (value >= 0 ? value : value - by + 1) / by;
}
