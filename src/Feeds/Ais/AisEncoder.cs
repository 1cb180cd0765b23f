using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>
/// What a class A set says of its position (ITU-R M.1371-5, annex 8, table 48). Absent values are null and go out as
/// the standard's "not available". The rate of turn is in degrees per minute, positive to starboard.
/// </summary>
public readonly record struct ClassAPosition(
    int Mmsi, int NavigationalStatus, double? TurnDegPerMin, double? SogKnots, bool HighAccuracy, double? LonDeg, double? LatDeg, double? CogDeg, int? HeadingDeg, int UtcSecond);

/// <summary>What a class B set says of its position (ITU-R M.1371-5, annex 8, table 70).</summary>
public readonly record struct ClassBPosition(
    int Mmsi, double? SogKnots, bool HighAccuracy, double? LonDeg, double? LatDeg, double? CogDeg, int? HeadingDeg, int UtcSecond);

/// <summary>Hull dimensions from the antenna in metres (ITU-R M.1371-5, annex 8, figure 41).</summary>
public readonly record struct AntennaOffsets(int ToBowM, int ToSternM, int ToPortM, int ToStarboardM);

/// <summary>Who a class A ship says she is and where she is bound (ITU-R M.1371-5, annex 8, table 52). Imo 0 is "not available".</summary>
public readonly record struct StaticAndVoyage(
    int Mmsi, int Imo, string CallSign, string Name, int ShipType, AntennaOffsets Offsets, DateTimeOffset? Eta, double DraughtM, string Destination);

/// <summary>
/// Turns AIS messages into armoured payloads: the field tables of ITU-R M.1371-5, annex 8, section 3, written high bit
/// first, and the six-bit armouring of IEC 61162-1 (value + 48, and 8 more above 39). Each method fills
/// <c>payload</c> and gives the number of characters; the last character is filled up with <see cref="FillBits"/> zeros.
/// </summary>
public static class AisEncoder
{
    /// <summary>Longest payload written here: message 5, 424 bits.</summary>
    public const int LongestPayload = 71;

    /// <summary>Zero bits at the end of the last character for a message of that many bits.</summary>
    public static int FillBits(int bits) => (6 - (bits % 6)) % 6;

    /// <summary>Bits of a message, where this encoder writes it in one length. Message 24 has 160 bits in part A.</summary>
    public static int BitsOf(int messageType) => messageType switch
    {
        5 => 424,
        19 => 312,
        _ => 168,
    };

    /// <summary>Message 1 (position, autonomous) or 3 (position at a changed rate or interrogated), 168 bits, table 48.</summary>
    /// <param name="messageType">1 or 3; anything else is refused.</param>
    /// <param name="report">What is said.</param>
    /// <param name="communicationState">19 bits: SOTDMA for message 1, ITDMA for message 3 (annex 2, 3.3.7.2 and 3.3.7.3).</param>
    /// <param name="payload">At least 28 characters.</param>
    public static int ClassA(int messageType, in ClassAPosition report, int communicationState, Span<char> payload)
    {
        if (messageType is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(messageType), messageType, "A class A position goes out as message 1 or 3.");
        }

