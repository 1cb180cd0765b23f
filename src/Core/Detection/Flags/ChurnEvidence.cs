using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Flags;

/// <summary>A change of flag between two stays.</summary>
internal sealed record FlagMove(FlagStay Before, FlagStay After);

/// <summary>
/// The signed reasons for and against a hull's changes of flag (SCIENCE 3.3): how many, how they lie to each other, what she did
/// meanwhile, what happened before; and against it sales, fleet moves and what registers confirm.
/// </summary>
internal sealed class ChurnEvidence(VesselPicture picture, FlagTables tables, IReadOnlyList<FlagMove> moves, FlagOptions options)
{
    private readonly List<Evidence> evidence = [];

    public static IReadOnlyList<Evidence> Of(VesselPicture picture, FlagTables tables, IReadOnlyList<FlagStay> stays, IReadOnlyList<FlagMove> moves, IReadOnlyList<Finding> silences, FlagOptions options)
    {
        var made = new ChurnEvidence(picture, tables, moves, options);
        made.Count();
        made.Stays(stays);
        made.AtSea(silences);
        made.Triggers();
        made.Against();
        return made.evidence;
    }

    private void Add(string name, string family, double nats, string text, params IEnumerable<string> references) => evidence.Add(new Evidence(name, family, nats, text, [.. references]));

    private void Count()
    {
        var built = picture.Vessel.Claims.Select(c => c.BuiltYear).OfType<int>().DefaultIfEmpty(0).Max();
        var rate = ChurnBaseline.FlagChangesPerYear(picture.Vessel.ShipType, built > 0 ? picture.AsOf.Year - built : null);
        var expected = rate * options.Window.TotalDays / 365;
        var list = string.Join(", ", moves.Select(c => $"{tables.NameOf(c.Before.Flag)} to {tables.NameOf(c.After.Flag)} ({c.After.From:yyyy-MM-dd})"));
        Add("churn", "churn", -Math.Log(Poisson.AtLeast(moves.Count, expected)),
            $"{moves.Count} change{(moves.Count == 1 ? "" : "s")} of flag in {options.Window.TotalDays:0} days, where {expected:0.00} is usual for her type{(built > 0 ? " and age" : "")}: {list}.", moves.Select(c => c.After.ClaimId));

        // Names, owners and class that change apart from any change of flag; with one they belong to it.
        var others = Transactions().Where(t => !moves.Any(m => (m.After.From - t.At).Duration() <= options.OneTransaction)).ToList();
        if (others.Count > 0)
        {
            var usual = options.OtherChangesPerYear * options.Window.TotalDays / 365;
            Add("otherChanges", "churn", 0.5 * Math.Min(options.MostOfOthersNats, -Math.Log(Poisson.AtLeast(others.Count, usual))),
                $"{others.Count} other change{(others.Count == 1 ? "" : "s")} of identity apart from these: {string.Join(", ", others.Select(t => $"{string.Join(" and ", t.Events.Select(e => Word(e.Attribute)).Distinct())} ({t.At:yyyy-MM-dd})"))}.", others.SelectMany(t => t.Events.Select(e => e.ClaimId)));
        }
    }

    private void Stays(IReadOnlyList<FlagStay> stays)
    {
        // Of the stays between two of the changes the shortest; the last one still goes on.
        var closed = moves.Zip(moves.Skip(1), (a, b) => (a.After, Length: b.After.From - a.After.From)).Where(s => s.Length < options.ShortStay).ToList();
        if (closed.Count > 0)
        {
            var shortest = closed.MinBy(s => s.Length);
            Add("shortStay", "pattern", Math.Min(options.MostOfShortStayNats, Math.Log(options.ShortStay / shortest.Length) + 0.5),
                $"She stayed {shortest.Length.TotalDays:0} days under {tables.NameOf(shortest.After.Flag)}; flags are kept for years.", shortest.After.ClaimId);
        }

        var returned = stays.Where((s, i) => i >= 2 && s.Flag == stays[i - 2].Flag && s.From >= picture.AsOf - options.Window).ToList();
        if (returned.Count > 0)
        {
            Add("return", "pattern", 0.7, $"She came back to a flag she had left: {tables.NameOf(returned[^1].Flag)}.", returned[^1].ClaimId);
        }
    }

    // A change of MMSI while under way, or off the shore, or with the transmitter silent, is rare: a ship is re-flagged in port (SCIENCE 3.1).
    private void AtSea(IReadOnlyList<Finding> silences)
    {
        var last = moves[^1];
        var at = picture.LastAt(last.After.From - TimeSpan.FromHours(1)) + 1;
        if (last.After.ByRegister || last.After.Mmsi is not { } now || picture.Mmsi != now || at >= picture.Fixes.Count)
        {
            return;
        }

        var first = picture.Fixes[at];
        var off = picture.Chart?.ToShore(first.At);
        if (first.SogKnots >= 3 || off > options.OutsidePort)
        {
            Add("changedAtSea", "behaviour", 1.5, $"The identity {now} was first heard {(first.SogKnots is { } sog ? $"at {sog:0.0} kn" : "at sea")}, {first.Time:yyyy-MM-dd HH:mm'Z'} at {first.At.ToDegreesMinutes()}{(off is { } shore ? $", {shore.NauticalMiles:0} nm from the shore" : "")}.", last.After.ClaimId);
        }

        if (last.Before is { ByRegister: false } && first.Time - last.Before.Until is { TotalMinutes: > 20, TotalHours: < 48 } silent)
        {
            Add("silentBetween", "behaviour", 1, $"Between the last message of the old identity and the first of the new one lie {silent.TotalMinutes:0} min without either.", last.Before.ClaimId, last.After.ClaimId);
        }

        if (silences.FirstOrDefault(s => s.StartTime <= last.After.From && s.EndTime >= last.After.From - TimeSpan.FromDays(1)
            && s.Evidence.Where(e => e.Name == Silence.SilenceEvidence.Silence).Sum(e => e.Nats) >= options.LeastSilenceNats) is { } dark)
        {
            Add("changedWhileSilent", "behaviour", options.MostOfSilenceNats, $"Her identity changed within the silence from {dark.StartTime:yyyy-MM-dd HH:mm'Z'}, in which she should have been heard.", last.After.ClaimId);
        }
    }

