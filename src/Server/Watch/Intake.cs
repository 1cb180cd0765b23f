using MaritimeWatch.Detection;
using MaritimeWatch.Detection.Interference;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Feeds;
using MaritimeWatch.Identity;
using MaritimeWatch.Records;
using MaritimeWatch.Storage;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>
/// The hot path: keeps a little state per vessel and only notices. It turns what a feed brought into what is committed: each
/// fix once, claims of identity, and candidates for judgement. The state follows the store and is rebuilt from it at start.
/// </summary>
internal sealed class Intake(TimeSpan leastSilence, TimeSpan openFor)
{
    /// <summary>Open silences are noticed again at every step of this length, as what could have been heard grows.</summary>
    private static readonly TimeSpan Step = HeardSlots.SlotLength;

    /// <summary>A silence that ended is judged again when what was heard around it is learnt, and once more when nothing more of it can come.</summary>
    private static readonly TimeSpan[] JudgedAfter = [new ReceptionOptions().LearntAfter + TimeSpan.FromHours(1), HeardSlots.WitnessBracket + new ReceptionOptions().LearntAfter + TimeSpan.FromHours(1)];

    private static readonly TimeSpan EveryStepFor = TimeSpan.FromHours(2);

    /// <summary>Who was heard is remembered for as long as a silence of a day, its look-back and what may come after it need.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(60);

    private readonly Lock gate = new();
    private readonly Dictionary<Mmsi, Seen> vessels = [];
    private readonly Dictionary<long, HashSet<ulong>> recent = [];
    private readonly BroadcastIdentities identities = new("AIS");
    private readonly PriorityQueue<(Mmsi Mmsi, DateTimeOffset Since), DateTimeOffset> settling = new();
    private readonly JumpWatch jumpWatch = new();
    private readonly List<Jump> jumps = [];
    private bool jumpsChanged;
    private DateTimeOffset nextStep;
    private long steps;
    private long nowMs;

