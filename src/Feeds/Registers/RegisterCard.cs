using System.Text.Json;

namespace MaritimeWatch.Feeds.Registers;

/// <summary>What the records of a source are.</summary>
public enum RegisterGives
{
    /// <summary>Claims of a ship's identity.</summary>
    Claims,

    /// <summary>Entries of an official list; each is a claim of identity as well.</summary>
    Listings,

    /// <summary>Inspections by port States; each is a claim of identity as well.</summary>
    Inspections,

    /// <summary>Ports of the world.</summary>
    Ports,
}

/// <summary>
/// Card of a register or list (seeds/feeds/registers): who publishes it, what its records are and how its fields are called.
/// A new source is a new card; the reader stays as it is.
/// </summary>
/// <param name="Columns">Field to the names it has in the source, compared without case, spaces and punctuation; nested JSON names joined with a dot.</param>
/// <param name="NotStated">Values that mean nothing was stated.</param>
public sealed record RegisterCard(RegisterCard.About Card, IReadOnlyDictionary<string, IReadOnlyList<string>> Columns, IReadOnlyList<string> NotStated)
{
    public sealed record About(string Name, string Publisher, string Licence, string Frequency, int MinimumRows, IReadOnlyList<string> KnownDirtyValues);

    public RegisterGives Gives { get; init; }

    /// <summary>When the source is looked at for a new version: cron with seconds, UTC; every hour unless the card says otherwise.</summary>
    public string Schedule { get; init; } = "0 20 * * * *";

    /// <summary>True when a flag State speaks of its own register; false for a list of a third party.</summary>
    public bool FlagState { get; init; }

    /// <summary>True when the source's own number tells its ships apart, so that a record with a name and that number is a claim.</summary>
    public bool OwnNumber { get; init; }

    /// <summary>JSON: name of the array of records; null when the file is an array or has a record per line.</summary>
    public string? Rows { get; init; }

    /// <summary>JSON: name of the field that dates the list.</summary>
    public string? ListDate { get; init; }

    /// <summary>Forms of dates besides ISO 8601, for example <c>MM/dd/yyyy</c>; never guessed.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>Fields that must hold one of the values for a record to be read; the others are passed over and counted.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Only { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Status of every record where the source has no column for it, for example <c>neverregistered</c>.</summary>
    public string? Status { get; init; }

    /// <exception cref="InputException">The card is missing or not readable.</exception>
    public static RegisterCard Load(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Read(file);
        }
        catch (IOException e)
        {
            throw new InputException($"{path}: register card not readable ({e.Message})", e);
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: expected a register card in JSON ({e.Message})", e);
        }
    }

    /// <exception cref="JsonException">Not a card: not JSON, or without its parts.</exception>
    public static RegisterCard Read(Stream json)
    {
        var card = JsonSerializer.Deserialize<RegisterCard>(json, JsonForm);
        return card is { Card: not null, Columns: not null, NotStated: not null } && !card.Columns.Values.Append(card.NotStated).Any(n => n is null || n.Contains(null!))
            ? card
            : throw new JsonException("a card has the parts card, columns and notStated");
    }

    private static readonly JsonSerializerOptions JsonForm = new(JsonSerializerOptions.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
}
