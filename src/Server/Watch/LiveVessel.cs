using MaritimeWatch.Detection.Silence;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>Families of what sends: only ships are counted as ships (the class of the MMSI decides, ITU-R M.585).</summary>
internal enum LiveFamily : byte
{
    Ship,
    StationOrAid,
    AircraftOrDistress,
}

/// <summary>What the map shows beside the motion; bits of a frame's marks.</summary>
[Flags]
internal enum LiveMarks : byte
{
    None = 0,
    ClassB = 1,
    OpenSilence = 2,
    OpenAlert = 4,
    InDoubt = 8,
}

/// <summary>One vessel in the live picture; read and written under the picture's lock.</summary>
internal sealed class LiveVessel(Mmsi mmsi)
{
    /// <summary>Two fixes nearer than this are no jump however short the time between: antennas, satellites and clocks differ.</summary>
    private static readonly Distance Slack = Distance.FromNauticalMiles(1);

    /// <summary>How long after a jump, in the time of the feed, her place is shown as doubtful, if no other follows.</summary>
    private static readonly TimeSpan DoubtLasts = TimeSpan.FromMinutes(10);

    /// <summary>ITU-R M.1371-5, table 1, with room for lost messages; the same as the page draws by.</summary>
    private static readonly TimeSpan LostMoving = TimeSpan.FromMinutes(10), LostStill = TimeSpan.FromMinutes(30);

    private static readonly Speed Impossible = new SilenceOptions().Impossible;

    private DateTimeOffset? jumped;

    public Mmsi Mmsi { get; } = mmsi;

    public LiveFamily Family { get; } = FamilyOf(mmsi);

    public Fix Fix { get; private set; }

    /// <summary>What sends under such a number; a ship unless the number says otherwise (ITU-R M.585-9).</summary>
    public static LiveFamily FamilyOf(Mmsi mmsi) => mmsi.Kind switch
    {
        MmsiKind.CoastStation or MmsiKind.AidToNavigation => LiveFamily.StationOrAid,
        MmsiKind.SarAircraft or MmsiKind.Distress => LiveFamily.AircraftOrDistress,
        _ => LiveFamily.Ship,
    };

    /// <summary>The picture's version at her last change.</summary>
    public long Version { get; set; }

    /// <summary>Marks that judgements set.</summary>
    public LiveMarks Judged { get; set; }

    /// <summary>Cell of the picture's index she is in, and her place in its list.</summary>
    public int Cell { get; set; } = -1;

    public int Place { get; set; }

    public LiveMarks Marks => Judged | (Fix.Transponder == TransponderClass.B ? LiveMarks.ClassB : 0) | (jumped is null ? 0 : LiveMarks.InDoubt);

    /// <summary>Takes a later fix; a place she cannot have come to in the time is shown, and as doubtful.</summary>
    public void Take(in Fix fix)
    {
        if (Version > 0 && Family != LiveFamily.AircraftOrDistress && fix.Time > Fix.Time && IsJump(Fix, fix))
        {
            jumped = fix.Time;
        }
        else if (jumped < fix.Time - DoubtLasts)
        {
            jumped = null;
        }

        Fix = fix;
    }

    public bool IsLost(DateTimeOffset now) => now - Fix.Time > (Fix.SogKnots > 0.5 ? LostMoving : LostStill);

    private static bool IsJump(in Fix from, in Fix to)
    {
        // Rough first: nearly every pair is within the slack.
        if (Math.Abs(from.LatDeg) < 75 && Geodesy.RoughNm(from.LatDeg, from.LonDeg, to.LatDeg, to.LonDeg) < Slack.NauticalMiles)
        {
            return false;
        }

        return Geodesy.Between(from.At, to.At) > Slack + (Impossible * (to.Time - from.Time));
    }
}
