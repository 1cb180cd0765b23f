using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>
/// Reads messages 1 to 27 after the tables of ITU-R M.1371-5, annex 8; bit numbers below count from 0. Values the standard
/// calls not available become null here and travel no further; binary payloads are kept as they came.
/// </summary>
public static class AisDecoder
{
    /// <summary>Decodes the payload. Gives null on success, else the reason it was refused, with what was expected and found.</summary>
    public static string? Decode(scoped in AisPayload p, out AisMessage message)
    {
        message = default;
        if (p.BitCount < 38)
        {
            return "message shorter than its header";
        }

        var type = (int)p.U(0, 6);
        if (type is < 1 or > 27)
        {
            return "message type outside 1 to 27";
        }

        var number = p.U(8, 30);
        if (number > Mmsi.Highest)
        {
            return "MMSI has more than nine digits";
        }

        if (p.BitCount < LeastBits(type, p))
        {
            return "message shorter than its type";
        }

        var header = new AisMessage { Type = type, Repeat = (int)p.U(6, 2), Mmsi = new Mmsi((int)number) };
        message = type switch
        {
            1 or 2 or 3 => header with { Position = ClassA(p) },
            4 or 11 => header with { Position = Place(p, 79, 107) with { HighAccuracy = p.Flag(78), Raim = p.Flag(148), CommunicationState = p.U(149, 19) }, BaseStationTime = UtcOf(p), Static = new AisStatic { Epfd = OrNull(p.U(134, 4)) } },
            5 => header with { Static = VoyageOf(p) },
            9 => header with { Position = Aircraft(p), Static = new AisStatic { DataTerminalNotReady = p.Flag(142) } },
            18 => header with { Position = ClassB(p) with { Raim = p.Flag(147), Assigned = p.Flag(146), CommunicationState = p.U(148, 20), Abilities = Abilities(p) } },
            19 => header with { Position = ClassB(p) with { Raim = p.Flag(305), Assigned = p.Flag(307) }, Static = ExtendedB(p) },
            21 => header with { Position = Place(p, 164, 192) with { HighAccuracy = p.Flag(163), UtcSecond = Second(p.U(253, 6)), Raim = p.Flag(268), Assigned = p.Flag(270) }, Static = Aid(p) },
            24 => header with { Static = p.U(38, 2) == 0 ? new AisStatic { Part = 0, Name = p.Text(40, 20) } : PartB(p, header.Mmsi) },
            27 => header with { Position = LongRange(p) },
            _ => header with { Content = AisContentDecoder.Decode(type, p) },
        };
        return null;
    }

    // The shortest form the standard allows; some transmitters leave out spare bits at the end of 5, 21 and 24.
    private static int LeastBits(int type, in AisPayload p) => type switch
    {
        1 or 2 or 3 or 4 or 9 or 11 or 18 => 168,
        5 => 420,
        19 => 306,
        21 => 270,
        24 => p.BitCount >= 40 && p.U(38, 2) == 0 ? 160 : 162,
        27 => 94,
        _ => AisContentDecoder.LeastBits(type, p),
    };

    // Table 48.
    private static AisPosition ClassA(in AisPayload p)
    {
        var turn = p.S(42, 8);
        var status = (NavigationalStatus)p.U(38, 4);
        return Place(p, 61, 89) with
        {
            Status = status,
            // The indicator sends 4.733 times the square root of the rate (table 48, note on rate of turn).
            RotDegPerMin = turn is -128 or -127 or 127 ? null : Math.Sign(turn) * Math.Round(Math.Pow(turn / 4.733, 2), 1),
            Turning = turn switch { 127 => "right", -127 => "left", _ => null },
            SogKnots = Tenths(p.U(50, 10), 1023),
            HighAccuracy = p.Flag(60),
            CogDeg = Tenths(p.U(116, 12), 3600),
            HeadingDeg = Heading(p.U(128, 9)),
            UtcSecond = Second(p.U(137, 6)),
            SpecialManoeuvre = p.U(143, 2) is var manoeuvre && manoeuvre is 1 or 2 ? (int)manoeuvre : null,
            Raim = p.Flag(148),
            CommunicationState = p.U(149, 19),
        };
    }

    // Tables 67 and 68: the first 139 bits are the same.
    private static AisPosition ClassB(in AisPayload p) => Place(p, 57, 85) with
    {
        SogKnots = Tenths(p.U(46, 10), 1023),
        HighAccuracy = p.Flag(56),
        CogDeg = Tenths(p.U(112, 12), 3600),
        HeadingDeg = Heading(p.U(124, 9)),
        UtcSecond = Second(p.U(133, 6)),
    };

    private static ClassBAbilities Abilities(in AisPayload p) =>
        (p.Flag(141) ? ClassBAbilities.CarrierSense : 0) | (p.Flag(142) ? ClassBAbilities.Display : 0) | (p.Flag(143) ? ClassBAbilities.Dsc : 0)
        | (p.Flag(144) ? ClassBAbilities.WholeBand : 0) | (p.Flag(145) ? ClassBAbilities.FollowsChannels : 0);

    // Table 56: speed in whole knots.
    private static AisPosition Aircraft(in AisPayload p) => Place(p, 61, 89) with
    {
        AltitudeM = p.U(38, 12) is var altitude && altitude == 4095 ? null : (int)altitude,
        SogKnots = p.U(50, 10) is var speed && speed == 1023 ? null : speed,
        HighAccuracy = p.Flag(60),
        CogDeg = Tenths(p.U(116, 12), 3600),
        UtcSecond = Second(p.U(128, 6)),
        Assigned = p.Flag(146),
        Raim = p.Flag(147),
        CommunicationState = p.U(148, 20),
    };

