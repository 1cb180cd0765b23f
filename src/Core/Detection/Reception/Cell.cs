namespace MaritimeWatch.Detection.Reception;

/// <summary>A cell of a tenth of a degree by a tenth of a degree: 6 nm from south to north, less from west to east.</summary>
public readonly record struct Cell(short Row, short Column)
{
    public const double SizeDeg = 0.1;
    private const int Columns = 3600;

    public double MiddleLatDeg => (Row + 0.5) * SizeDeg;

    public double MiddleLonDeg => (Column + 0.5) * SizeDeg;

    public static Cell Of(double latDeg, double lonDeg) => At((int)Math.Floor(latDeg / SizeDeg), (int)Math.Floor(lonDeg / SizeDeg));

    /// <summary>The cell some rows and columns away, across the antimeridian too; rows stop at the poles.</summary>
    public Cell Beside(int rows, int columns) => At(Row + rows, Column + columns);

    private static Cell At(int row, int column)
    {
        var wrapped = ((column + (Columns / 2)) % Columns + Columns) % Columns - (Columns / 2);
        return new Cell((short)Math.Clamp(row, -900, 899), (short)wrapped);
    }
}
