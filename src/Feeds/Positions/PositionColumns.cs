namespace MaritimeWatch.Feeds.Positions;

/// <summary>Where a position file has the columns that are read, by its header; -1 where it has none.</summary>
internal sealed class PositionColumns
{
    private static readonly string[] StaticFields = ["imo", "callSign", "name", "type", "length", "draught", "destination"];
    private static readonly string[] MovingFields = ["time", "lat", "lon", "sog", "cog", "heading"];
    private readonly IReadOnlyDictionary<string, int> at;

    /// <exception cref="InputException">No column for a time, a place or an identity.</exception>
    public PositionColumns(string path, List<string> header, ColumnCards cards)
    {
        Card = cards.CardFor(header);
        at = cards.Locate(header);
        (Time, Lat, Lon) = (Need("time"), Need("lat"), Need("lon"));
        (Mmsi, Key) = (Of("mmsi"), Of("key"));
        if (Mmsi < 0 && Key < 0)
        {
            throw Missing("mmsi");
        }

        (Sog, Cog, Heading, Status, Class) = (Of("sog"), Of("cog"), Of("heading"), Of("status"), Of("class"));
        Fields = new[] { Time, Lat, Lon, Mmsi, Key }.Max() + 1;
        StaticRuns = Runs([.. StaticFields.Select(Of).Where(i => i >= 0).Order()], [.. MovingFields.Select(Of)]);

        int Need(string field) => at.TryGetValue(field, out var index) ? index : throw Missing(field);

        InputException Missing(string field) => new(
            $"{path}: expected a column for {field} ({string.Join(", ", cards.Columns[field].Take(4))}), found {Shown(header)}. Name it with --map {field}=COLUMN.");
    }

    public PositionCard Card { get; }

    public int Time { get; }

    public int Lat { get; }

    public int Lon { get; }

    public int Mmsi { get; }

    public int Key { get; }

    public int Sog { get; }

    public int Cog { get; }

    public int Heading { get; }

    public int Status { get; }

    public int Class { get; }

    /// <summary>A row with fewer fields has no position.</summary>
    public int Fields { get; }

    /// <summary>Columns of static data that lie together, from and to; what changes with every position lies between runs.</summary>
    public (int From, int To)[] StaticRuns { get; }

    /// <summary>Column of a field of the cards, or -1.</summary>
    public int Of(string field) => at.GetValueOrDefault(field, -1);

    private static (int From, int To)[] Runs(int[] columns, int[] moving)
    {
        var runs = new List<(int From, int To)>();
        foreach (var column in columns)
        {
            if (runs.Count > 0 && !moving.Any(m => m > runs[^1].To && m < column))
            {
                runs[^1] = (runs[^1].From, column);
            }
            else
            {
                runs.Add((column, column));
            }
        }

        return [.. runs];
    }

    private static string Shown(List<string> header)
    {
        var all = string.Join(", ", header);
        return all.Length > 200 ? all[..200] + "…" : all;
    }
}
