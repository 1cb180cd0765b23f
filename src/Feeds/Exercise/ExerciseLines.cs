using MaritimeWatch.Feeds.Ais;

namespace MaritimeWatch.Feeds.Exercise;

/// <summary>A line as a TCP feed would send it, and when it would.</summary>
public readonly record struct ExerciseLine(DateTimeOffset DeliveredAt, string Text);

/// <summary>
/// One run of the scenario: a queue of every set's next transmission, what each station hears of it, and a second queue
/// in which lines wait for their way to the feed. Every draw is a hash of ship, count and station, so two runs are the same.
/// </summary>
internal sealed class ExerciseLines
{
    /// <summary>A backlog is worked off this many times faster than it came in.</summary>
    private const int BacklogSpeed = 500;

    private readonly ScenarioFile file;
    private readonly ShipSender[] senders;
    private readonly long[] nominalMs, intervalMs;
    private readonly int[] counts;
    private readonly bool[] hears;
    private readonly (long FromMs, long ToMs)[] outages, backlogs;
    private readonly PriorityQueue<int, long> transmissions = new();
    private readonly PriorityQueue<string, long> onTheWay = new();
    private readonly char[] payload = new char[AisEncoder.LongestPayload + 1];
    private readonly long startUnixS, skipBeforeMs;
    private long written;

    public ExerciseLines(ScenarioFile file, IReadOnlyList<ExerciseShip> ships, DateTimeOffset? from)
    {
        this.file = file;
        senders = [.. ships.Select(s => new ShipSender(file, s))];
        nominalMs = new long[(2 * ships.Count) + file.Receivers.Length];
        intervalMs = new long[nominalMs.Length];
        counts = new int[nominalMs.Length];
        hears = new bool[file.Receivers.Length];
        outages = [.. file.Receivers.Select(r => PeriodOf(ExerciseTruthKind.ReceiverOutage, r))];
        backlogs = [.. file.Receivers.Select(r => PeriodOf(ExerciseTruthKind.LateBatch, r))];
        startUnixS = file.Start.ToUnixTimeSeconds();
        skipBeforeMs = from is { } f ? (long)Math.Ceiling((f - file.Start).TotalMilliseconds) : 0;
        for (var id = 0; id < nominalMs.Length; id++)
        {
            nominalMs[id] = FirstMs(id);
            intervalMs[id] = IntervalMs(id);
            transmissions.Enqueue(id, Key(nominalMs[id], id));
        }
    }

    public IEnumerable<ExerciseLine> Run()
    {
        var endMs = (long)(file.Hours * 3_600_000);
        while (transmissions.TryDequeue(out var id, out var key) && key >> 16 < endMs)
        {
            var nowMs = key >> 16;
            while (onTheWay.TryPeek(out var text, out var due) && due >> 34 <= nowMs)
            {
                onTheWay.Dequeue();
                yield return new ExerciseLine(file.Start.AddMilliseconds(due >> 34), text);
            }

            Transmit(id, nowMs);
            counts[id]++;
            nominalMs[id] += intervalMs[id];
            intervalMs[id] = IntervalMs(id);
            transmissions.Enqueue(id, Key(SlotMs(id), id));
        }

        while (onTheWay.TryDequeue(out var text, out var due))
        {
            yield return new ExerciseLine(file.Start.AddMilliseconds(due >> 34), text);
        }
    }

    private static long Key(long atMs, int id) => (atMs << 16) | (uint)id;

    private (long, long) PeriodOf(ExerciseTruthKind truth, Receiver receiver) =>
        file.EventOf(truth) is { } e && e.Receiver == receiver.Name ? ((long)(file.SecondsOf(e.From) * 1000), (long)(file.SecondsOf(e.To) * 1000)) : (0, 0);

    private bool IsStation(int id) => id >= 2 * senders.Length;

    private bool IsStatic(int id) => id >= senders.Length && !IsStation(id);

    private ShipSender SenderOf(int id) => senders[id % senders.Length];

    private long FirstMs(int id) => IsStation(id) ? 137 + ((id - (2 * senders.Length)) * 931)
        : (long)(SeededNoise.Unit(file.Seed, id, 61) * (IsStatic(id) ? ReportingInterval.StaticMs : SenderOf(id).IntervalMs(0)));

    private long IntervalMs(int id) => IsStation(id) ? ReportingInterval.BaseStationMs : IsStatic(id) ? ReportingInterval.StaticMs : SenderOf(id).IntervalMs(nominalMs[id]);