        var bits = new ArmouredBits(payload);
        bits.Put(messageType, 6);
        bits.Put(0, 2);                                         // repeat indicator
        bits.Put(report.Mmsi, 30);
        bits.Put(report.NavigationalStatus, 4);
        bits.PutSigned(RateOfTurn(report.TurnDegPerMin), 8);
        bits.Put(Tenths(report.SogKnots, 1022, 1023), 10);
        bits.Put(report.HighAccuracy ? 1 : 0, 1);               // 1: better than 10 m
        bits.PutSigned(Arc(report.LonDeg, 181, 600_000), 28);   // 1/10 000 minute
        bits.PutSigned(Arc(report.LatDeg, 91, 600_000), 27);
        bits.Put(CourseTenths(report.CogDeg), 12);
        bits.Put(report.HeadingDeg ?? 511, 9);
        bits.Put(report.UtcSecond, 6);
        bits.Put(0, 2);                                         // special manoeuvre: not available
        bits.Put(0, 3);                                         // spare
        bits.Put(0, 1);                                         // RAIM not in use
        bits.Put(communicationState, 19);
        return bits.Close();
    }

    /// <summary>Message 4, base station report with UTC, 168 bits, table 51.</summary>
    public static int BaseStation(int mmsi, DateTimeOffset at, double lonDeg, double latDeg, int communicationState, Span<char> payload)
    {
        var bits = new ArmouredBits(payload);
        bits.Put(4, 6);
        bits.Put(0, 2);
        bits.Put(mmsi, 30);
        bits.Put(at.Year, 14);
        bits.Put(at.Month, 4);
        bits.Put(at.Day, 5);
        bits.Put(at.Hour, 5);
        bits.Put(at.Minute, 6);
        bits.Put(at.Second, 6);
        bits.Put(1, 1);                                         // high position accuracy
        bits.PutSigned(Arc(lonDeg, 181, 600_000), 28);
        bits.PutSigned(Arc(latDeg, 91, 600_000), 27);
        bits.Put(7, 4);                                         // electronic fix: surveyed
        bits.Put(0, 1);                                         // no transmission of message 27 asked for
        bits.Put(0, 9);                                         // spare
        bits.Put(0, 1);
        bits.Put(communicationState, 19);
        return bits.Close();
    }

    /// <summary>Message 5, ship static and voyage data, 424 bits in two sentences, table 52.</summary>
    public static int Static(in StaticAndVoyage report, Span<char> payload)
    {
        var bits = new ArmouredBits(payload);
        bits.Put(5, 6);
        bits.Put(0, 2);
        bits.Put(report.Mmsi, 30);
        bits.Put(2, 2);                                         // station compliant with M.1371-5
        bits.Put(report.Imo, 30);
        bits.PutText(report.CallSign, 7);
        bits.PutText(report.Name, 20);
        bits.Put(report.ShipType, 8);
        PutOffsets(ref bits, report.Offsets);
        bits.Put(1, 4);                                         // electronic fix: GPS
        bits.Put(report.Eta?.Month ?? 0, 4);
        bits.Put(report.Eta?.Day ?? 0, 5);
        bits.Put(report.Eta?.Hour ?? 24, 5);
        bits.Put(report.Eta?.Minute ?? 60, 6);
        bits.Put(Math.Clamp((int)Math.Round(report.DraughtM * 10), 0, 255), 8);
        bits.PutText(report.Destination, 20);
        bits.Put(0, 1);                                         // data terminal ready
        bits.Put(0, 1);                                         // spare
        return bits.Close();
    }

    /// <summary>Message 18, class B position, 168 bits, table 70, as a carrier-sense ("CS") set sends it.</summary>
    public static int ClassB(in ClassBPosition report, Span<char> payload)
    {
        var bits = new ArmouredBits(payload);
        PutClassBStart(ref bits, 18, report);
        bits.Put(0, 2);                                         // spare
        bits.Put(1, 1);                                         // CS unit
        bits.Put(0, 1);                                         // no display
        bits.Put(0, 1);                                         // no DSC
        bits.Put(1, 1);                                         // whole marine band
        bits.Put(1, 1);                                         // answers message 22
        bits.Put(0, 1);                                         // autonomous
        bits.Put(0, 1);                                         // RAIM not in use
        bits.Put(1, 1);                                         // communication state selector: ITDMA, always 1 for CS
        bits.Put(393_222, 19);                                  // the fixed value for CS: 1100000000000000110
        return bits.Close();
    }

    /// <summary>Message 19, class B position with name, type and dimensions, 312 bits, table 71.</summary>
    public static int ClassBExtended(in ClassBPosition report, string name, int shipType, AntennaOffsets offsets, Span<char> payload)
    {
        var bits = new ArmouredBits(payload);
        PutClassBStart(ref bits, 19, report);
        bits.Put(0, 4);                                         // spare
        bits.PutText(name, 20);
        bits.Put(shipType, 8);
        PutOffsets(ref bits, offsets);
        bits.Put(1, 4);                                         // electronic fix: GPS
        bits.Put(0, 1);                                         // RAIM not in use
        bits.Put(1, 1);                                         // data terminal not ready
        bits.Put(0, 1);                                         // autonomous
        bits.Put(0, 4);                                         // spare
        return bits.Close();
    }

    /// <summary>Message 24 part A, name of a class B ship, 160 bits, table 76.</summary>
    public static int NameOfClassB(int mmsi, string name, Span<char> payload)
    {
        var bits = new ArmouredBits(payload);
        bits.Put(24, 6);
        bits.Put(0, 2);
        bits.Put(mmsi, 30);
        bits.Put(0, 2);                                         // part A
        bits.PutText(name, 20);
        return bits.Close();
    }

    /// <summary>Message 24 part B, type, call sign and dimensions of a class B ship, 168 bits, table 77.</summary>
    public static int DetailsOfClassB(int mmsi, int shipType, string vendor, string callSign, AntennaOffsets offsets, Span<char> payload)
    {
        var bits = new ArmouredBits(payload);
        bits.Put(24, 6);
        bits.Put(0, 2);
        bits.Put(mmsi, 30);
        bits.Put(1, 2);                                         // part B
        bits.Put(shipType, 8);
        bits.PutText(vendor, 3);                                // manufacturer's mnemonic
        bits.Put(0, 24);                                        // unit model and serial number: not told
        bits.PutText(callSign, 7);
        PutOffsets(ref bits, offsets);
        bits.Put(1, 4);                                         // electronic fix: GPS
        bits.Put(0, 2);                                         // spare
        return bits.Close();
    }

    private static void PutClassBStart(ref ArmouredBits bits, int messageType, in ClassBPosition report)
    {
        bits.Put(messageType, 6);
        bits.Put(0, 2);
        bits.Put(report.Mmsi, 30);
        bits.Put(0, 8);                                         // spare
        bits.Put(Tenths(report.SogKnots, 1022, 1023), 10);
        bits.Put(report.HighAccuracy ? 1 : 0, 1);
        bits.PutSigned(Arc(report.LonDeg, 181, 600_000), 28);
        bits.PutSigned(Arc(report.LatDeg, 91, 600_000), 27);
        bits.Put(CourseTenths(report.CogDeg), 12);
        bits.Put(report.HeadingDeg ?? 511, 9);
        bits.Put(report.UtcSecond, 6);
    }

    private static void PutOffsets(ref ArmouredBits bits, AntennaOffsets offsets)
    {
        bits.Put(Math.Min(offsets.ToBowM, 511), 9);
        bits.Put(Math.Min(offsets.ToSternM, 511), 9);
        bits.Put(Math.Min(offsets.ToPortM, 63), 6);
        bits.Put(Math.Min(offsets.ToStarboardM, 63), 6);
    }

    /// <summary>4.733 times the root of the rate, rounded, signed, at most 126; -128 when not known (table 48, note on ROT).</summary>
    private static int RateOfTurn(double? degPerMin) => degPerMin is not { } rate
        ? -128
        : Math.Sign(rate) * Math.Min(126, (int)Math.Round(4.733 * Math.Sqrt(Math.Abs(rate))));

    private static int Tenths(double? value, int highest, int absent) =>
        value is { } v ? Math.Clamp((int)Math.Round(v * 10), 0, highest) : absent;

    private static int CourseTenths(double? cogDeg) =>
        cogDeg is { } cog ? (int)Math.Round(Course.FromDegrees(cog).Degrees * 10) % 3600 : 3600;

    private static int Arc(double? deg, int absentDeg, int perDegree) => (int)Math.Round((deg ?? absentDeg) * perDegree);
}

