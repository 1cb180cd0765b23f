using MaritimeWatch.Identity;

namespace MaritimeWatch.Detection.Meetings;

/// <summary>What the ship type (ITU-R M.1371-5, table 53) says of work that is done slowly, or beside another ship.</summary>
internal static class ShipWork
{
    /// <summary>Type 30.</summary>
    public static bool IsFishing(Vessel vessel) => vessel.ShipType is 30;

    /// <summary>Towing, dredging, diving (31 to 34), military (35), pilot, rescue, tug, tender, anti-pollution, law enforcement (50 to 55), medical (58).</summary>
    public static bool Serves(Vessel vessel) => vessel.ShipType is (>= 31 and <= 35) or (>= 50 and <= 55) or 58;
}