    // Table 81: position in 1/10 minute, speed in knots, course in degrees.
    private static AisPosition LongRange(in AisPayload p)
    {
        double lon = p.S(44, 18) / 600.0, lat = p.S(62, 17) / 600.0;
        uint sog = p.U(79, 6), cog = p.U(85, 9);
        return new AisPosition
        {
            LonDeg = lon is >= -180 and <= 180 ? lon : null,
            LatDeg = lat is >= -90 and <= 90 ? lat : null,
            HighAccuracy = p.Flag(38),
            Raim = p.Flag(39),
            IsOld = p.Flag(94),
            Status = (NavigationalStatus)p.U(40, 4),
            SogKnots = sog == 63 ? null : sog,
            CogDeg = cog >= 360 ? null : cog,
        };
    }

    // Longitude 28 bits and latitude 27 bits in 1/10,000 minute; 181° and 91° mean not available.
    private static AisPosition Place(in AisPayload p, int lonBit, int latBit)
    {
        double lon = p.S(lonBit, 28) / 600_000.0, lat = p.S(latBit, 27) / 600_000.0;
        return new AisPosition
        {
            LonDeg = lon is >= -180 and <= 180 ? lon : null,
            LatDeg = lat is >= -90 and <= 90 ? lat : null,
        };
    }

    // Table 50.
    private static DateTimeOffset? UtcOf(in AisPayload p)
    {
        int year = (int)p.U(38, 14), month = (int)p.U(52, 4), day = (int)p.U(56, 5), hour = (int)p.U(61, 5), minute = (int)p.U(66, 6), second = (int)p.U(72, 6);
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60
            ? new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero)
            : null;
    }

    // Table 52.
    private static AisStatic VoyageOf(in AisPayload p)
    {
        uint imo = p.U(40, 30), month = p.U(274, 4), day = p.U(278, 5), hour = p.U(283, 5), minute = p.U(288, 6), draught = p.U(294, 8);
        return Dimensions(p, 240) with
        {
            Imo = imo == 0 ? null : (int)imo,
            CallSign = p.Text(70, 7),
            Name = p.Text(112, 20),
            ShipType = OrNull(p.U(232, 8)),
            Epfd = OrNull(p.U(270, 4)),
            EtaMonth = month is 0 or > 12 ? null : (int)month,
            EtaDay = OrNull(day),
            EtaHour = hour >= 24 ? null : (int)hour,
            EtaMinute = minute >= 60 ? null : (int)minute,
            DraughtM = draught == 0 ? null : draught / 10.0,
            Destination = p.Text(302, 20),
            AisVersion = (int)p.U(38, 2),
            DataTerminalNotReady = p.Flag(422),
        };
    }

    // Table 68.
    private static AisStatic ExtendedB(in AisPayload p) => Dimensions(p, 271) with
    {
        Name = p.Text(143, 20),
        ShipType = OrNull(p.U(263, 8)),
        Epfd = OrNull(p.U(301, 4)),
        DataTerminalNotReady = p.Flag(306),
    };

    // Table 71; the name goes on in the extension after bit 272.
    private static AisStatic Aid(in AisPayload p) => Dimensions(p, 219) with
    {
        AidType = OrNull(p.U(38, 5)),
        Name = p.Text(43, 20) is { } name ? name + (name.Length == 20 ? p.Text(272, Math.Clamp((p.BitCount - 272) / 6, 0, 14)) : null) : null,
        Epfd = OrNull(p.U(249, 4)),
        OffPosition = p.Flag(259),
        AidState = (int)p.U(260, 8),
        VirtualAid = p.Flag(269),
    };

    // Table 78. An auxiliary craft (98MIDXXXX) sends its mother ship's MMSI in the place of its dimensions.
    private static AisStatic PartB(in AisPayload p, Mmsi mmsi)
    {
        var auxiliary = mmsi.Number / 10_000_000 == 98;
        var at = auxiliary ? new AisStatic() : Dimensions(p, 132);
        var mother = p.U(132, 30);
        return at with
        {
            Part = (int)p.U(38, 2),
            ShipType = OrNull(p.U(40, 8)),
            VendorId = p.Text(48, 3),
            CallSign = p.Text(90, 7),
            Epfd = OrNull(p.U(162, 4)),
            MotherShip = auxiliary && mother is > 0 and <= Mmsi.Highest ? new Mmsi((int)mother) : null,
        };
    }

    // Figure 41: reference point A, B, C, D; all zero means not available.
    private static AisStatic Dimensions(in AisPayload p, int start)
    {
        int bow = (int)p.U(start, 9), stern = (int)p.U(start + 9, 9), port = (int)p.U(start + 18, 6), starboard = (int)p.U(start + 24, 6);
        return (bow | stern | port | starboard) == 0
            ? new AisStatic()
            : new AisStatic { ToBowM = bow, ToSternM = stern, ToPortM = port, ToStarboardM = starboard };
    }

    private static double? Tenths(uint value, uint notAvailable) => value >= notAvailable ? null : value / 10.0;

    private static int? Heading(uint value) => value >= 360 ? null : (int)value;

    private static int? Second(uint value) => value >= 60 ? null : (int)value;

    private static int? OrNull(uint value) => value == 0 ? null : (int)value;
}
