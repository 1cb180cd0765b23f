using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Feeds.Registers;
using MaritimeWatch.Feeds.Zones;
using MaritimeWatch.Identity;

namespace MaritimeWatch.Server.Settings;

/// <summary>Where the house keeps its things: seeds/ and maps/ with the program, data/ for what it writes.</summary>
internal sealed class House
{
    private House(string root) => Root = root;

    public string Root { get; }

    public string Seeds => Path.Combine(Root, "seeds");

    public string Maps => Path.Combine(Root, "maps");

    /// <summary>The folder that holds seeds/ and maps/: the working folder, or the nearest one above it or above the program.</summary>
    /// <exception cref="InputException">Neither has them.</exception>
    public static House Find()
    {
        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "seeds", "mid.csv")))
                {
                    return new House(at.FullName);
                }
            }
        }

        throw new InputException("Expected the folders seeds/ and maps/ beside or above the program, found none. Start it from the project's root.");
    }

    /// <summary>Where the store, keys and mails are kept.</summary>
    public string Data(Microsoft.Extensions.Configuration.IConfiguration configuration) => PathOf(configuration["Node:DataFolder"] ?? "data");

    /// <summary>A path from the settings: absolute, or from the root.</summary>
    public string PathOf(string path) => Path.GetFullPath(path, Root);

    public FlagTables Flags() => new(Seed("mid.csv"), Seed("call-sign-series.csv"), Seed("flags.csv"), Seed("flag-realms.csv"), Seed("flag-names.csv"));

    public ShipTypes ShipTypes() => new(Seed("ship-types.csv"));

    public ColumnCards PositionCards() => ColumnCards.Load(Path.Combine(Seeds, "feeds", "position-columns.json"));

    /// <summary>The sea: coast and channels of maps/, and the areas a centre has put into maps/areas as GeoJSON, Shapefile or GeoPackage.</summary>
    public Chart Chart()
    {
        var areas = Path.Combine(Maps, "areas");
        var own = !Directory.Exists(areas) ? [] : Directory.EnumerateFiles(areas).Where(f => Path.GetExtension(f) is ".shp" or ".geojson" or ".json" or ".gpkg").Order(StringComparer.Ordinal)
            .SelectMany(f => ZoneFile.Read(f, new ZoneReading(ZoneKind.DrawnArea, Path.GetFileName(f))).Zones).ToList();
        return new Chart(new SeaGrid(CoastTiles.Load(Maps)), own);
    }

    /// <summary>The card of a register: a name under seeds/feeds/registers, a path, or null for the flag register's own form.</summary>
    /// <exception cref="InputException">There is no such card.</exception>
    public RegisterCard RegisterCard(string? card = null)
    {
        var own = Path.Combine(Seeds, "feeds", "registers", $"{card ?? "flag-register"}.json");
        var path = File.Exists(own) || card is null ? own : PathOf(card);
        return File.Exists(path) ? Feeds.Registers.RegisterCard.Load(path) : throw new InputException(
            $"Register card '{card}': expected a file or one of {string.Join(", ", Directory.EnumerateFiles(Path.GetDirectoryName(own)!).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal))}.");
    }

    private string Seed(string name) => File.ReadAllText(Path.Combine(Seeds, name));
}
