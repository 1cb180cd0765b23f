using System.Globalization;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Identity;
using MaritimeWatch.Records;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Registers;

/// <summary>A port of the World Port Index or a list like it.</summary>
public sealed record Port(string Source, string Name, FlagState? Country, GeoPoint At, string? Reference);

/// <summary>What a register or list held, with what became of its records. Values kept as stated or left out are told among the rejections, uncounted.</summary>
public sealed record RegisterContent(IReadOnlyList<IdentityClaim> Claims, IReadOnlyList<Rejection> Rejections, IntakeCount Count, IReadOnlyList<string> UnreadColumns)
{
    public IReadOnlyList<Listing> Listings { get; init; } = [];

    public IReadOnlyList<Inspection> Inspections { get; init; } = [];

    public IReadOnlyList<Port> Ports { get; init; } = [];

    /// <summary>Date of the list: as it states, else as given by who delivered it.</summary>
    public DateTimeOffset ListDate { get; init; }
}

/// <summary>
/// A flag State's register or a list of a third party, CSV or JSON, by the fields of its card. Each record becomes a dated claim
/// with its place, and a listing or an inspection where the card says so. A record that names no ship is rejected; an IMO number
/// with a wrong check digit is kept as stated and told; a flag or date that is not understood is left out and told, never guessed.
/// </summary>
public sealed class RegisterReader(string source, RegisterCard card, FlagTables flags)
{
    /// <param name="path">The file.</param>
    /// <param name="asOf">Date of the extract, used where the list does not state its own.</param>
    /// <exception cref="InputException">Not a CSV or JSON with an identifier, or fewer records than the card demands.</exception>
    public RegisterContent Read(string path, DateTimeOffset asOf)
    {
        var rows = new RegisterRows(path, card);
        var (claims, listings, inspections, ports) = (new List<IdentityClaim>(), new List<Listing>(), new List<Inspection>(), new List<Port>());
        var (rejections, count) = (new List<Rejection>(), new IntakeCount());
        foreach (var row in rows.Read())
        {
            var at = new Fields(row, card, source, rejections);
            var reason = row.Fault ?? (card.Only.All(o => at.Stated(o.Key) is { } value && value.Split(';').Intersect(o.Value, StringComparer.OrdinalIgnoreCase).Any()) ? null : "not a record of the kind the card reads");
            if (reason is null && card.Gives == RegisterGives.Ports)
            {
                reason = PortOf(at) is { } port ? Kept(ports, port) : "row names no port with a position";
            }
            else if (reason is null)
            {
                var date = rows.ListDate ?? asOf;
                var claim = ClaimOf(at, date);
                var named = claim.Imo is not null || claim.Mmsi is not null || claim.CallSign is not null || (card.OwnNumber && claim.Name is not null && at.First("reference") is not null);
                claims.AddRange(named ? Former(at, claim) : []);
                reason = named ? Kept(claims, claim) : card.Gives == RegisterGives.Listings && claim.Name is not null ? null : "row names no ship";
                if (reason is null && card.Gives == RegisterGives.Listings)
                {
                    listings.Add(ListingOf(at, claim, date));
                }
                else if (reason is null && card.Gives == RegisterGives.Inspections)
                {
                    inspections.Add(InspectionOf(at, claim));
                }
            }

            if (reason is null)
            {
                count.Accept();
            }
            else
            {
                count.Reject(reason);
                rejections.Add(new Rejection(source, row.Place, row.Fault is null ? card.Gives == RegisterGives.Ports ? "name, latitude, longitude" : "imo, mmsi, callSign" : null, null, reason, row.Raw));
            }
        }

        var keys = card.Columns.SelectMany(c => c.Value.Select(ColumnCards.Plain)).Concat(card.Only.Keys.Select(ColumnCards.Plain)).ToHashSet();
        if (card.Gives != RegisterGives.Ports && !new[] { "imo", "mmsi", "callSign" }.Any(f => Has(rows, f)))
        {
            throw new InputException($"{path}: expected a column for imo, mmsi or callSign, found {string.Join(", ", rows.Names.Values)}. Give a register card that names it.");
        }

        if (count.Accepted < card.Card.MinimumRows)
        {
            throw new InputException($"{path}: expected at least {card.Card.MinimumRows} usable rows (minimum of the card), found {count.Accepted}. The version before stays in use.");
        }

        return new RegisterContent(claims, rejections, count, [.. rows.Names.Where(n => !keys.Contains(n.Key)).Select(n => n.Value)])
        {
            Listings = listings, Inspections = inspections, Ports = ports, ListDate = rows.ListDate ?? asOf,
        };
    }

    private bool Has(RegisterRows rows, string field) => card.Columns.TryGetValue(field, out var names) && names.Any(n => rows.Names.ContainsKey(ColumnCards.Plain(n)));

    private static string? Kept<T>(List<T> list, T item)
    {
        list.Add(item);
        return null;
    }

