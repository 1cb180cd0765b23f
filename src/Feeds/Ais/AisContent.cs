using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>What a message carries that is neither a position nor static data (ITU-R M.1371-5, annex 8, sections 3.4 to 3.24).</summary>
public abstract record AisContent;

/// <summary>Application data of messages 6, 8, 17, 25 and 26, kept as they came.</summary>
/// <param name="Destination">Addressee; null for a broadcast.</param>
/// <param name="Sequence">0 to 3, message 6; null for others.</param>
/// <param name="Retransmitted">True for a message 6 sent again.</param>
/// <param name="Dac">Designated area code, 0 to 1,023: who keeps the meaning (1 is international); null where no identifier is sent.</param>
/// <param name="Fi">Function identifier within the area, 0 to 63.</param>
/// <param name="BitCount">Bits of <paramref name="Data"/>.</param>
/// <param name="Data">The application's bits, first bit highest; the last byte is filled with zeros.</param>
public sealed record AisBinary(Mmsi? Destination, int? Sequence, bool? Retransmitted, int? Dac, int? Fi, int BitCount, byte[] Data) : AisContent
{
    /// <summary>Place of the reference station of message 17, degrees; null when not available.</summary>
    public (double LatDeg, double LonDeg)? ReferenceStation { get; init; }

    /// <summary>Communication state of message 26 with its selector flag, 20 bits.</summary>
    public uint? CommunicationState { get; init; }
}

/// <summary>Safety text of messages 12 and 14.</summary>
/// <param name="Destination">Addressee; null for a broadcast.</param>
/// <param name="Sequence">0 to 3, message 12.</param>
/// <param name="Retransmitted">True for a message 12 sent again.</param>
/// <param name="Text">Six-bit text; null when empty.</param>
public sealed record AisSafetyText(Mmsi? Destination, int? Sequence, bool? Retransmitted, string? Text) : AisContent;

/// <summary>Acknowledgement of up to four messages, 7 and 13.</summary>
public sealed record AisAcknowledgement(IReadOnlyList<AisAddress> To) : AisContent;

/// <summary>A station and the sequence number of the message that is acknowledged, 0 to 3.</summary>
public readonly record struct AisAddress(Mmsi Mmsi, int Sequence);

/// <summary>Message 10: asks a station for UTC and date.</summary>
public sealed record AisTimeInquiry(Mmsi? Destination) : AisContent;

/// <summary>Message 15: asks one or two stations for messages.</summary>
public sealed record AisInterrogation(IReadOnlyList<AisQuestion> Questions) : AisContent;

/// <summary>A message that a station is asked for, and the slot offset in which (0 to 2,249; 0 is free).</summary>
public readonly record struct AisQuestion(Mmsi Mmsi, int MessageType, int SlotOffset);

/// <summary>Message 16: a base station assigns one or two stations when to send.</summary>
public sealed record AisAssignment(IReadOnlyList<AisAssigned> Stations) : AisContent;

/// <summary>Slot offset and increment; without increment the offset is a number of reports in ten minutes.</summary>
public readonly record struct AisAssigned(Mmsi Mmsi, int Offset, int Increment);

/// <summary>Message 20: slots a base station reserves.</summary>
public sealed record AisReservations(IReadOnlyList<AisReservation> Slots) : AisContent;

/// <summary>First slot, number of slots (1 to 15), minutes they are held (0 to 7), and slots to the next such block (0 for none).</summary>
public readonly record struct AisReservation(int Offset, int Number, int TimeoutMinutes, int Increment);

/// <summary>Message 22: channels and power in an area, or for one or two stations.</summary>
/// <param name="ChannelA">Channel number (ITU-R M.1084), 0 to 4,095.</param>
/// <param name="ChannelB">Channel number.</param>
/// <param name="TransmitReceive">0 both, 1 A alone, 2 B alone.</param>
/// <param name="LowPower">True for low power.</param>
/// <param name="Area">North-east and south-west corner; null when stations are named.</param>
/// <param name="Stations">The stations named; empty for an area.</param>
/// <param name="BandA">Spare in the present edition (was: 12.5 kHz on A).</param>
/// <param name="BandB">Spare in the present edition (was: 12.5 kHz on B).</param>
/// <param name="ZoneNm">Width of the transitional zone, 1 to 8 nautical miles.</param>
public sealed record AisChannels(int ChannelA, int ChannelB, int TransmitReceive, bool LowPower, AisArea? Area, IReadOnlyList<Mmsi> Stations, bool BandA, bool BandB, int ZoneNm) : AisContent;

/// <summary>Message 23: orders the stations of an area, by kind, when to send.</summary>
/// <param name="Area">North-east and south-west corner.</param>
/// <param name="StationType">Which stations, 0 to 15.</param>
/// <param name="ShipType">Which ships, 0 for all.</param>
/// <param name="TransmitReceive">0 both channels, 1 A alone, 2 B alone.</param>
/// <param name="Interval">Reporting interval, 0 to 11.</param>
/// <param name="QuietMinutes">Silence ordered, 0 to 15 minutes. While it lasts, class B sets of the area are lawfully silent.</param>
public sealed record AisGroupOrder(AisArea Area, int StationType, int ShipType, int TransmitReceive, int Interval, int QuietMinutes) : AisContent;

/// <summary>Corners of an area, degrees, in steps of a tenth of a minute.</summary>
public readonly record struct AisArea(double NorthDeg, double EastDeg, double SouthDeg, double WestDeg);

/// <summary>What a class B set can do, message 18.</summary>
[Flags]
public enum ClassBAbilities : byte
{
    None = 0,

    /// <summary>Finds free slots by carrier sense; without it she reserves them.</summary>
    CarrierSense = 1,
    Display = 2,
    Dsc = 4,

    /// <summary>Can be moved over the whole marine band.</summary>
    WholeBand = 8,

    /// <summary>Follows message 22.</summary>
    FollowsChannels = 16,
}
