namespace MaritimeWatch.Feeds.Exercise;

/// <summary>Nominal intervals of position reports in milliseconds (ITU-R M.1371-5, annex 1, tables 1 and 2).</summary>
public static class ReportingInterval
{
    /// <summary>Static data of both classes: every 6 minutes.</summary>
    public const long StaticMs = 360_000;

    /// <summary>Base stations: every 10 seconds.</summary>
    public const long BaseStationMs = 10_000;

    /// <summary>Class A: by status, speed and whether she is changing course.</summary>
    public static long ClassAMs(int navigationalStatus, double sogKnots, bool changingCourse) => navigationalStatus is 1 or 5
        ? sogKnots > 3 ? 10_000 : 180_000
        : sogKnots switch
        {
            > 23 => 2_000,
            > 14 => changingCourse ? 2_000 : 6_000,
            _ => changingCourse ? 3_333 : 10_000,
        };

    /// <summary>Class B carrier-sense: by speed alone.</summary>
    public static long ClassBMs(double sogKnots) => sogKnots > 2 ? 30_000 : 180_000;
}