    private void Triggers()
    {
        var facts = picture.Vessel.Listings.Where(l => l.DesignatedOn is not null).Select(l => (On: l.DesignatedOn!.Value, What: $"an entry of {l.ListName}", l.Id))
            .Concat(picture.Vessel.Inspections.Where(i => i is { Detained: true, On: not null }).Select(i => (On: i.On!.Value, What: $"a detention{(i.Port is { } port ? $" at {port}" : "")} ({i.Authority ?? i.Source})", i.Id)));
        var soonest = moves.SelectMany(m => facts.Select(f => (Move: m, Fact: f, Days: DateOnly.FromDateTime(m.After.From.UtcDateTime).DayNumber - f.On.DayNumber)))
            .Where(t => t.Days is >= 0 and <= 365).OrderBy(t => t.Days).ThenBy(t => t.Fact.Id, StringComparer.Ordinal).FirstOrDefault();
        if (soonest.Move is { } move)
        {
            Add("afterEvent", "trigger", soonest.Days <= 90 ? options.SoonAfterEventNats : options.YearAfterEventNats,
                $"The change to {tables.NameOf(move.After.Flag)} came {soonest.Days} days after {soonest.Fact.What} of {soonest.Fact.On:yyyy-MM-dd}.", soonest.Fact.Id, move.After.ClaimId);
        }
    }

    private void Against()
    {
        var confirmed = moves.Where(c => c.Before.ByRegister && c.After.ByRegister).ToList();
        if (confirmed.Count > 0)
        {
            Add("confirmed", "lawful", -1.0 * confirmed.Count, $"Registers confirm both ends of {confirmed.Count} of the changes.", confirmed.Select(c => c.After.ClaimId));
        }

        var (sales, kept, fleet) = (new List<FlagMove>(), new List<FlagMove>(), new List<(FlagMove Move, FleetMove Fleet)>());
        var transactions = Transactions();
        foreach (var move in moves)
        {
            var near = transactions.Where(t => (t.At - move.After.From).Duration() <= options.OneTransaction).SelectMany(t => t.Events).Select(e => e.Attribute).ToHashSet();
            if (near.Contains(IdentityAttribute.Owner))
            {
                sales.Add(move);
            }
            else if (ClassAt(move.Before.From) is { } old && old == ClassAt(move.After.From) && !near.Contains(IdentityAttribute.ClassSociety))
            {
                kept.Add(move);
            }

            if (picture.FleetMoves.FirstOrDefault(f => f.From == move.Before.Flag && f.To == move.After.Flag && move.After.From >= f.First && move.After.From <= f.Last && (f.Owner == Flags.FleetMoves.ByRegister || picture.Vessel.Claims.Any(c => c.Owner == f.Owner))) is { } with)
            {
                fleet.Add((move, with));
            }
        }

        if (sales.Count > 0)
        {
            Add("sale", "lawful", options.SaleNats * sales.Count, $"Owner and flag changed together in {sales.Count} of the changes, as in a sale.", sales.Select(s => s.After.ClaimId));
        }

        if (kept.Count > 0)
        {
            Add("classContinues", "lawful", -0.5 * kept.Count, $"Her classification society stayed the same through {kept.Count} of the changes.", kept.Select(s => s.After.ClaimId));
        }

        foreach (var (move, with) in fleet)
        {
            Add("fleetMove", "lawful", options.FleetNats, $"{with.Ships} ships of {(with.Owner == Flags.FleetMoves.ByRegister ? "many owners" : with.Owner)} went from {tables.NameOf(with.From)} to {tables.NameOf(with.To)} between {with.First:yyyy-MM-dd} and {with.Last:yyyy-MM-dd}: a decision of the company or the register, not of this ship.", move.After.ClaimId);
        }
    }

    private IReadOnlyList<Transaction> Transactions() =>
        [.. IdentityEvents.Bundled(IdentityEvents.Of(picture.Vessel, options.OneTransaction).Where(e => e.FirstSeen >= picture.AsOf - options.Window - options.OneTransaction), options.OneTransaction)];

    private string? ClassAt(DateTimeOffset time) => picture.Vessel.Claims.Where(c => c.ClassSociety is not null && c.From <= time).MaxBy(c => c.From)?.ClassSociety;

    private static string Word(IdentityAttribute attribute) => attribute switch
    {
        IdentityAttribute.Name => "name",
        IdentityAttribute.Mmsi => "MMSI",
        IdentityAttribute.CallSign => "call sign",
        IdentityAttribute.Owner => "owner",
        IdentityAttribute.ClassSociety => "class",
        _ => "flag",
    };
}
