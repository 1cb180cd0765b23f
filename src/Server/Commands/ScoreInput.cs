using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Identity;
using MaritimeWatch.Records;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Commands;

/// <summary>Position files read into tracks: sorted, each fix once, every row accounted for.</summary>
internal sealed class ScoreInput
{
    private readonly SortedDictionary<string, (Mmsi? Mmsi, List<Fix> Fixes)> tracks = new(StringComparer.Ordinal);
    private readonly List<StaticReport> statics = [];
    private readonly Dictionary<string, KeyedShip> keyed = [];

    public IntakeCount Count { get; } = new();

    /// <summary>Tracks in order of their key.</summary>
    public IEnumerable<(string TrackId, Mmsi? Mmsi, IReadOnlyList<Fix> Fixes)> Tracks => tracks.Select(t => (t.Key, t.Value.Mmsi, (IReadOnlyList<Fix>)t.Value.Fixes));

    public int TrackCount => tracks.Count;

    public DateTimeOffset End { get; private set; }

    /// <summary>Reads files in turn; rejected rows go to <paramref name="refused"/> as they come.</summary>
    public void Read(IEnumerable<string> paths, ColumnCards cards, DateTimeOffset? from, DateTimeOffset? to, Action<Rejection> refused, Action<string, long> progress)
    {
        foreach (var path in paths)
        {
            foreach (var batch in PositionFiles.Open(Path.GetFileName(path), path, cards).ReadAsync(null, CancellationToken.None).ToBlockingEnumerable())
            {
                Take(batch, from, to);
                batch.Rejections.ForEach(refused);
                progress(path, Count.Lines);
            }
        }

        Settle();
    }

    /// <summary>Broadcast claims of all tracks, by MMSI.</summary>
    public ILookup<Mmsi, IdentityClaim> Claims()
    {
        var identities = new BroadcastIdentities("AIS");
        var claims = new Dictionary<string, IdentityClaim>();
        foreach (var report in statics.OrderBy(s => s.Time).ThenBy(s => s.Mmsi).ThenBy(s => s.Name, StringComparer.Ordinal))
        {
            if (identities.Observe(report) is { } claim)
            {
                claims[claim.Id] = claims.TryGetValue(claim.Id, out var known) ? known with { LastSeen = claim.LastSeen } : claim;
            }
        }

        return claims.Values.ToLookup(c => c.Mmsi!.Value);
    }

    /// <summary>What is known of a track without an MMSI: type and length, for what must be left out of alerts; nobody is named.</summary>
    public IEnumerable<IdentityClaim> ClaimsOf(string trackId) => keyed.TryGetValue(trackId, out var ship)
        ? [new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, ShipType = ship.ShipType, LengthM = ship.LengthM, FirstSeen = tracks[trackId].Fixes[0].Time, LastSeen = tracks[trackId].Fixes[^1].Time }] : [];

    private void Take(ObservationBatch batch, DateTimeOffset? from, DateTimeOffset? to)
    {
        Count.Add(batch.Count);
        statics.AddRange(batch.Statics);
        batch.KeyedShips.ForEach(ship => keyed[ship.SourceKey] = ship);
        foreach (var sighting in batch.Sightings)
        {
            if (sighting.Fix.Time < from || sighting.Fix.Time >= to)
            {
                Count.TurnIntoRejection("outside --from and --to");
                continue;
            }

            var id = sighting.TrackId;
            if (!tracks.TryGetValue(id, out var track))
            {
                tracks[id] = track = (sighting.Mmsi, []);
            }

            track.Fixes.Add(sighting.Fix);
        }
    }

    // Sorting by every column gives one order whatever the arrival, and makes exact repeats neighbours.
    private void Settle()
    {
        foreach (var (_, fixes) in tracks.Values)
        {
            fixes.Sort();
            var kept = 0;
            for (var i = 0; i < fixes.Count; i++)
            {
                if (i > 0 && fixes[i] == fixes[kept - 1])
                {
                    Count.TurnIntoDuplicate();
                    continue;
                }

                fixes[kept++] = fixes[i];
            }

            fixes.RemoveRange(kept, fixes.Count - kept);
            End = fixes[^1].Time > End ? fixes[^1].Time : End;
        }
    }
}
