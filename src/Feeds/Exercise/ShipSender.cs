using MaritimeWatch.Feeds.Ais;

namespace MaritimeWatch.Feeds.Exercise;

/// <summary>What a ship's AIS set sends, and when it sends next. Times are milliseconds since the scenario's start.</summary>
internal sealed class ShipSender(ScenarioFile file, ExerciseShip ship)
{
    private readonly EventSpec? interference = file.EventOf(ExerciseTruthKind.GnssInterference);
    private readonly double[] interferenceS = file.EventOf(ExerciseTruthKind.GnssInterference) is { } e ? [file.SecondsOf(e.From), file.SecondsOf(e.To)] : [0, 0];
    private TrueState state;
    private long stateMs = -1;
    private readonly int startSecond = file.Start.Second;

    public ExerciseShip Ship { get; } = ship;

    /// <summary>Milliseconds from a report to the next nominal one (ITU-R M.1371-5, annex 1, tables 1 and 2).</summary>
    public long IntervalMs(long atMs)
    {
        var atS = atMs / 1000.0;
        var phase = Ship.PhaseAt(atS);
        if (Ship.ClassB)
        {
            return WithinPhase(ReportingInterval.ClassBMs(phase.Path is null ? 0 : phase.ProgressAt(atS).SogKnots), phase, atMs);
        }

        var (sogKnots, alongNm) = phase.Path is null ? (0, 0) : phase.ProgressAt(atS);
        return WithinPhase(ReportingInterval.ClassAMs(phase.NavigationalStatus, sogKnots, phase.ChangesCourse(atS, alongNm)), phase, atMs);
    }

    /// <summary>Her true state; the last one is kept, because every station asks for the same.</summary>
    public ref readonly TrueState StateAt(long atMs)
    {
        if (stateMs != atMs)
        {
            state = Ship.At(atMs / 1000.0);
            stateMs = atMs;
        }

        return ref state;
    }

    /// <summary>Position report; gives the length of the payload and its bits.</summary>
    public (int Length, int Bits) Position(long atMs, long count, Span<char> payload)
    {
        var atS = atMs / 1000.0;
        var phase = Ship.PhaseAt(atS);
        ref readonly var state = ref StateAt(atMs);
        var mmsi = Ship.IdentityAt(atS).Mmsi;
        var (latDeg, lonDeg) = Received(state, atS, count);
        var sog = Math.Max(0, state.SogKnots + SeededNoise.Between(-0.08, 0.08, file.Seed, Ship.Index, count, 51));
        double? cog = sog < 0.1 ? null : state.CourseDeg + SeededNoise.Between(-0.4, 0.4, file.Seed, Ship.Index, count, 52);
        var second = (int)((startSecond + (atMs / 1000)) % 60);
        var heading = (int)Math.Round(Units.Course.FromDegrees(state.HeadingDeg).Degrees) % 360;
        if (Ship.ClassB)
        {
            return (AisEncoder.ClassB(new ClassBPosition(mmsi, sog, true, lonDeg, latDeg, cog, null, second), payload), 168);
        }

        var turning = phase.Path is not null && phase.ChangesCourse(atS, phase.ProgressAt(atS).AlongNm);
        double turn = turning ? phase.TurnDeg(atS) * 4 : 0;
        var report = new ClassAPosition(mmsi, state.NavigationalStatus, turn, sog, true, lonDeg, latDeg, cog, heading, second);
        return (AisEncoder.ClassA(turning ? 3 : 1, report, turning ? Itdma(atMs) : Sotdma(atMs, count), payload), 168);
    }

    /// <summary>Static report: message 5, or message 24 part A or B for class B (<paramref name="part"/> 0 or 1).</summary>
    public (int Length, int Bits) Static(long atMs, int part, Span<char> payload)
    {
        var who = Ship.IdentityAt(atMs / 1000.0);
        if (!Ship.ClassB)
        {
            var eta = file.Start.AddHours(file.Hours);
            return (AisEncoder.Static(new StaticAndVoyage(who.Mmsi, who.Imo, who.CallSign, who.Name, Ship.ShipType, Ship.Offsets, eta, who.DraughtM, file.Mark), payload), 424);
        }

        return part == 0
            ? (AisEncoder.NameOfClassB(who.Mmsi, who.Name, payload), 160)
            : (AisEncoder.DetailsOfClassB(who.Mmsi, Ship.ShipType, "EXE", who.CallSign, Ship.Offsets, payload), 168);
    }

    /// <summary>True where her own GNSS is led astray at that time.</summary>
    public bool IsDisplaced(in TrueState state, double atS) =>
        interference is { Centre: { } centre } && atS >= interferenceS[0] && atS < interferenceS[1]
            && Units.Geodesy.RoughNm(state.LatDeg, state.LonDeg, centre[0], centre[1]) <= interference.RadiusNm;

    /// <summary>Where her GNSS has her: a few metres off, or with the common shift of an interference.</summary>
    private (double LatDeg, double LonDeg) Received(in TrueState state, double atS, long count)
    {
        var cosLat = Math.Cos(state.LatDeg * Math.PI / 180);
        var northM = (3.0 * Math.Sin((atS / 173) + Ship.Index)) + SeededNoise.Between(-3, 3, file.Seed, Ship.Index, count, 53);
        var eastM = (3.0 * Math.Cos((atS / 211) + Ship.Index)) + SeededNoise.Between(-3, 3, file.Seed, Ship.Index, count, 54);
        var latDeg = state.LatDeg + (northM / 111_200);
        var lonDeg = state.LonDeg + (eastM / (111_200 * cosLat));
        if (IsDisplaced(state, atS) && interference!.ShiftCourseAndNm is { } shift)
        {
            latDeg += shift[1] / 60 * Math.Cos(shift[0] * Math.PI / 180);
            lonDeg += shift[1] / 60 * Math.Sin(shift[0] * Math.PI / 180) / cosLat;
        }

        return (latDeg, lonDeg);
    }

    /// <summary>A set does not wait three minutes to notice that its ship has cast off: the next report is at the phase's end at the latest.</summary>
    private static long WithinPhase(long intervalMs, Phase phase, long atMs)
    {
        var leftMs = (long)(phase.EndS * 1000) - atMs + 200;
        return leftMs > 200 && leftMs < intervalMs ? leftMs : intervalMs;
    }

    /// <summary>Slot of a minute's 2250 (annex 2, 3.2.2).</summary>
    private static int SlotAt(long atMs) => (int)(atMs % 60_000 * 2250 / 60_000);

    /// <summary>Annex 2, 3.3.7.2: UTC direct; slot time-out 0 to 7; and what that time-out calls for.</summary>
    private int Sotdma(long atMs, long count)
    {
        var timeOut = 7 - (int)(count % 8);
        var minutes = (int)((file.Start.TimeOfDay.TotalMinutes + (atMs / 60_000.0)) % 1440);
        var sub = timeOut switch
        {
            3 or 5 or 7 => 60 + SeededNoise.Below(200, file.Seed, Ship.Index, count, 55),
            2 or 4 or 6 => SlotAt(atMs),
            1 => ((minutes / 60) << 9) | ((minutes % 60) << 2),
            _ => SeededNoise.Below(2250, file.Seed, Ship.Index, count, 56),
        };
        return (timeOut << 14) | sub;
    }

    /// <summary>Annex 2, 3.3.7.3: UTC direct, slots to the next report, one slot, keep.</summary>
    private static int Itdma(long atMs) => ((75 + (SlotAt(atMs) % 50)) << 4) | 1;
}
