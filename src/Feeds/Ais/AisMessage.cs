using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Ais;

/// <summary>One complete AIS message: header, then what its type carries.</summary>
public struct AisMessage
{
    internal AisPosition position;
    internal AisStatic statics;
    internal bool hasPosition, hasStatic;
    internal long baseStationSeconds;

    /// <summary>Message type, 1 to 27.</summary>
    public int Type { readonly get; internal set; }

    public int Repeat { readonly get; internal set; }

    public Mmsi Mmsi { readonly get; internal set; }

    public readonly AisPosition? Position => hasPosition ? position : null;

    public readonly AisStatic? Static => hasStatic ? statics : null;

    /// <summary>What messages 6 to 8, 10, 12 to 17, 20, 22, 23, 25 and 26 carry; null for others.</summary>
    public AisContent? Content { readonly get; internal set; }

    /// <summary>UTC of a base station, message 4, or of a ship that answers, message 11; null when not available.</summary>
    public readonly DateTimeOffset? BaseStationTime => Type is not (4 or 11) || baseStationSeconds == long.MinValue ? null : DateTimeOffset.FromUnixTimeSeconds(baseStationSeconds);

    public readonly TransponderClass Transponder => TransponderOf(Type);

    /// <summary>Class by the type of message: A for 1, 2, 3, 5; B for 18, 19, 24; A or B is not told by 27 (ITU-R M.1371-5, annex 8).</summary>
    internal static TransponderClass TransponderOf(long type) => type switch
    {
        1 or 2 or 3 or 5 => TransponderClass.A,
        18 or 19 or 24 => TransponderClass.B,
        _ => TransponderClass.Unknown,
    };

    /// <summary>True for a type that tells where a vessel or an aircraft in search and rescue is; base stations and aids to navigation are none.</summary>
    internal static bool TellsPlace(long type) => type is 1 or 2 or 3 or 9 or 18 or 19 or 27;

    /// <summary>True for a type that tells who a vessel is.</summary>
    internal static bool TellsIdentity(long type) => type is 5 or 19 or 24;
}
