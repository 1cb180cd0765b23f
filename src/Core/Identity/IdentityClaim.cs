using MaritimeWatch.Units;

namespace MaritimeWatch.Identity;

/// <summary>Who makes a claim of identity.</summary>
public enum ClaimOrigin
{
    /// <summary>The ship herself, by AIS static data.</summary>
    Broadcast,

    /// <summary>A flag State's register.</summary>
    Register,

    /// <summary>A list or data set of a third party.</summary>
    List,
}

/// <summary>What a register says of the ship. Null in a claim that is not from a register.</summary>
public enum RegisterStatus
{
    Registered,
    Provisional,
    Deleted,
    NeverRegistered,

    /// <summary>The certificate shown in the register's name was not issued by it.</summary>
    CertificateNotOurs,

    /// <summary>The register looks into it; nothing is said of the flag yet.</summary>
    UnderCheck,

    /// <summary>Broken up or lost: the hull is no more, and her number goes to no other.</summary>
    Scrapped,
}

/// <summary>
/// What one source says of a ship's identity over a time. Claims are added, never overwritten; a vessel is what they
/// amount to. Both times are kept: when it is said to be valid, and when we saw it said.
/// </summary>
public sealed record IdentityClaim
{
    /// <summary>Derived from source, document and values: the same claim has the same id.</summary>
    public string Id => (Owner ?? ClassSociety) is null
        ? FactId.Of(Source, Origin, Mmsi?.ToString(), ImoAsStated, CallSign, Name, Flag?.Code, ShipType, LengthM, ValidFrom, ValidTo, Status, Reference)
        : FactId.Of(Source, Origin, Mmsi?.ToString(), ImoAsStated, CallSign, Name, Flag?.Code, ShipType, LengthM, ValidFrom, ValidTo, Status, Reference, Owner, ClassSociety);

    /// <summary>Name of the feed or document.</summary>
    public required string Source { get; init; }

    public required ClaimOrigin Origin { get; init; }

    public Mmsi? Mmsi { get; init; }

    /// <summary>The IMO number as stated; <see cref="Imo"/> only when its check digit is right and it is no filler.</summary>
    public string? ImoAsStated { get; init; }

    public ImoNumber? Imo => ImoNumber.TryParse(ImoAsStated, out var imo) && !imo.IsPlaceholder ? imo : null;

    public string? CallSign { get; init; }

    public string? Name { get; init; }

    /// <summary>Flag the source states. Null for a broadcast: there the MID of the MMSI is the only claim of flag.</summary>
    public FlagState? Flag { get; init; }

    /// <summary>Ship and cargo type, ITU-R M.1371-5 table 53, where the source uses that table.</summary>
    public int? ShipType { get; init; }

    public double? LengthM { get; init; }

    /// <summary>Registered owner or manager as stated: company names alone, never a private person's.</summary>
    public string? Owner { get; init; }

    /// <summary>Classification society as stated; null where the source does not say.</summary>
    public string? ClassSociety { get; init; }

    /// <summary>Year the ship was built, 1850 to next year; null where the source does not say.</summary>
    public int? BuiltYear { get; init; }

    /// <summary>Start of validity as stated; null when the source does not say.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>End of validity as stated; null when open or unknown.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>First time this claim was seen: event time of the first broadcast, date of the document.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    public RegisterStatus? Status { get; init; }

    /// <summary>Place in the source or number of the document.</summary>
    public string? Reference { get; init; }

    /// <summary>Start of the time this claim speaks of: as stated, else when first seen.</summary>
    public DateTimeOffset From => ValidFrom ?? FirstSeen;
}

/// <summary>An entry of an official list, with its legal act. A fact about the entry, not a judgement about the ship.</summary>
public sealed record Listing
{
    public string Id => FactId.Of(Source, ListName, Imo?.ToString(), Mmsi?.ToString(), Name, DesignatedOn);

    public required string Source { get; init; }

    public required string ListName { get; init; }

    public ImoNumber? Imo { get; init; }

    public Mmsi? Mmsi { get; init; }

    public string? CallSign { get; init; }

    public required string Name { get; init; }

    /// <summary>Programme or legal act under which it is listed.</summary>
    public string? LegalAct { get; init; }

    public DateOnly? DesignatedOn { get; init; }

    /// <summary>State of the list this entry was read from.</summary>
    public DateTimeOffset? ListDate { get; init; }

    /// <summary>On the list when it was read; false where the list says the entry was taken off.</summary>
    public bool Current { get; init; } = true;
}