    /// <summary>The watch's time: the latest any feed has told. While nothing is received, no silence grows.</summary>
    public DateTimeOffset Now
    {
        get => DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref nowMs));
        private set => Interlocked.Exchange(ref nowMs, value.ToUnixTimeMilliseconds());
    }

    /// <summary>Who was heard where; locked while it is read or written.</summary>
    public HeardSlots Reception { get; } = new();

    /// <summary>How well ships are received, learnt from <see cref="Reception"/>; under the same lock.</summary>
    public ReceptionGrid Grid { get; private set; } = new(new ReceptionOptions());

    /// <summary>Areas in which positions of several vessels were led astray, as last worked out.</summary>
    public IReadOnlyList<InterferenceArea> Areas { get; private set; } = [];

    /// <summary>Takes what an earlier run learnt of reception, before anything is learnt here.</summary>
    public void Recall(ReceptionGrid learnt)
    {
        lock (Reception)
        {
            Grid = Grid.LearntTo is null || learnt.LearntTo > Grid.LearntTo ? learnt : Grid;
        }
    }

    /// <summary>Takes what is in the store already: at start, and from other processes.</summary>
    public void Hear(IReadOnlyList<(Mmsi Mmsi, Fix Fix)> stored)
    {
        lock (gate)
        {
            lock (Reception)
            {
                foreach (var (mmsi, fix) in stored)
                {
                    if (IsNew(mmsi, fix))
                    {
                        Reception.Add(mmsi.ToString(), fix);
                        Watch(mmsi.ToString(), fix);
                        var seen = vessels.TryGetValue(mmsi, out var known) ? known : vessels[mmsi] = new Seen { Last = fix.Time };
                        if (fix.Time - seen.Last > leastSilence)
                        {
                            Settle(mmsi, seen.Last, fix.Time);
                        }

                        seen.Last = fix.Time > seen.Last ? fix.Time : seen.Last;
                        Now = fix.Time > Now ? fix.Time : Now;
                    }
                }
            }
        }
    }

    /// <summary>Takes what each vessel last said she is, and said once, before a feed is read on from where it stood.</summary>
    public void Remember(IReadOnlyList<IdentityClaim> lastBroadcast, IReadOnlyList<SaidOnce>? saidOnce)
    {
        lock (gate)
        {
            foreach (var claim in lastBroadcast)
            {
                identities.Remember(claim);
            }

            foreach (var said in saidOnce ?? [])
            {
                identities.Remember(said);
            }
        }
    }

    /// <summary>Moves the watch's time on to what a feed has told elsewhere.</summary>
    public void Reach(DateTimeOffset? received)
    {
        lock (gate)
        {
            Now = received > Now ? received.Value : Now;
        }
    }

    /// <summary>Every vessel of the watch to be judged once more with all that is known, as at the end of a recording.</summary>
    public IReadOnlyList<Candidate> Everyone()
    {
        lock (gate)
        {
            LearnAlone(ended: true);
            return [.. vessels.Keys.Order().SelectMany(m => new[] { new Candidate(m, CandidateKind.Silence, Now - openFor), new Candidate(m, CandidateKind.Identity, Now - openFor) })];
        }
    }

    /// <summary>Learns what is ripe of the reception, whoever read the feed.</summary>
    /// <param name="ended">Nothing more comes: all that was heard is ripe.</param>
    public void Learn(bool ended)
    {
        lock (gate)
        {
            LearnAlone(ended);
        }
    }

    private void LearnAlone(bool ended)
    {
        lock (Reception)
        {
            Grid.LearnUpTo(ended ? Now + Grid.Options.LearntAfter : Now, Reception);
            if (jumpsChanged)
            {
                jumpsChanged = false;
                jumps.RemoveAll(j => j.To.Time < Now - Remembered);
                Areas = new InterferenceAreas().Find(jumps, Reception);
            }
        }
    }

    /// <summary>What is to be committed for a stretch of a feed.</summary>
    public IntakeBatch Notice(string feed, ObservationBatch observed)
    {
        lock (gate)
        {
            return NoticeAlone(feed, observed);
        }
    }

    private IntakeBatch NoticeAlone(string feed, ObservationBatch observed)
    {
        var positions = new List<PositionReport>(observed.Sightings.Count);
        var candidates = new Dictionary<(Mmsi, CandidateKind), DateTimeOffset>();
        foreach (var sighting in observed.Sightings)
        {
            if (sighting.Mmsi is not { } mmsi)
            {
                observed.Count.TurnIntoRejection("no MMSI: a live watch needs one");
            }
            else if (!IsNew(mmsi, sighting.Fix))
            {
                observed.Count.TurnIntoDuplicate();
            }
            else
            {
                positions.Add(new PositionReport(mmsi, sighting.Fix, sighting.ReceivedAt, sighting.Station));
                Follow(mmsi, sighting.Fix.Time, candidates);
            }
        }

        lock (Reception)
        {
            foreach (var position in positions)
            {
                Reception.Add(position.Mmsi.ToString(), position.Fix);
                Watch(position.Mmsi.ToString(), position.Fix);
            }
        }

        var claims = Claims(observed.Statics, candidates);
        Now = observed.LastReceived > Now ? observed.LastReceived.Value : Now;
        StepOn(candidates);
        return new IntakeBatch
        {
            Feed = feed,
            Positions = positions,
            Claims = claims,
            Candidates = [.. candidates.Select(c => new Candidate(c.Key.Item1, c.Key.Item2, c.Value))],
            Rejections = observed.Rejections,
            Count = observed.Count,
            Position = observed.Position,
            LastReceived = observed.LastReceived,
            SaidOnce = identities.Waiting(Now),
        };
    }

    private void Follow(Mmsi mmsi, DateTimeOffset time, Dictionary<(Mmsi, CandidateKind), DateTimeOffset> candidates)
    {
        if (!vessels.TryGetValue(mmsi, out var seen))
        {
            vessels[mmsi] = new Seen { Last = time };
            return;
        }

        if (time - seen.Last > leastSilence)
        {
            Put(candidates, mmsi, CandidateKind.Silence, seen.Last);
            Settle(mmsi, seen.Last, time);
        }
        else if (time < seen.Last - Step)
        {
            // Late data may shorten or remove a silence that was judged; a day back covers what is watched.
            Put(candidates, mmsi, CandidateKind.Silence, time - openFor);
        }

        seen.Last = time > seen.Last ? time : seen.Last;
    }

    private void Watch(string trackId, in Fix fix)
    {
        if (jumpWatch.Observe(trackId, fix) is { } jump)
        {
            jumps.Add(jump);
            jumpsChanged = true;
        }
    }

    private void Settle(Mmsi mmsi, DateTimeOffset since, DateTimeOffset ended)
    {
        foreach (var after in JudgedAfter)
        {
            settling.Enqueue((mmsi, since), ended + after);
        }
    }

    private List<IdentityClaim> Claims(List<StaticReport> statics, Dictionary<(Mmsi, CandidateKind), DateTimeOffset> candidates)
    {
        var claims = new List<IdentityClaim>();
        foreach (var report in statics)
        {
            if (identities.Observe(report) is { } claim)
            {
                claims.Add(claim);
                Put(candidates, report.Mmsi, CandidateKind.Identity, claim.FirstSeen);
            }
        }

        return claims;
    }

    private void StepOn(Dictionary<(Mmsi, CandidateKind), DateTimeOffset> candidates)
    {
        if (Now < nextStep)
        {
            return;
        }

        nextStep = Now + Step;
        steps++;
        foreach (var (mmsi, seen) in vessels)
        {
            // What a silence tells grows ever more slowly: after some hours it is looked at every half hour.
            if (Now - seen.Last > leastSilence && Now - seen.Last < openFor + JudgedAfter[^1] && (Now - seen.Last < EveryStepFor || (steps + mmsi.Number) % 3 == 0) && mmsi.Kind == MmsiKind.Ship)
            {
                Put(candidates, mmsi, CandidateKind.Silence, seen.Last);
            }
        }

        while (settling.TryPeek(out var settled, out var due) && due <= Now)
        {
            settling.Dequeue();
            Put(candidates, settled.Mmsi, CandidateKind.Silence, settled.Since);
        }

        LearnAlone(ended: false);
        lock (Reception)
        {
            jumpWatch.Forget(Now - Remembered);
            Reception.Forget(Now - Remembered);
            Grid.Forget(HeardSlots.HourOf(Now - Remembered));
        }

        foreach (var old in recent.Keys.Where(hour => hour < HourOf(Now) - 6).ToList())
        {
            recent.Remove(old);
        }
    }

    private bool IsNew(Mmsi mmsi, in Fix fix)
    {
        var hour = HourOf(fix.Time);
        var columns = fix.Columns;
        var hash = unchecked((ulong)HashCode.Combine(mmsi.Number, columns.TimeMs, columns.LatE7, columns.LonE7) << 32 | (uint)HashCode.Combine(columns.LonE7, columns.TimeMs, columns.SogTenths, columns.CogTenths, mmsi.Number));
        return (recent.TryGetValue(hour, out var set) ? set : recent[hour] = []).Add(hash);
    }

    private static long HourOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 3600;

    private static void Put(Dictionary<(Mmsi, CandidateKind), DateTimeOffset> candidates, Mmsi mmsi, CandidateKind kind, DateTimeOffset since) =>
        candidates[(mmsi, kind)] = candidates.TryGetValue((mmsi, kind), out var known) && known < since ? known : since;

    private sealed class Seen
    {
        public DateTimeOffset Last { get; set; }
    }
}
