namespace MaritimeWatch.Feeds.Exercise;

/// <summary>A made-up shore station: range is where nothing is heard any more; delay is its usual way to the feed.</summary>
public sealed record Receiver(string Name, double LatDeg, double LonDeg, double RangeNm, int Mmsi, int DelayMs)
{
    /// <summary>Share of sentences heard well inside the range; the rest is lost to slot clashes and fading.</summary>
    public const double HeardNear = 0.97;

    /// <summary>Class B sends with 2 W instead of 12.5 W, from a low antenna (ITU-R M.1371-5, annex 7): 0.7 of the range.</summary>
    public const double ClassBRange = 0.7;

    /// <summary>Metres in a degree of latitude over 1852, at 50° north.</summary>
    private const double NmInDegree = 60.05;

    private readonly double cosLat = Math.Cos(LatDeg * Math.PI / 180);

    /// <summary>Distance on a plane about the station, within 0.5 % inside 60 nm: good enough for a draw.</summary>
    public double RoughNm(double latDeg, double lonDeg)
    {
        double north = (latDeg - LatDeg) * NmInDegree, east = (lonDeg - LonDeg) * NmInDegree * cosLat;
        return Math.Sqrt((north * north) + (east * east));
    }

    /// <summary>Probability that a sentence sent there is heard: 0.97 inside 70 % of the range, then falling to 0 at its edge.</summary>
    public double Probability(double latDeg, double lonDeg, bool classB)
    {
        if (Math.Abs(latDeg - LatDeg) * NmInDegree > RangeNm)
        {
            return 0;
        }

        var share = RoughNm(latDeg, lonDeg) / (classB ? RangeNm * ClassBRange : RangeNm);
        return share <= 0.7 ? HeardNear : share >= 1 ? 0 : HeardNear * (1 - ((share - 0.7) / 0.3));
    }
}
