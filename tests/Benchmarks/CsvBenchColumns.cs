namespace MaritimeWatch.Benchmarks;

/// <summary>What every reader must find: rows without the bad ones, and the sum of each field over them, absent ones left out.</summary>
internal readonly record struct CsvSums(long Rows, long Seconds, long Mmsis, long LatE7, long LonE7, long SogTenths, long CogTenths, long Headings, long Missing, long Letters)
{
    public static CsvSums operator +(CsvSums a, CsvSums b) => new(a.Rows + b.Rows, a.Seconds + b.Seconds, a.Mmsis + b.Mmsis, a.LatE7 + b.LatE7, a.LonE7 + b.LonE7,
        a.SogTenths + b.SogTenths, a.CogTenths + b.CogTenths, a.Headings + b.Headings, a.Missing + b.Missing, a.Letters + b.Letters);
}

/// <summary>Columns a reader of doubles fills; absent values are NaN and -1. Summed after the clock has stopped.</summary>
internal sealed class CsvColumns(int rows)
{
    public readonly long[] Seconds = new long[rows];
    public readonly int[] Mmsis = new int[rows];
    public readonly double[] LatDeg = new double[rows], LonDeg = new double[rows];
    public readonly float[] SogKnots = new float[rows], CogDeg = new float[rows];
    public readonly short[] HeadingDeg = new short[rows];

    public int Count { get; set; }

    public long Letters { get; set; }

    public CsvSums Sums()
    {
        var sums = new CsvSums(Count, 0, 0, 0, 0, 0, 0, 0, 0, Letters);
        for (var i = 0; i < Count; i++)
        {
            bool sog = !float.IsNaN(SogKnots[i]), cog = !float.IsNaN(CogDeg[i]), heading = HeadingDeg[i] >= 0;
            sums += new CsvSums(0, Seconds[i], Mmsis[i], (long)Math.Round(LatDeg[i] * 1e7), (long)Math.Round(LonDeg[i] * 1e7), sog ? (long)Math.Round(SogKnots[i] * 10) : 0, cog ? (long)Math.Round(CogDeg[i] * 10) : 0,
                heading ? HeadingDeg[i] : 0, (sog ? 0 : 1) + (cog ? 0 : 1) + (heading ? 0 : 1), 0);
        }

        return sums;
    }
}

/// <summary>The same in the fixed-point units of a fix, as our reader gives them; absent values are -1.</summary>
internal sealed class FixColumns(int rows)
{
    public readonly long[] TimeMs = new long[rows];
    public readonly int[] Mmsis = new int[rows], LatE7 = new int[rows], LonE7 = new int[rows];
    public readonly short[] SogTenths = new short[rows], CogTenths = new short[rows], HeadingDeg = new short[rows];

    public int Count { get; set; }

    public long Letters { get; set; }

    public CsvSums Sums()
    {
        var sums = new CsvSums(Count, 0, 0, 0, 0, 0, 0, 0, 0, Letters);
        for (var i = 0; i < Count; i++)
        {
            sums += new CsvSums(0, TimeMs[i] / 1000, Mmsis[i], LatE7[i], LonE7[i], Math.Max((short)0, SogTenths[i]), Math.Max((short)0, CogTenths[i]), Math.Max((short)0, HeadingDeg[i]),
                (SogTenths[i] < 0 ? 1 : 0) + (CogTenths[i] < 0 ? 1 : 0) + (HeadingDeg[i] < 0 ? 1 : 0), 0);
        }

        return sums;
    }
}
