using MaritimeWatch.Units;

namespace MaritimeWatch.Identity;

/// <summary>What a ship is looked for by. The numbers are kept in stores: they never change.</summary>
public enum SearchField
{
    /// <summary>IMO number as stated, right or wrong, digits alone.</summary>
    ImoNumber = 0,

    /// <summary>MMSI, nine digits.</summary>
    Mmsi = 1,

    /// <summary>Call sign, letters and digits alone.</summary>
    CallSign = 2,

    /// <summary>Name, in the forms of <see cref="NameFolding"/>.</summary>
    Name = 3,
}

/// <summary>A text under which a claim is found.</summary>
/// <param name="Field">What it is.</param>
/// <param name="Text">Folded as <see cref="SearchField"/> says; never empty.</param>
public readonly record struct SearchTerm(SearchField Field, string Text)
{
    /// <summary>All texts under which a claim is found.</summary>
    public static IEnumerable<SearchTerm> Of(IdentityClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return new[] { SearchField.ImoNumber, SearchField.Mmsi, SearchField.CallSign, SearchField.Name }
            .SelectMany(field => Folded(field, Stated(claim, field)).Select(text => new SearchTerm(field, text)));
    }

    /// <summary>What a claim says in a field, as it says it.</summary>
    public static string? Stated(IdentityClaim claim, SearchField field)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return field switch
        {
            SearchField.ImoNumber => claim.ImoAsStated,
            SearchField.Mmsi => claim.Mmsi?.ToString(),
            SearchField.CallSign => claim.CallSign,
            _ => claim.Name,
        };
    }

    /// <summary>The forms in which a stated text is compared; none for one that says nothing, such as an IMO number of zeros.</summary>
    public static IReadOnlyList<string> Folded(SearchField field, string? stated)
    {
        if (string.IsNullOrWhiteSpace(stated))
        {
            return [];
        }

        switch (field)
        {
            case SearchField.Name:
                return NameFolding.Forms(stated);
            case SearchField.Mmsi:
                return Units.Mmsi.TryParse(stated, out var mmsi) ? [mmsi.ToString()] : [];
            case SearchField.ImoNumber when Units.ImoNumber.Digits(stated) is { } digits:
                return digits == 0 ? [] : [digits.ToString("0000000", System.Globalization.CultureInfo.InvariantCulture)];
            default:
                var sign = string.Concat(stated.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit));
                return sign.Length == 0 ? [] : [sign];
        }
    }
}
