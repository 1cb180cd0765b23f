using System.Globalization;

namespace MaritimeWatch.Feeds.Exercise;

/// <summary>
/// The made-up extract of flag registers: most ships with an IMO number as they say of themselves, and the older and
/// deleted records that the truths need. Every reference carries the mark.
/// </summary>
internal sealed class RegistryExtract(ScenarioFile file, IReadOnlyList<ExerciseShip> ships, IdentityMaker identities)
{
    public const string Header = "imo,mmsi,call_sign,name,flag,ship_type,length_m,status,valid_from,valid_to,reference";

    /// <summary>Share of ships that the extract does not know, as no extract is complete.</summary>
    private const double Unknown = 0.05;

    public IReadOnlyList<string> Lines()
    {
        var lines = new List<string> { Header };
        foreach (var ship in ships)
        {
            var said = ship.Identities[0];
            var e = ship.Id is null ? null : Array.Find(file.Events, e => e.Ships?[0] == ship.Id && e.Registry is not null);
            foreach (var old in e?.Registry ?? [])
            {
                var then = old.Flag == said.Flag ? said : identities.Make(0, old.Flag, false, 0, false) with { Imo = said.Imo };
                lines.Add(Row(ship, then, "deleted", old.ValidFrom, old.ValidTo, old.Reference));
            }

            if (said.Imo > 0 && e?.Registered != false && (ship.Id is not null || SeededNoise.Unit(file.Seed, ship.Index, 81) >= Unknown))
            {
                var since = e?.Registry is { } before ? before[^1].ValidTo : SinceOf(ship);
                lines.Add(Row(ship, said, "registered", since, "", $"{file.Mark}-{said.Flag}-{10_000 + ship.Index}"));
            }
        }

        return lines;
    }

    private string SinceOf(ExerciseShip ship) =>
        new DateOnly(2012, 1, 1).AddDays(SeededNoise.Below(4700, file.Seed, ship.Index, 82)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Row(ExerciseShip ship, SpokenIdentity who, string status, string from, string to, string reference) =>
        string.Create(CultureInfo.InvariantCulture, $"{who.Imo},{who.Mmsi},{who.CallSign},{who.Name},{who.Flag},{ship.ShipType},{ship.LengthM},{status},{from},{to},{reference}");
}
