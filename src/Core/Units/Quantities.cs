namespace MaritimeWatch.Units;

/// <summary>A length on the Earth's surface. Zero by default; never negative.</summary>
public readonly record struct Distance : IComparable<Distance>
{
    /// <summary>One international nautical mile in metres (BIPM SI brochure, 9th edition, table 8 note).</summary>
    public const double MetresInNauticalMile = 1852;

    private Distance(double metres) => Metres = metres;

    public double Metres { get; }

    public double NauticalMiles => Metres / MetresInNauticalMile;

    /// <exception cref="ArgumentOutOfRangeException">Negative or not a number.</exception>
    public static Distance FromMetres(double metres) => metres >= 0
        ? new Distance(metres)
        : throw new ArgumentOutOfRangeException(nameof(metres), metres, "A distance is not negative.");

    public static Distance FromNauticalMiles(double distanceNm) => FromMetres(distanceNm * MetresInNauticalMile);

    public int CompareTo(Distance other) => Metres.CompareTo(other.Metres);

    public static bool operator <(Distance a, Distance b) => a.Metres < b.Metres;

    public static bool operator >(Distance a, Distance b) => a.Metres > b.Metres;

    public static bool operator <=(Distance a, Distance b) => a.Metres <= b.Metres;

    public static bool operator >=(Distance a, Distance b) => a.Metres >= b.Metres;

    public static Distance operator +(Distance a, Distance b) => new(a.Metres + b.Metres);

    public static Distance operator *(Distance a, double times) => FromMetres(a.Metres * times);

    public static Speed operator /(Distance distance, TimeSpan time) => Speed.FromKnots(distance.NauticalMiles / time.TotalHours);

    public override string ToString() => $"{NauticalMiles:0.0} nm";
}

/// <summary>A speed over ground. Zero by default; never negative.</summary>
public readonly record struct Speed : IComparable<Speed>
{
    private Speed(double knots) => Knots = knots;

    public double Knots { get; }

    /// <exception cref="ArgumentOutOfRangeException">Negative or not a number.</exception>
    public static Speed FromKnots(double knots) => knots >= 0
        ? new Speed(knots)
        : throw new ArgumentOutOfRangeException(nameof(knots), knots, "A speed is not negative.");

    public int CompareTo(Speed other) => Knots.CompareTo(other.Knots);

    public static bool operator <(Speed a, Speed b) => a.Knots < b.Knots;

    public static bool operator >(Speed a, Speed b) => a.Knots > b.Knots;

    public static bool operator <=(Speed a, Speed b) => a.Knots <= b.Knots;

    public static bool operator >=(Speed a, Speed b) => a.Knots >= b.Knots;

    public static Distance operator *(Speed speed, TimeSpan time) => Distance.FromNauticalMiles(speed.Knots * time.TotalHours);

    public override string ToString() => $"{Knots:0.0} kn";
}

/// <summary>A direction over the ground, clockwise from true north, 0 up to but not including 360 degrees.</summary>
public readonly record struct Course
{
    private Course(double degrees) => Degrees = degrees;

    public double Degrees { get; }

    /// <summary>Brings any finite number of degrees into [0, 360).</summary>
    public static Course FromDegrees(double degrees)
    {
        var turned = degrees % 360;
        turned = turned < 0 ? turned + 360 : turned;
        return new Course(turned >= 360 ? 0 : turned);
    }

    /// <summary>The smaller angle between two courses, 0 to 180 degrees.</summary>
    public static double DifferenceDeg(Course a, Course b)
    {
        var d = Math.Abs(a.Degrees - b.Degrees);
        return d > 180 ? 360 - d : d;
    }

    public override string ToString() => $"{Degrees:000.0}°";
}

/// <summary>A place on the WGS 84 ellipsoid: latitude -90 to 90, longitude -180 to 180 degrees.</summary>
public readonly record struct GeoPoint
{
    /// <exception cref="ArgumentOutOfRangeException">Outside the ranges, or not a number.</exception>
    public GeoPoint(double latDeg, double lonDeg)
    {
        if (!IsOnEarth(latDeg, lonDeg))
        {
            throw new ArgumentOutOfRangeException(nameof(latDeg), $"Latitude is -90 to 90 and longitude -180 to 180 degrees; found {latDeg}, {lonDeg}.");
        }

        LatDeg = latDeg;
        LonDeg = lonDeg;
    }

    public double LatDeg { get; }

    public double LonDeg { get; }

    public static bool IsOnEarth(double latDeg, double lonDeg) => latDeg is >= -90 and <= 90 && lonDeg is >= -180 and <= 180;

    /// <summary>Degrees and decimal minutes as on a chart, for example <c>50°58.20'N 001°21.07'E</c>.</summary>
    public string ToDegreesMinutes()
    {
        return $"{Part(LatDeg, 2, 'N', 'S')} {Part(LonDeg, 3, 'E', 'W')}";

        static string Part(double deg, int width, char positive, char negative)
        {
            var hundredthMinutes = (long)Math.Round(Math.Abs(deg) * 6000);
            var degrees = (hundredthMinutes / 6000).ToString().PadLeft(width, '0');
            return $"{degrees}°{hundredthMinutes % 6000 / 100.0:00.00}'{(deg < 0 ? negative : positive)}";
        }
    }

    public override string ToString() => $"{LatDeg:0.00000}, {LonDeg:0.00000}";
}