/// <summary>Writes bits, high bit first, as six-bit armoured characters.</summary>
internal ref struct ArmouredBits(Span<char> payload)
{
    private readonly Span<char> payload = payload;
    private ulong held;
    private int heldBits;
    private int written;

    public void Put(int value, int bits)
    {
        if (value < 0 || (long)value >= 1L << bits)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"The field has {bits} bits.");
        }

        Push((uint)value, bits);
    }

    public void PutSigned(int value, int bits)
    {
        var limit = 1L << (bits - 1);
        if (value < -limit || value >= limit)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"The field has {bits} signed bits.");
        }

        Push(unchecked((uint)value) & (uint)((1UL << bits) - 1), bits);
    }

    /// <summary>Six-bit ASCII (table 47), filled with '@', which means the end of the text.</summary>
    public void PutText(string text, int characters)
    {
        for (var i = 0; i < characters; i++)
        {
            var letter = i < text.Length ? text[i] : '@';
            if (letter is < ' ' or > '_')
            {
                throw new ArgumentException($"AIS text has only capitals, digits and signs from space to '_'; found '{letter}' in '{text}'.", nameof(text));
            }

            Push(letter & 63u, 6);
        }
    }

    /// <summary>Fills the last character with zeros and gives the number of characters.</summary>
    public int Close()
    {
        if (heldBits > 0)
        {
            Push(0, 6 - heldBits);
        }

        return written;
    }

    private void Push(uint value, int bits)
    {
        held = (held << bits) | value;
        heldBits += bits;
        while (heldBits >= 6)
        {
            heldBits -= 6;
            var six = (int)((held >> heldBits) & 63);
            payload[written++] = (char)(six + (six < 40 ? 48 : 56));
        }

        held &= (1UL << heldBits) - 1;
    }
}
