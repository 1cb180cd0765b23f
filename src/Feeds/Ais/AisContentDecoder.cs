using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>Reads what messages 6 to 26 carry besides positions and static data (ITU-R M.1371-5, annex 8); bit numbers count from 0.</summary>
internal static class AisContentDecoder
{
    /// <summary>The content of a message; null for a type that has none.</summary>
    public static AisContent? Decode(int type, scoped in AisPayload p) => type switch
    {
        6 => Binary(p, 88, p.BitCount) with { Destination = MmsiAt(p, 40), Sequence = (int)p.U(38, 2), Retransmitted = p.Flag(70), Dac = (int)p.U(72, 10), Fi = (int)p.U(82, 6) },
        7 or 13 => Acknowledged(p),
        8 => Binary(p, 56, p.BitCount) with { Dac = (int)p.U(40, 10), Fi = (int)p.U(50, 6) },
        10 => new AisTimeInquiry(MmsiAt(p, 40)),
        12 => new AisSafetyText(MmsiAt(p, 40), (int)p.U(38, 2), p.Flag(70), p.Text(72, (p.BitCount - 72) / 6)),
        14 => new AisSafetyText(null, null, null, p.Text(40, (p.BitCount - 40) / 6)),
        15 => Questions(p),
        16 => Assignment(p),
        17 => Binary(p, 80, p.BitCount) with { ReferenceStation = Corner(p, 40, 58) is var (lat, lon) && Math.Abs(lat) <= 90 && Math.Abs(lon) <= 180 ? (lat, lon) : null },
        20 => Reservations(p),
        22 => Channels(p),
        23 => GroupOrder(p),
        25 => SlotBinary(p, p.BitCount),
        26 => SlotBinary(p, p.BitCount - 20) with { CommunicationState = p.U(p.BitCount - 20, 20) },
        _ => null,
    };

    /// <summary>The shortest form of a type that is read here.</summary>
    public static int LeastBits(int type, scoped in AisPayload p) => type switch
    {
        6 => 88,
        7 or 10 or 13 => 72,
        8 => 56,
        12 => 72,
        14 => 40,
        15 => 88,
        16 => 92,
        17 => 80,
        20 => 70,
        22 => 145,
        23 => 154,
        25 => SlotHeader(p),
        26 => SlotHeader(p) + 20,
        _ => 38,
    };

    // Sections 3.23 and 3.24: an addressee, and an identifier, each only when its flag is set.
    private static int SlotHeader(scoped in AisPayload p) => 40 + (p.Flag(38) ? 30 : 0) + (p.Flag(39) ? 16 : 0);

    private static AisBinary SlotBinary(scoped in AisPayload p, int end)
    {
        var (addressed, named, start) = (p.Flag(38), p.Flag(39), SlotHeader(p));
        return Binary(p, start, end) with
        {
            Destination = addressed ? MmsiAt(p, 40) : null,
            Dac = named ? (int)p.U(start - 16, 10) : null,
            Fi = named ? (int)p.U(start - 6, 6) : null,
        };
    }

    private static AisBinary Binary(scoped in AisPayload p, int start, int end)
    {
        var data = new byte[(Math.Max(0, end - start) + 7) / 8];
        for (var i = 0; i < data.Length; i++)
        {
            var left = Math.Min(8, end - start - (i * 8));
            data[i] = (byte)(p.U(start + (i * 8), left) << (8 - left));
        }

        return new AisBinary(null, null, null, null, null, Math.Max(0, end - start), data);
    }

    // Sections 3.5 and 3.11: one to four stations.
    private static AisAcknowledgement Acknowledged(scoped in AisPayload p)
    {
        var to = new List<AisAddress>(4);
        for (var at = 40; at + 32 <= p.BitCount && to.Count < 4; at += 32)
        {
            if (MmsiAt(p, at) is { } mmsi)
            {
                to.Add(new AisAddress(mmsi, (int)p.U(at + 30, 2)));
            }
        }

        return new AisAcknowledgement(to);
    }

    // Section 3.13: 88 bits ask one station for one message, 110 for two, 160 ask two stations.
    private static AisInterrogation Questions(scoped in AisPayload p)
    {
        var questions = new List<AisQuestion>(3);
        foreach (var (station, type) in new[] { (40, 70), (40, 90), (110, 140) })
        {
            if (p.BitCount >= type + 18 && p.U(type, 6) > 0 && MmsiAt(p, station) is { } mmsi)
            {
                questions.Add(new AisQuestion(mmsi, (int)p.U(type, 6), (int)p.U(type + 6, 12)));
            }
        }

        return new AisInterrogation(questions);
    }

    // Section 3.14: 96 bits for one station, 144 for two.
    private static AisAssignment Assignment(scoped in AisPayload p)
    {
        var stations = new List<AisAssigned>(2);
        for (var at = 40; at + 52 <= p.BitCount && stations.Count < 2; at += 52)
        {
            if (MmsiAt(p, at) is { } mmsi)
            {
                stations.Add(new AisAssigned(mmsi, (int)p.U(at + 30, 12), (int)p.U(at + 42, 10)));
            }
        }

        return new AisAssignment(stations);
    }

    // Section 3.18: one to four blocks; a block without slots is none.
    private static AisReservations Reservations(scoped in AisPayload p)
    {
        var slots = new List<AisReservation>(4);
        for (var at = 40; at + 30 <= p.BitCount && slots.Count < 4; at += 30)
        {
            if (p.U(at + 12, 4) > 0)
            {
                slots.Add(new AisReservation((int)p.U(at, 12), (int)p.U(at + 12, 4), (int)p.U(at + 16, 3), (int)p.U(at + 19, 11)));
            }
        }

        return new AisReservations(slots);
    }

    // Section 3.20.
    private static AisChannels Channels(scoped in AisPayload p)
    {
        var addressed = p.Flag(139);
        var stations = addressed ? new[] { MmsiAt(p, 69), MmsiAt(p, 104) }.OfType<Mmsi>().ToArray() : [];
        return new AisChannels((int)p.U(40, 12), (int)p.U(52, 12), (int)p.U(64, 4), p.Flag(68), addressed ? null : Area(p, 69), stations, p.Flag(140), p.Flag(141), (int)p.U(142, 3) + 1);
    }

    // Section 3.21.
    private static AisGroupOrder GroupOrder(scoped in AisPayload p) =>
        new(Area(p, 40), (int)p.U(110, 4), (int)p.U(114, 8), (int)p.U(144, 2), (int)p.U(146, 4), (int)p.U(150, 4));

    private static AisArea Area(scoped in AisPayload p, int start)
    {
        var (north, east) = Corner(p, start, start + 18);
        var (south, west) = Corner(p, start + 35, start + 53);
        return new AisArea(north, east, south, west);
    }

    // Longitude 18 bits, latitude 17 bits, tenths of a minute.
    private static (double LatDeg, double LonDeg) Corner(scoped in AisPayload p, int lonBit, int latBit) => (p.S(latBit, 17) / 600.0, p.S(lonBit, 18) / 600.0);

    private static Mmsi? MmsiAt(scoped in AisPayload p, int start) => p.U(start, 30) is > 0 and <= Mmsi.Highest and var number ? new Mmsi((int)number) : null;
}