    /// <summary>A set takes a free slot within a tenth of the interval to either side of the nominal one (annex 2, 3.3.4.1.1).</summary>
    private long SlotMs(int id) => IsStation(id)
        ? nominalMs[id]
        : nominalMs[id] + (long)(SeededNoise.Between(-0.1, 0.1, file.Seed, id, counts[id], 62) * Math.Min(10_000, intervalMs[id]));

    private void Transmit(int id, long nowMs)
    {
        if (IsDelivered(nowMs))
        {
            return;
        }

        if (IsStation(id))
        {
            var heardBy = id - (2 * senders.Length);
            Array.Clear(hears);
            hears[heardBy] = !IsDown(heardBy, nowMs);
            var r = file.Receivers[heardBy];
            var length = AisEncoder.BaseStation(r.Mmsi, file.Start.AddMilliseconds(nowMs), r.LonDeg, r.LatDeg, 3 << 14, payload);
            Send(id, nowMs, length, 168);
            return;
        }

        var sender = SenderOf(id);
        var atS = nowMs / 1000.0;
        if (!sender.Ship.Sends(atS))
        {
            return;
        }

        if (!IsStatic(id))
        {
            if (Listen(id, nowMs, 0))
            {
                var (length, bits) = sender.Position(nowMs, counts[id], payload);
                Send(id, nowMs, length, bits);
            }

            return;
        }

        for (var part = 0; part < (sender.Ship.ClassB ? 2 : 1); part++)
        {
            if (Listen(id, nowMs, part))
            {
                var (length, bits) = sender.Static(nowMs, part, payload);
                Send(id, nowMs, length, bits);
            }
        }
    }

    private char Channel(int id) => ((counts[id] + id) & 1) == 0 ? 'A' : 'B';

    private bool IsDown(int receiver, long atMs) => atMs >= outages[receiver].FromMs && atMs < outages[receiver].ToMs;

    /// <summary>Draws, for each station, whether it hears this transmission.</summary>
    private bool Listen(int id, long nowMs, int part)
    {
        var ship = SenderOf(id).Ship;
        ref readonly var state = ref SenderOf(id).StateAt(nowMs);
        var any = false;
        for (var r = 0; r < hears.Length; r++)
        {
            var p = IsDown(r, nowMs) ? 0 : file.Receivers[r].Probability(state.LatDeg, state.LonDeg, ship.ClassB);
            hears[r] = p > 0 && SeededNoise.Unit(file.Seed, ((long)id << 1) + part, counts[id], 70 + r) < p;
            any |= hears[r];
        }

        return any;
    }

    /// <summary>True when every station had delivered this transmission before the run begins: nothing of it is needed then.</summary>
    private bool IsDelivered(long nowMs)
    {
        for (var r = 0; r < hears.Length; r++)
        {
            if (DueMs(r, nowMs) >= skipBeforeMs)
            {
                return false;
            }
        }

        return true;
    }

    // The numbers that join the parts of a message come from the transmission alone, so that a run may begin anywhere.
    private void Send(int id, long nowMs, int length, int bits)
    {
        var unixS = startUnixS + (nowMs / 1000);
        var fill = AisEncoder.FillBits(bits);
        for (var r = 0; r < hears.Length; r++)
        {
            var dueMs = DueMs(r, nowMs);
            if (!hears[r] || dueMs < skipBeforeMs)
            {
                continue;
            }

            var receiver = file.Receivers[r];
            if (length <= 60)
            {
                Put(dueMs, ExerciseSentence.One(receiver.Name, file.Mark, unixS, Channel(id), payload.AsSpan(0, length), fill));
                continue;
            }

            // 60 characters in the first sentence keep both under 82 characters without the tag block (IEC 61162-1).
            var group = 1 + (int)(((counts[id] * 977L) + (id * 13L) + (r * 331L)) % 999);
            for (var part = 1; part <= 2; part++)
            {
                var text = part == 1 ? payload.AsSpan(0, 60) : payload.AsSpan(60, length - 60);
                Put(dueMs, ExerciseSentence.PartOf(receiver.Name, file.Mark, unixS, Channel(id), text, part == 1 ? 0 : fill, part, (counts[id] + id) % 10, group));
            }
        }
    }

    private void Put(long dueMs, string text) => onTheWay.Enqueue(text, (dueMs << 34) | written++);

    private long DueMs(int receiver, long nowMs)
    {
        var (fromMs, toMs) = backlogs[receiver];
        var dueMs = nowMs + file.Receivers[receiver].DelayMs;
        return nowMs < fromMs || dueMs >= toMs + ((toMs - fromMs) / BacklogSpeed) ? dueMs : Math.Max(dueMs, toMs + ((nowMs - fromMs) / BacklogSpeed));
    }
}
