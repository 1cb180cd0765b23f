using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Meetings;

/// <summary>Two places of a slot within reach of each other, by their indices; the distance is within 0.5 %.</summary>
internal readonly record struct NearPair(int A, int B, double DistanceM);

/// <summary>
/// Every pair of places of one moment within a distance, exact by <see cref="Geodesy"/>, over the antimeridian and the poles.
/// Places are sorted by rows of latitude as high as the reach and by columns of longitude; each is compared with those ahead
/// in its row and around it in the next, as many columns as the reach spans there. A plane decides what lies clear of the
/// limit; within 0.5 % of it, and north or south of 80°, the ellipsoid does.
/// </summary>
internal sealed class SlotPairs
{
    // A degree of latitude is nowhere shorter (WGS 84, at the equator), and no radius of curvature smaller.
    private const double ShortestDegreeM = 110_574.2, SmallestRadiusM = 6_335_000, Clear = 0.005, PolarDeg = 80;
    private const long Turn = 3_600_000_000, HalfTurn = 1_800_000_000;

    private readonly Distance reach;
    private readonly double surelyM2, possiblyM2;
    private readonly int cellE7, columns;
    private readonly Row[] rows;
    private ulong[] keys = [], swap = [];
    private Place[] places = [];

    public SlotPairs(Distance reach)
    {
        // Beyond, the plane is no longer within 0.5 %.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reach, Distance.FromMetres(5_000));
        this.reach = reach;
        surelyM2 = Math.Pow(reach.Metres * (1 - Clear), 2);
        possiblyM2 = Math.Pow(reach.Metres * (1 + Clear), 2);
        // As high as the reach, and large enough that all cells of the Earth are counted in 32 bits.
        cellE7 = Math.Max(45_000, (int)Math.Ceiling(reach.Metres / ShortestDegreeM * 1e7) + 1);
        columns = (int)((Turn / cellE7) + 1);
        rows = new Row[(HalfTurn / cellE7) + 1];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = RowAt(row);
        }
    }

    /// <summary>Adds the pairs to a list, each once, in no order.</summary>
    public void Find(ReadOnlySpan<int> latsE7, ReadOnlySpan<int> lonsE7, List<NearPair> into)
    {
        Sort(latsE7, lonsE7);
        ReadOnlySpan<Place> all = places.AsSpan(0, latsE7.Length);
        var next = 0;
        for (var i = 0; i < all.Length; i++)
        {
            ref readonly var here = ref all[i];
            var row = (int)(here.Cell / (uint)columns);
            var (first, column) = ((uint)row * (uint)columns, (int)(here.Cell - ((uint)row * (uint)columns)));
            ref readonly var scale = ref rows[row];
            var (west, east) = ((uint)Math.Max(0, column - scale.Columns), (uint)Math.Min(columns - 1, column + scale.Columns));
            for (var j = i + 1; j < all.Length && all[j].Cell <= first + east; j++)
            {
                Test(here, all[j], scale, into);
            }

            var above = first + (uint)columns;
            while (next < all.Length && all[next].Cell < above + west)
            {
                next++;
            }

            for (var j = next; j < all.Length && all[j].Cell <= above + east; j++)
            {
                Test(here, all[j], scale, into);
            }

            // The last column may be narrower, so that across it one more is looked at; what was looked at already is not again.
            if (column + scale.Columns + 1 >= columns)
            {
                var to = Math.Min(column - scale.Columns - 1, column + scale.Columns + 1 - columns);
                Across(here, first, 0, to, scale, into, all);
                Across(here, above, 0, to, scale, into, all);
            }

            if (column - scale.Columns - 1 < 0)
            {
                Across(here, above, Math.Max(column + scale.Columns + 1, column - scale.Columns - 1 + columns), columns - 1, scale, into, all);
            }
        }
    }

    private void Across(in Place here, uint first, int from, int to, in Row scale, List<NearPair> into, ReadOnlySpan<Place> all)
    {
        if (from > to)
        {
            return;
        }

        int low = 0, high = all.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = all[middle].Cell < first + (uint)from ? (middle + 1, high) : (low, middle);
        }

        for (; low < all.Length && all[low].Cell <= first + (uint)to; low++)
        {
            Test(here, all[low], scale, into);
        }
    }

    private void Test(in Place a, in Place b, in Row scale, List<NearPair> into)
    {
        unchecked
        {
            var lonE7 = Math.Abs((long)a.LonE7 - b.LonE7);
            lonE7 = lonE7 > HalfTurn ? Turn - lonE7 : lonE7;
            double north = (a.LatE7 - b.LatE7) * scale.NorthM, east = lonE7 * scale.EastM, squareM2 = (north * north) + (east * east);
            if (squareM2 <= surelyM2 && !scale.Polar)
            {
                into.Add(new NearPair(a.Index, b.Index, Math.Sqrt(squareM2)));
            }
            else if ((squareM2 <= possiblyM2 || scale.Polar) && Geodesy.Between(a.At, b.At) is var apart && apart <= reach)
            {
                into.Add(new NearPair(a.Index, b.Index, apart.Metres));
            }
        }
    }

    // Radix sort of cell and index in three passes of eleven bits.
    private void Sort(ReadOnlySpan<int> latsE7, ReadOnlySpan<int> lonsE7)
    {
        const int Bits = 11, Digits = 1 << Bits;
        var count = latsE7.Length;
        if (keys.Length < count)
        {
            (keys, swap, places) = (new ulong[count * 2], new ulong[count * 2], new Place[count * 2]);
        }

        unchecked
        {
            for (var i = 0; i < count; i++)
            {
                var row = (uint)(latsE7[i] + 900_000_000) / (uint)cellE7;
                var column = (uint)((lonsE7[i] + HalfTurn) % Turn) / (uint)cellE7;
                keys[i] = ((ulong)((row * (uint)columns) + column) << 32) | (uint)i;
            }

            Span<int> starts = stackalloc int[Digits];
            for (var shift = 32; shift < 64; shift += Bits)
            {
                starts.Clear();
                foreach (var key in keys.AsSpan(0, count))
                {
                    starts[(int)(key >> shift) & (Digits - 1)]++;
                }

                var sum = 0;
                foreach (ref var start in starts)
                {
                    (start, sum) = (sum, sum + start);
                }

                foreach (var key in keys.AsSpan(0, count))
                {
                    swap[starts[(int)(key >> shift) & (Digits - 1)]++] = key;
                }

                (keys, swap) = (swap, keys);
            }

            for (var i = 0; i < count; i++)
            {
                var index = (int)(uint)keys[i];
                places[i] = new Place((uint)(keys[i] >> 32), index, latsE7[index], lonsE7[index]);
            }
        }
    }

    private Row RowAt(int row)
    {
        // This row and the next are compared by its scale: the border between them is the middle, its far border the worst.
        double southDeg = (row * (double)cellE7 / 1e7) - 90, borderDeg = Math.Min(90, southDeg + (cellE7 / 1e7));
        var farthestDeg = Math.Min(90, Math.Max(Math.Abs(southDeg), Math.Abs(borderDeg + (cellE7 / 1e7))));
        var wide = Math.Sin(reach.Metres * (1 + Clear) / SmallestRadiusM) / Math.Cos(farthestDeg * Math.PI / 180);
        var wideE7 = wide is >= 0 and < 1 ? Math.Asin(wide) * 180 / Math.PI * 1e7 : HalfTurn;
        var at = Math.Clamp(borderDeg, -89, 89);
        return new Row(
            (int)Math.Min(columns, Math.Ceiling(wideE7 / cellE7)),
            Geodesy.RoughNm(at - 0.005, 0, at + 0.005, 0) * Distance.MetresInNauticalMile / 100_000,
            Geodesy.RoughNm(at, 0, at, 0.01) * Distance.MetresInNauticalMile / 100_000,
            farthestDeg > PolarDeg);
    }

    /// <summary>What a row needs to be compared with itself and the next: columns the reach spans, metres in 1e-7 degree, and whether the plane is too bent.</summary>
    private readonly record struct Row(int Columns, double NorthM, double EastM, bool Polar);

    private readonly record struct Place(uint Cell, int Index, int LatE7, int LonE7)
    {
        public GeoPoint At => new(LatE7 / 1e7, LonE7 / 1e7);
    }
}
