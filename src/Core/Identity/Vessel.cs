using MaritimeWatch.Units;

namespace MaritimeWatch.Identity;

/// <summary>
/// A hull as we understand it: the claims that speak of it, oldest first. Her id is the IMO number where one with a right
/// check digit is claimed, else the MMSI, else the source's own key. Merging claims is a reading, never a rewriting.
/// </summary>
public sealed record Vessel(string Id, IReadOnlyList<IdentityClaim> Claims, IReadOnlyList<Listing> Listings)
{
    /// <summary>Inspections of her by port States.</summary>
    public IReadOnlyList<Inspection> Inspections { get; init; } = [];

    /// <summary>Claims of statements that were superseded or revoked: readable, and no part of what she is.</summary>
    public IReadOnlyList<IdentityClaim> NoLongerStanding { get; init; } = [];

    /// <summary>Broadcasts under her MMSI with the IMO number of another hull.</summary>
    public IReadOnlyList<IdentityClaim> OthersUnderHerNumber { get; init; } = [];

    /// <summary>Claims in the order in which they tell her history; of one moment what a register says first, so that no flag decides the order.</summary>
    public IEnumerable<IdentityClaim> ClaimsInTime =>
        Claims.OrderBy(c => c.From).ThenByDescending(c => c.Origin == ClaimOrigin.Register).ThenByDescending(c => c.LastSeen).ThenBy(c => c.Id, StringComparer.Ordinal);

    public IEnumerable<IdentityClaim> Broadcasts => Claims.Where(c => c.Origin == ClaimOrigin.Broadcast);

    public IEnumerable<IdentityClaim> Registers => Claims.Where(c => c.Origin == ClaimOrigin.Register);

    /// <summary>
    /// The broadcast claim seen last, null when she never sent static data. Of two numbers seen at one time it is the higher, so
    /// that a hull speaks under one number, whichever of them is asked for.
    /// </summary>
    public IdentityClaim? LatestBroadcast => Broadcasts.MaxBy(c => (c.LastSeen, c.Mmsi));

    public ImoNumber? Imo => LatestBroadcast?.Imo ?? Claims.Select(c => c.Imo).FirstOrDefault(i => i is not null);

    /// <summary>Name last broadcast, else last registered.</summary>
    public string? Name => Broadcasts.Where(c => c.Name is not null).MaxBy(c => c.LastSeen)?.Name ?? Registers.Where(c => c.Name is not null).MaxBy(c => c.From)?.Name;

    public int? ShipType => Claims.Where(c => c.ShipType is not null).MaxBy(c => c.LastSeen)?.ShipType;

    public double? LengthM => Claims.Where(c => c.LengthM is not null).MaxBy(c => c.LastSeen)?.LengthM;

    public static string IdOf(ImoNumber? imo, Mmsi? mmsi, string trackId) => imo is { } i ? $"imo:{i}" : mmsi is { } m ? $"mmsi:{m}" : $"track:{trackId}";

    /// <summary>
    /// Reads the claims that name the MMSI or the IMO number into a hull. A register's claim by MMSI alone counts when it names
    /// no other hull: an MMSI passes from ship to ship.
    /// </summary>
    public static Vessel Of(Mmsi? mmsi, string trackId, IEnumerable<IdentityClaim> claims, IEnumerable<Listing> listings)
    {
        var known = claims.OrderBy(c => c.From).ThenBy(c => c.Id, StringComparer.Ordinal).ToList();
        var imo = known.Where(c => c.Origin == ClaimOrigin.Broadcast && c.Mmsi == mmsi && c.Imo is not null).MaxBy(c => c.LastSeen)?.Imo
            ?? (mmsi is null ? null : known.Where(c => c.Mmsi == mmsi && c.Imo is not null).MaxBy(c => c.LastSeen)?.Imo);
        var hers = known.Where(c => imo is null ? c.Mmsi == mmsi : c.Imo == imo || (c.Mmsi == mmsi && c.Imo is null)).ToList();
        return new Vessel(IdOf(imo, mmsi, trackId), hers, [.. listings.Where(l => (imo is not null && l.Imo == imo) || (l.Imo is null && mmsi is not null && l.Mmsi == mmsi))])
        {
            OthersUnderHerNumber = imo is null ? [] : [.. known.Where(c => c.Origin == ClaimOrigin.Broadcast && c.Mmsi == mmsi && c.Imo is not null && c.Imo != imo)],
        };
    }
}
