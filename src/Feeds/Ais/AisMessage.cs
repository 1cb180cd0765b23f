using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>Position fields of messages 1, 2, 3, 4, 9, 11, 18, 19, 21 and 27 (ITU-R M.1371-5). Not available is null.</summary>
public readonly record struct AisPosition
{
    public double? LatDeg { get; init; }

    public double? LonDeg { get; init; }

    /// <summary>Speed over ground; 102.2 kn means that or more (1,022 kn in message 9, 62 kn in message 27).</summary>
    public double? SogKnots { get; init; }

    public double? CogDeg { get; init; }

    public int? HeadingDeg { get; init; }

    /// <summary>Rate of turn from the turn indicator, right positive; null without indicator, then see <see cref="Turning"/>.</summary>
    public double? RotDegPerMin { get; init; }

    /// <summary>"left" or "right" when she turns faster than 5° in 30 s and has no turn indicator (values -127 and 127).</summary>
    public string? Turning { get; init; }

    public NavigationalStatus? Status { get; init; }

    public bool HighAccuracy { get; init; }

    /// <summary>Second of the UTC minute of the position, 0 to 59; null when not available, manual, estimated or inoperative.</summary>
    public int? UtcSecond { get; init; }

    public bool Raim { get; init; }

    /// <summary>Altitude of an aircraft in search and rescue, metres; 4,094 means that or more. Message 9 only.</summary>
    public int? AltitudeM { get; init; }

    /// <summary>True when the position was more than five seconds old when it was sent (message 27, position latency).</summary>
    public bool IsOld { get; init; }

    /// <summary>Special manoeuvre of inland waterways: 1 not engaged, 2 engaged; null when not available. Messages 1 to 3.</summary>
    public int? SpecialManoeuvre { get; init; }

    /// <summary>True while a base station tells her when to send (messages 9, 18, 19 and 21).</summary>
    public bool Assigned { get; init; }

    /// <summary>Communication state: 19 bits of messages 1 to 4 and 11, 20 with its selector flag of messages 9 and 18.</summary>
    public uint? CommunicationState { get; init; }

    /// <summary>What a class B set can do, message 18; none for others.</summary>
    public ClassBAbilities Abilities { get; init; }

    public bool HasPlace => LatDeg is not null && LonDeg is not null;
}

/// <summary>Static and voyage fields of messages 5, 19, 21 and 24 (ITU-R M.1371-5). Not available is null.</summary>
public sealed record AisStatic
{
    /// <summary>0 for part A of message 24, 1 for part B, null for other messages.</summary>
    public int? Part { get; init; }

    public int? Imo { get; init; }

    public string? CallSign { get; init; }

    public string? Name { get; init; }

    public int? ShipType { get; init; }

    /// <summary>Type of aid to navigation, message 21 (table 74).</summary>
    public int? AidType { get; init; }

    public int? ToBowM { get; init; }

    public int? ToSternM { get; init; }

    public int? ToPortM { get; init; }

    public int? ToStarboardM { get; init; }

    /// <summary>Type of position fixing device, 1 to 15; null when undefined (0).</summary>
    public int? Epfd { get; init; }

    public int? EtaMonth { get; init; }

    public int? EtaDay { get; init; }

    public int? EtaHour { get; init; }

    public int? EtaMinute { get; init; }

    public double? DraughtM { get; init; }

    public string? Destination { get; init; }

    public string? VendorId { get; init; }

    /// <summary>MMSI of the parent ship of an auxiliary craft (message 24 B of a 98 identity).</summary>
    public Mmsi? MotherShip { get; init; }

    /// <summary>Edition of the recommendation the set follows, message 5: 0 is M.1371-1, 1 is M.1371-3, 2 is M.1371-5.</summary>
    public int? AisVersion { get; init; }

    /// <summary>True when no keyboard and display is ready; messages 5, 9 and 19.</summary>
    public bool? DataTerminalNotReady { get; init; }

    /// <summary>State of an aid to navigation by its authority's own table, message 21.</summary>
    public int? AidState { get; init; }

    public bool? OffPosition { get; init; }

    public bool? VirtualAid { get; init; }
}

/// <summary>One complete AIS message: header, then what its type carries.</summary>
public readonly record struct AisMessage
{
    /// <summary>Message type, 1 to 27.</summary>
    public required int Type { get; init; }

    public required int Repeat { get; init; }

    public required Mmsi Mmsi { get; init; }

    public AisPosition? Position { get; init; }

    public AisStatic? Static { get; init; }

    /// <summary>What messages 6 to 8, 10, 12 to 17, 20, 22, 23, 25 and 26 carry; null for others.</summary>
    public AisContent? Content { get; init; }

    /// <summary>UTC of a base station, message 4, or of a ship that answers, message 11; null when not available.</summary>
    public DateTimeOffset? BaseStationTime { get; init; }

    /// <summary>Class by the message: A for 1, 2, 3, 5; B for 18, 19, 24; A or B is not told by 27.</summary>
    public TransponderClass Transponder => Type switch
    {
        1 or 2 or 3 or 5 => TransponderClass.A,
        18 or 19 or 24 => TransponderClass.B,
        _ => TransponderClass.Unknown,
    };
}
