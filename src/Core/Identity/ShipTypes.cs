namespace MaritimeWatch.Identity;

/// <summary>Names of ship and cargo types by number (ITU-R M.1371-5, table 53; seeds/ship-types.csv).</summary>
public sealed class ShipTypes
{
    private readonly Dictionary<int, string> names = [];

    /// <exception cref="FormatException">A row is not a number from 0 to 255 and a name.</exception>
    public ShipTypes(string csv)
    {
        foreach (var line in csv.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            names[comma > 0 && int.TryParse(line[..comma], out var type) && type is >= 0 and <= 255 ? type : throw new FormatException($"ship-types.csv: expected number,name, found '{line}'.")] = line[(comma + 1)..].Trim('"');
        }
    }

    /// <summary>Name of a type. A number the table leaves open goes by its tens where they have a name, else it is named as a number.</summary>
    public string NameOf(int type) => names.GetValueOrDefault(type) ?? (type >= 40 || type / 10 == 2 ? names.GetValueOrDefault(type / 10 * 10) : null) ?? $"type {type}";
}
