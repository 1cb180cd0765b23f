using MaritimeWatch.Identity;

namespace MaritimeWatch.Storage;

/// <summary>How a text that is held agrees with the one that was sought. The order is that of the answers, best first.</summary>
public enum SearchMatch
{
    /// <summary>An IMO number or MMSI, digit by digit.</summary>
    SameNumber,

    /// <summary>A call sign, letter by letter.</summary>
    SameCallSign,

    /// <summary>A name, when both are folded.</summary>
    SameName,

    /// <summary>It begins with what was sought.</summary>
    Begins,

    /// <summary>One letter or digit was corrected: one too many, left out, another one, or two neighbours swapped.</summary>
    OneCorrected,

    /// <summary>Two were corrected; for names of twelve letters and more.</summary>
    TwoCorrected,

    /// <summary>A name that holds the text, or each of its words.</summary>
    Holds,
}

/// <summary>A hull that a search found, by her best match.</summary>
/// <param name="HullId">As <see cref="Vessel.IdOf"/> makes it, from the claim that matched.</param>
/// <param name="Field">Where it matched.</param>
/// <param name="Text">What matched, as the source states it.</param>
/// <param name="Match">How it agrees.</param>
/// <param name="Former">True when no source holds it for her present one: each has said another since, or ended it.</param>
/// <param name="FirstSeen">Start of the time of which it is said.</param>
/// <param name="LastSeen">End of it: as stated, else when last seen.</param>
/// <param name="Claims">Claims of the hull, the last seen first; at most 500.</param>
public sealed record IdentityHit(
    string HullId, SearchField Field, string Text, SearchMatch Match, bool Former, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, IReadOnlyList<IdentityClaim> Claims)
{
    /// <summary>Letters or digits corrected, 0 to 2.</summary>
    public int Corrected => Match switch { SearchMatch.OneCorrected => 1, SearchMatch.TwoCorrected => 2, _ => 0 };
}