    private IdentityClaim ClaimOf(Fields at, DateTimeOffset date)
    {
        var imo = at.First("imo");
        if (imo is not null && imo.EndsWith(".0", StringComparison.Ordinal) && ImoNumber.TryParse(imo[..^2], out _))
        {
            at.Tell("imo", imo, "IMO number written with decimals, read as a whole number");
            imo = imo[..^2];
        }

        if (imo is not null && !ImoNumber.TryParse(imo, out _))
        {
            at.Tell("imo", imo, "IMO number without a right check digit, kept as stated");
        }

        return new IdentityClaim
        {
            Source = source,
            Origin = card.FlagState ? ClaimOrigin.Register : ClaimOrigin.List,
            Mmsi = at.Read("mmsi", "MMSI not understood, left out", text => Mmsi.TryParse(text, out var m) && m.Number > 0 ? m : (Mmsi?)null),
            ImoAsStated = imo,
            CallSign = at.Read("callSign", "call sign not understood, left out", text => CallSign.TryParse(text, out var call) ? new Held(call.Text) : (Held?)null)?.Text,
            Name = at.First("name"),
            Flag = at.Read("flag", "flag not understood, left out", flags.Read),
            ShipType = int.TryParse(at.First("shipType"), out var type) && type is > 0 and <= 255 ? type : null,
            LengthM = double.TryParse(at.First("lengthM"), CultureInfo.InvariantCulture, out var length) && length is > 0 and < 1_000 ? length : null,
            Owner = at.First("owner"),
            ClassSociety = at.First("classSociety"),
            BuiltYear = int.TryParse(at.First("builtYear"), out var year) && year is >= 1850 and <= 2100 ? year : null,
            ValidFrom = at.Date("validFrom"),
            ValidTo = at.Date("validTo"),
            FirstSeen = date,
            LastSeen = date,
            Status = card.FlagState ? StatusOf(at.First("status") ?? card.Status) : null,
            Reference = at.First("reference") is { } reference ? $"{reference} ({at.Place})" : at.Place,
        };
    }

    /// <summary>
    /// Former numbers and names of the record: claims that ended by the date of the list, of a beginning that is not known. They are found
    /// by a search and shown as former; their flags make no dated change.
    /// </summary>
    private static IEnumerable<IdentityClaim> Former(Fields at, IdentityClaim now)
    {
        var past = now with { Mmsi = null, CallSign = null, Name = null, Flag = null, Owner = null, ClassSociety = null, ValidFrom = null, ValidTo = now.FirstSeen, Status = now.Status is null ? null : RegisterStatus.Deleted };
        return Parts("formerMmsi").Where(t => Mmsi.TryParse(t, out var m) && m.Number > 0 && m != now.Mmsi).Select(t => past with { Mmsi = Mmsi.Parse(t) })
            .Concat(Parts("formerName").Where(t => !t.Equals(now.Name, StringComparison.OrdinalIgnoreCase)).Select(t => past with { Name = t }));

        IEnumerable<string> Parts(string field) => (at.First(field) ?? "").Split(['/', ';', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct();
    }

    private Listing ListingOf(Fields at, IdentityClaim claim, DateTimeOffset date) => new()
    {
        Source = source,
        ListName = at.Stated("listName") ?? card.Card.Name,
        Imo = claim.Imo,
        Mmsi = claim.Mmsi is { Kind: MmsiKind.Ship } mmsi && !Hulls.IsJunk(mmsi) ? mmsi : null,
        CallSign = claim.CallSign,
        Name = claim.Name ?? "(no name)",
        LegalAct = at.Stated("legalAct")?.Replace(";", ", ", StringComparison.Ordinal),
        DesignatedOn = Day(at.Date("listedOn")),
        ListDate = date,
        Current = !string.Equals(at.Stated("current"), "false", StringComparison.OrdinalIgnoreCase),
    };

    private Inspection InspectionOf(Fields at, IdentityClaim claim) => new()
    {
        Source = source,
        Authority = at.First("authority") ?? card.Card.Publisher,
        Port = at.First("port"),
        On = Day(at.Date("inspectedOn")),
        Imo = claim.Imo,
        Mmsi = claim.Mmsi,
        CallSign = claim.CallSign,
        Name = claim.Name,
        Flag = claim.Flag,
        Deficiencies = int.TryParse(at.First("deficiencies"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null,
        Detained = at.First("detained")?.ToUpperInvariant() is "Y" or "YES" or "TRUE" or "1" or "DETAINED" || at.First("releasedOn") is not null,
        ReleasedOn = Day(at.Date("releasedOn")),
        Reference = claim.Reference,
    };

    private Port? PortOf(Fields at) =>
        at.First("name") is { } name
        && double.TryParse(at.First("latitude"), CultureInfo.InvariantCulture, out var lat)
        && double.TryParse(at.First("longitude"), CultureInfo.InvariantCulture, out var lon)
        && GeoPoint.IsOnEarth(lat, lon)
            ? new Port(source, name, flags.Read(at.First("flag")), new GeoPoint(lat, lon), at.First("reference"))
            : null;

    private static RegisterStatus StatusOf(string? text) => text?.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() switch
    {
        "provisional" => RegisterStatus.Provisional,
        "deleted" => RegisterStatus.Deleted,
        "neverregistered" => RegisterStatus.NeverRegistered,
        "scrapped" or "brokenup" or "demolished" or "dismantled" or "totalloss" or "lost" => RegisterStatus.Scrapped,
        "certificatenotours" => RegisterStatus.CertificateNotOurs,
        "undercheck" => RegisterStatus.UnderCheck,
        _ => RegisterStatus.Registered,
    };

    private static DateOnly? Day(DateTimeOffset? date) => date is { } d ? DateOnly.FromDateTime(d.UtcDateTime) : null;

    private readonly record struct Held(string Text);
}
