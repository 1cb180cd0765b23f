using System.Runtime.CompilerServices;
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
        return DecodeInto(p, ref message);
    }

    /// <summary>Decodes into a message that was used before; nothing of that remains to be seen.</summary>
    internal static string? DecodeInto(scoped in AisPayload p, ref AisMessage message)
    {
        if (p.BitCount < 38)
        {
            return "message shorter than its header";
        }

        var type = unchecked((int)p.U(0, 6));
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

        Begin(ref message, unchecked((uint)type), p.U(6, 2), number);
        if (type <= 3)
        {
            ClassA(p.Short, ref message.position);
        }
        else
        {
            DecodeOther(p, type, ref message);
        }

        return null;
    }

    /// <summary>
    /// Decodes a class A position report (messages 1 to 3) straight from the words. False for anything else, which is then read by
    /// <see cref="DecodeInto(in AisPayload, ref AisMessage)"/>; the message is untouched.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryClassA(in ShortPayload p, int bitCount, ref AisMessage message)
    {
        var (type, number) = (p.U(0, 6), p.U(8, 30));
        if (type is < 1 or > 3 || number > Mmsi.Highest || bitCount < 168)
        {
            return false;
        }

        Begin(ref message, type, p.U(6, 2), number);
        ClassA(p, ref message.position);
        return true;
    }

    // A position report until it proves to be another.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Begin(ref AisMessage message, uint type, uint repeat, uint number)
    {
        unchecked
        {
            (message.Type, message.Repeat, message.Mmsi) = ((int)type, (int)repeat, new Mmsi((int)number));
        }

        (message.hasStatic, message.hasPosition) = (false, true);
        if (message.Content is not null)
        {
            message.Content = null;
        }
    }

    private static void DecodeOther(scoped in AisPayload p, int type, ref AisMessage message)
    {
        message.hasStatic = type is 4 or 5 or 9 or 11 or 19 or 21 or 24;
        message.hasPosition = type is 4 or 9 or 11 or 18 or 19 or 21 or 27;
        switch (type)
        {
            case 18:
                ClassB(p.Short, Flag(p, 147, PositionFlags.Raim) | Flag(p, 146, PositionFlags.Assigned) | Abilities(p), p.U(148, 20) + 1, ref message.position);
                break;
            case 5:
                Voyage(p, out message.statics);
                break;
            case 24:
                message.statics = p.U(38, 2) == 0 ? new AisStatic { PartAndOne = 1, NameText = p.Packed(40, 20) } : PartB(p, message.Mmsi);
                break;
            case 4 or 11:
                message.position = Place(p, 79, 107, Flag(p, 78, PositionFlags.HighAccuracy) | Flag(p, 148, PositionFlags.Raim)) with { StateAndOne = p.U(149, 19) + 1 };
                message.statics = new AisStatic { EpfdNumber = (byte)p.U(134, 4) };
                message.baseStationSeconds = UtcOf(p);
                break;
            case 9:
                message.position = Aircraft(p);
                message.statics = new AisStatic { Flags = Terminal(p, 142) };
                break;
            case 19:
                ClassB(p.Short, Flag(p, 305, PositionFlags.Raim) | Flag(p, 307, PositionFlags.Assigned), 0, ref message.position);
                message.statics = new AisStatic { NameText = p.Packed(143, 20), TypeNumber = (byte)p.U(263, 8), Dimensions = p.U(271, 30), EpfdNumber = (byte)p.U(301, 4), Flags = Terminal(p, 306) };
                break;
            case 21:
                message.position = Place(p, 164, 192, Flag(p, 163, PositionFlags.HighAccuracy) | Flag(p, 268, PositionFlags.Raim) | Flag(p, 270, PositionFlags.Assigned)) with { SecondAndOne = AndOne(p.U(253, 6), 60) };
                message.statics = Aid(p);
                break;
            case 27:
                message.position = LongRange(p);
                break;
            default:
                message.Content = AisContentDecoder.Decode(type, p);
                break;
        }
    }

    // The shortest form the standard allows; some transmitters leave out spare bits at the end of 5, 21 and 24.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LeastBits(int type, in AisPayload p) => type <= 4 ? 168 : LeastBitsOfOthers(type, p);

    private static int LeastBitsOfOthers(int type, in AisPayload p) => type switch
    {
        9 or 11 or 18 => 168,
        5 => 420,
        19 => 306,
        21 => 270,
        24 => p.BitCount >= 40 && p.U(38, 2) == 0 ? 160 : 162,
        27 => 94,
        _ => AisContentDecoder.LeastBits(type, p),
    };

    // Table 48.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ClassA(in ShortPayload p, ref AisPosition position)
    {
        unchecked
        {
            position = new AisPosition
            {
                StatusAndOne = (byte)(p.U(38, 4) + 1),
                TurnAnd128 = (byte)(p.U(42, 8) + 128),
                SogTenthsAndOne = AndOne16(p.U(50, 10), 1023),
                LonSteps = p.S(61, 28),
                LatSteps = p.S(89, 27),
                CogTenthsAndOne = AndOne16(p.U(116, 12), 3600),
                HeadingAndOne = AndOne16(p.U(128, 9), 360),
                SecondAndOne = AndOne(p.U(137, 6), 60),
                Manoeuvre = (byte)p.U(143, 2),
                StateAndOne = p.U(149, 19) + 1,
                Flags = p.Flag(60, PositionFlags.HighAccuracy) | p.Flag(148, PositionFlags.Raim),
            };
        }
    }

    // Tables 67 and 68: the first 139 bits are the same.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ClassB(in ShortPayload p, PositionFlags flags, uint stateAndOne, ref AisPosition position)
    {
        unchecked
        {
            position = new AisPosition
            {
                SogTenthsAndOne = AndOne16(p.U(46, 10), 1023),
                LonSteps = p.S(57, 28),
                LatSteps = p.S(85, 27),
                CogTenthsAndOne = AndOne16(p.U(112, 12), 3600),
                HeadingAndOne = AndOne16(p.U(124, 9), 360),
                SecondAndOne = AndOne(p.U(133, 6), 60),
                StateAndOne = stateAndOne,
                Flags = flags | p.Flag(56, PositionFlags.HighAccuracy),
            };
        }
    }

    // Five flags in the order of the message: carrier sense, display, DSC, band, message 22; as a number the first is the highest.
    private static PositionFlags Abilities(in AisPayload p)
    {
        var sent = p.U(141, 5);
        return unchecked((PositionFlags)(((sent >> 4) | ((sent >> 2) & 2) | (sent & 4) | ((sent << 2) & 8) | ((sent << 4) & 16)) << 4));
    }

    // Table 56: speed in whole knots.
    private static AisPosition Aircraft(in AisPayload p) => Place(p, 61, 89, Flag(p, 60, PositionFlags.HighAccuracy) | Flag(p, 146, PositionFlags.Assigned) | Flag(p, 147, PositionFlags.Raim)) with
    {
        AltitudeAndOne = AndOne16(p.U(38, 12), 4095),
        SogTenthsAndOne = WholeKnots(p.U(50, 10), 1023),
        CogTenthsAndOne = AndOne16(p.U(116, 12), 3600),
        SecondAndOne = AndOne(p.U(128, 6), 60),
        StateAndOne = p.U(148, 20) + 1,
    };

    // Table 81: position in 1/10 minute, speed in knots, course in degrees.
    private static AisPosition LongRange(in AisPayload p) => new()
    {
        LonSteps = p.S(44, 18) * 1000,
        LatSteps = p.S(62, 17) * 1000,
        Flags = Flag(p, 38, PositionFlags.HighAccuracy) | Flag(p, 39, PositionFlags.Raim) | Flag(p, 94, PositionFlags.IsOld),
        StatusAndOne = (byte)(p.U(40, 4) + 1),
        SogTenthsAndOne = WholeKnots(p.U(79, 6), 63),
        CogTenthsAndOne = p.U(85, 9) is var cog && cog >= 360 ? (ushort)0 : (ushort)((cog * 10) + 1),
    };

    // Longitude 28 bits and latitude 27 bits in 1/10,000 minute; 181° and 91° mean not available.
    private static AisPosition Place(in AisPayload p, int lonBit, int latBit, PositionFlags flags) => new() { LonSteps = p.S(lonBit, 28), LatSteps = p.S(latBit, 27), Flags = flags };

    // Table 50.
    private static long UtcOf(in AisPayload p)
    {
        int year = (int)p.U(38, 14), month = (int)p.U(52, 4), day = (int)p.U(56, 5), hour = (int)p.U(61, 5), minute = (int)p.U(66, 6), second = (int)p.U(72, 6);
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60
            ? new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).ToUnixTimeSeconds()
            : long.MinValue;
    }

    // Table 52.
    private static void Voyage(in AisPayload p, out AisStatic statics) => statics = new AisStatic
    {
        VersionAndOne = unchecked((byte)(p.U(38, 2) + 1)),
        ImoNumber = p.U(40, 30),
        CallSignText = p.Packed(70, 7),
        NameText = p.Packed(112, 20),
        TypeNumber = unchecked((byte)p.U(232, 8)),
        Dimensions = p.U(240, 30),
        EpfdNumber = unchecked((byte)p.U(270, 4)),
        Eta = p.U(274, 20),
        DraughtTenths = unchecked((byte)p.U(294, 8)),
        DestinationText = p.Packed(302, 20),
        Flags = StaticFlags.Voyage | Terminal(p, 422),
    };

    // Table 71; the name goes on in the extension after bit 272.
    private static AisStatic Aid(in AisPayload p) => new()
    {
        TypeNumber = (byte)p.U(38, 5),
        NameText = p.Packed(43, 20),
        NameExtension = p.Packed(272, Math.Clamp((p.BitCount - 272) / 6, 0, 14)),
        Dimensions = p.U(219, 30),
        EpfdNumber = (byte)p.U(249, 4),
        State = (byte)p.U(260, 8),
        Flags = StaticFlags.Aid | (p.Flag(259) ? StaticFlags.OffPosition : 0) | (p.Flag(269) ? StaticFlags.VirtualAid : 0),
    };

    // Table 78. An auxiliary craft (98MIDXXXX) sends its mother ship's MMSI in the place of its dimensions.
    private static AisStatic PartB(in AisPayload p, Mmsi mmsi)
    {
        var auxiliary = mmsi.Number / 10_000_000 == 98;
        return new AisStatic
        {
            PartAndOne = unchecked((byte)(p.U(38, 2) + 1)),
            TypeNumber = unchecked((byte)p.U(40, 8)),
            VendorText = p.Packed(48, 3),
            CallSignText = p.Packed(90, 7),
            EpfdNumber = unchecked((byte)p.U(162, 4)),
            Dimensions = auxiliary ? 0 : p.U(132, 30),
            MotherShipNumber = auxiliary ? p.U(132, 30) : 0,
        };
    }

    private static StaticFlags Terminal(in AisPayload p, int bit) => p.Flag(bit) ? StaticFlags.SaysTerminal | StaticFlags.TerminalNotReady : StaticFlags.SaysTerminal;

    // One bit to the place of a flag, without a branch: the flag is a power of two under 2^16.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PositionFlags Flag(in AisPayload p, int bit, PositionFlags flag) => unchecked((PositionFlags)(p.U(bit, 1) * (uint)flag));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort AndOne16(uint value, uint notAvailable) => unchecked((ushort)(value >= notAvailable ? 0 : value + 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte AndOne(uint value, uint notAvailable) => unchecked((byte)(value >= notAvailable ? 0 : value + 1));

    private static ushort WholeKnots(uint knots, uint notAvailable) => knots == notAvailable ? (ushort)0 : (ushort)((knots * 10) + 1);
}
