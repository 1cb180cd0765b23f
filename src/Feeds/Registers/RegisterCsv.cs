using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Identity;
using MaritimeWatch.Records;
using MaritimeWatch.Units;
using Sylvan.Data.Csv;

namespace MaritimeWatch.Feeds.Registers;

/// <summary>Card of a register (seeds/feeds/register-columns.json): who publishes it and how its columns are called.</summary>
public sealed record RegisterCard(RegisterCard.About Card, IReadOnlyDictionary<string, IReadOnlyList<string>> Columns, IReadOnlyList<string> NotStated)
{
    public sealed record About(string Name, string Publisher, string Licence, string Frequency, int MinimumRows, IReadOnlyList<string> KnownDirtyValues);

    /// <exception cref="InputException">The card is missing or not readable.</exception>
    public static RegisterCard Load(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<RegisterCard>(file, JsonSerializerOptions.Web) ?? throw new InputException($"{path}: expected a register card, found nothing.");
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new InputException($"{path}: register card not readable ({e.Message})", e);
        }
    }
}

/// <summary>Claims of a register with what became of its rows.</summary>
public sealed record RegisterContent(IReadOnlyList<IdentityClaim> Claims, IReadOnlyList<Rejection> Rejections, IntakeCount Count, IReadOnlyList<string> UnreadColumns);

/// <summary>
/// A flag State's register as CSV, by the columns of its card. Each row becomes one dated claim with its place in the file;
/// a row that names no ship is rejected; an IMO number with a wrong check digit is kept as stated and told.
/// </summary>
public sealed class RegisterCsv(string source, RegisterCard card, FlagTables flags)
{
    /// <param name="path">The file.</param>
    /// <param name="asOf">Date of the extract, used as first and last seen.</param>
    /// <exception cref="InputException">Not a CSV with an identifier, or fewer rows than the card demands.</exception>
    public RegisterContent Read(string path, DateTimeOffset asOf)
    {
        using var text = new StreamReader(InputFile.Open(path), Encoding.UTF8);
        using var csv = CsvDataReader.Create(text, new CsvDataReaderOptions { HasHeaders = true, Comment = '\u0001' });
        var header = Enumerable.Range(0, csv.FieldCount).Select(csv.GetName).ToList();
        var names = header.Select(ColumnCards.Plain).ToList();
        var at = card.Columns.ToDictionary(c => c.Key, c => c.Value.Select(n => names.IndexOf(n)).FirstOrDefault(i => i >= 0, -1));
        if (at["imo"] < 0 && at["mmsi"] < 0 && at["callSign"] < 0)
        {
            throw new InputException($"{path}: expected a column for imo, mmsi or callSign, found {string.Join(", ", header)}. Give a register card that names it.");
        }

        var claims = new List<IdentityClaim>();
        var rejections = new List<Rejection>();
        var count = new IntakeCount();
        for (long row = 1; csv.Read(); row++)
        {
            if (Claim(csv, at, row, asOf, rejections) is { } claim)
            {
                claims.Add(claim);
                count.Accept();
            }
            else
            {
                count.Reject("row names no ship");
                rejections.Add(new Rejection(source, $"row {row}", "imo, mmsi, callSign", null, "row names no ship"));
            }
        }

        if (count.Accepted < card.Card.MinimumRows)
        {
            throw new InputException($"{path}: expected at least {card.Card.MinimumRows} usable rows (minimum of the card), found {count.Accepted}. The version before stays in use.");
        }

        return new RegisterContent(claims, rejections, count, [.. header.Where((_, i) => !at.ContainsValue(i))]);
    }

    private IdentityClaim? Claim(CsvDataReader csv, Dictionary<string, int> at, long row, DateTimeOffset asOf, List<Rejection> rejections)
    {
        var imo = Value("imo");
        if (imo is not null && !ImoNumber.TryParse(imo, out _))
        {
            rejections.Add(new Rejection(source, $"row {row}", "imo", imo, "IMO number without a right check digit, kept as stated"));
        }

        Mmsi? mmsi = Mmsi.TryParse(Value("mmsi"), out var parsed) && parsed.Number > 0 ? parsed : null;
        var callSign = CallSign.TryParse(Value("callSign"), out var call) ? call.Text : null;
        if (mmsi is null && callSign is null && !ImoNumber.TryParse(imo, out _))
        {
            return null;
        }

        return new IdentityClaim
        {
            Source = source,
            Origin = ClaimOrigin.Register,
            Mmsi = mmsi,
            ImoAsStated = imo,
            CallSign = callSign,
            Name = Value("name"),
            Flag = flags.Read(Value("flag")),
            ShipType = int.TryParse(Value("shipType"), out var type) && type is > 0 and <= 255 ? type : null,
            LengthM = double.TryParse(Value("lengthM"), CultureInfo.InvariantCulture, out var length) && length > 0 ? length : null,
            ValidFrom = Date(Value("validFrom")),
            ValidTo = Date(Value("validTo")),
            FirstSeen = asOf,
            LastSeen = asOf,
            Status = Value("status")?.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() switch
            {
                "provisional" => RegisterStatus.Provisional,
                "deleted" => RegisterStatus.Deleted,
                "neverregistered" => RegisterStatus.NeverRegistered,
                _ => RegisterStatus.Registered,
            },
            Reference = Value("reference") is { } reference ? $"{reference} (row {row})" : $"row {row}",
        };

        string? Value(string field)
        {
            if (at[field] < 0 || at[field] >= csv.RowFieldCount)
            {
                return null;
            }

            var value = csv.GetString(at[field]).Trim();
            return card.NotStated.Contains(value, StringComparer.OrdinalIgnoreCase) ? null : value;
        }

        static DateTimeOffset? Date(string? text) =>
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;
    }
}
