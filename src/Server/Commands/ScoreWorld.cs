using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Flags;
using MaritimeWatch.Detection.Interference;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Detection.Zones;
using MaritimeWatch.Identity;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Commands;

/// <summary>Everything <c>score</c> knows, read once; gives the picture of each track.</summary>
internal sealed class ScoreWorld
{
    private readonly ScoreInput input;
    private readonly FlagTables flags;
    private readonly Chart chart;
    private readonly DateTimeOffset until;
    private readonly HeardSlots reception = new();
    private readonly ReceptionGrid grid = new(new ReceptionOptions());
    private readonly ILookup<Mmsi, IdentityClaim> broadcasts;
    private readonly ILookup<ImoNumber, IdentityClaim> claimsByImo;
    private readonly ILookup<Mmsi, IdentityClaim> registersByMmsi;
    private readonly IReadOnlyList<IdentityClaim> registers;
    private readonly IReadOnlyList<Listing> listings;
    private readonly Dictionary<string, string> names;
    private readonly IReadOnlyList<FleetMove> fleetMoves;

    public ScoreWorld(ScoreInput input, IReadOnlyList<IdentityClaim> registers, IReadOnlyList<Listing> listings, FlagTables flags, Chart chart, DateTimeOffset until)
    {
        (this.input, this.registers, this.listings, this.flags, this.chart, this.until) = (input, registers, listings, flags, chart, until);
        var (watch, jumps) = (new JumpWatch(), new List<Jump>());
        broadcasts = input.Claims();
        claimsByImo = registers.Concat(broadcasts.SelectMany(b => b)).Where(c => c.Imo is not null).ToLookup(c => c.Imo!.Value);
        registersByMmsi = registers.Where(c => c.Mmsi is not null).ToLookup(c => c.Mmsi!.Value);
        fleetMoves = FleetMoves.Of(claimsByImo.Select(hull => new Vessel(hull.Key.ToString(), [.. hull], [])), flags);
        names = broadcasts.ToDictionary(b => b.Key.ToString(), b => b.MaxBy(c => c.LastSeen)?.Name is { } name ? $"{name} (MMSI {b.Key})" : $"MMSI {b.Key}");
        foreach (var (trackId, _, fixes) in input.Tracks)
        {
            foreach (var fix in fixes)
            {
                reception.Add(trackId, fix);
                if (watch.Observe(trackId, fix) is { } jump)
                {
                    jumps.Add(jump);
                }
            }
        }

        Areas = new InterferenceAreas().Find(jumps, reception);

        grid.LearnUpTo(until + grid.Options.LearntAfter, reception);
    }

    /// <summary>Areas in which positions were led astray.</summary>
    public IReadOnlyList<InterferenceArea> Areas { get; }

    public IEnumerable<VesselPicture> Pictures()
    {
        foreach (var (trackId, mmsi, fixes) in input.Tracks)
        {
            var own = mmsi is { } m ? broadcasts[m].Concat(registersByMmsi[m]) : input.ClaimsOf(trackId);
            var claims = own.Concat(own.Select(c => c.Imo).OfType<ImoNumber>().Distinct().SelectMany(i => claimsByImo[i])).DistinctBy(c => c.Id);
            yield return new VesselPicture
            {
                AsOf = until,
                TrackId = trackId,
                Mmsi = mmsi,
                Vessel = Vessel.Of(mmsi, trackId, claims, listings),
                Fixes = fixes,
                Reception = reception,
                Grid = grid,
                Chart = chart,
                Interference = Areas,
                Flags = flags,
                FleetMoves = fleetMoves,
                NameOf = id => names.GetValueOrDefault(id, $"track {id}"),
            };
        }
    }

    public ScoreJson.Joins Joins()
    {
        var imos = input.Tracks.Where(t => t.Mmsi is not null).Select(t => (Mmsi: t.Mmsi!.Value, Imos: broadcasts[t.Mmsi!.Value].Select(c => c.Imo).OfType<ImoNumber>().ToHashSet())).ToList();
        var registered = registers.Select(r => r.Imo).OfType<ImoNumber>().ToHashSet();
        var listed = listings.Select(l => l.Imo).OfType<ImoNumber>().ToHashSet();
        var listedMmsis = listings.Select(l => l.Mmsi).OfType<Mmsi>().ToHashSet();
        return new ScoreJson.Joins(registers.Count, imos.Count(t => t.Imos.Overlaps(registered)), imos.Count(t => registersByMmsi.Contains(t.Mmsi)), listings.Count,
            imos.Count(t => t.Imos.Overlaps(listed)), imos.Count(t => listedMmsis.Contains(t.Mmsi)), imos.Count(t => t.Imos.Count > 0));
    }
}
