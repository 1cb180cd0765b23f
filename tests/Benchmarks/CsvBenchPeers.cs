using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Sylvan.Data.Csv;

namespace MaritimeWatch.Benchmarks;

/// <summary>The same columns of the same file by the readers of others, each in the way its documentation shows, bad rows left out.</summary>
internal sealed class CsvBenchPeers(string file, int rows)
{
    private const string TimeForm = "dd/MM/yyyy HH:mm:ss";

    // What the lab's note compares: seven typed columns and two lengths, aggregated.
    private const string Duck = """
        FROM (SELECT "# Timestamp" ts, "MMSI" mmsi, "Latitude" lat, "Longitude" lon, "SOG" sog, "COG" cog, "Heading" hd, "Name" vessel, "Destination" dest
          FROM read_csv('FILE', header=true, delim=',', quote='"', escape='"', ignore_errors=true, timestampformat='%d/%m/%Y %H:%M:%S', auto_detect=false,
            columns={'# Timestamp':'TIMESTAMP','Type of mobile':'VARCHAR','MMSI':'INTEGER','Latitude':'DOUBLE','Longitude':'DOUBLE','Navigational status':'VARCHAR','ROT':'VARCHAR','SOG':'FLOAT','COG':'FLOAT','Heading':'SMALLINT',
            'IMO':'VARCHAR','Callsign':'VARCHAR','Name':'VARCHAR','Ship type':'VARCHAR','Cargo type':'VARCHAR','Width':'VARCHAR','Length':'VARCHAR','Type of position fixing device':'VARCHAR','Draught':'VARCHAR','Destination':'VARCHAR',
            'ETA':'VARCHAR','Data source type':'VARCHAR','A':'VARCHAR','B':'VARCHAR','C':'VARCHAR','D':'VARCHAR'}))
        WHERE lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180
        """;

    private readonly CsvColumns into = new(rows);

    public CsvSums Sums() => into.Sums();

    public void Sylvan()
    {
        (into.Count, into.Letters) = (0, 0);
        using var csv = CsvDataReader.Create(file, new CsvDataReaderOptions { HasHeaders = true, Comment = '\u0001', BufferSize = 1 << 16 });
        while (csv.Read())
        {
            if (csv.RowFieldCount < 26
                || !DateTime.TryParseExact(csv.GetFieldSpan(0), TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                || !int.TryParse(csv.GetFieldSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var mmsi)
                || !double.TryParse(csv.GetFieldSpan(3), NumberStyles.Float, CultureInfo.InvariantCulture, out var latDeg)
                || !double.TryParse(csv.GetFieldSpan(4), NumberStyles.Float, CultureInfo.InvariantCulture, out var lonDeg)
                || !(latDeg is >= -90 and <= 90 && lonDeg is >= -180 and <= 180))
            {
                continue;
            }

            Add(time, mmsi, latDeg, lonDeg, csv.GetFieldSpan(7), csv.GetFieldSpan(8), csv.GetFieldSpan(9), csv.GetFieldSpan(12).Length + csv.GetFieldSpan(19).Length);
        }
    }

    public void CsvHelper()
    {
        (into.Count, into.Letters) = (0, 0);
        using var csv = global::CsvHelper.CsvReader.FromFile(file, new global::CsvHelper.CsvReaderOptions { Separator = ',' });
        Span<char> chars = stackalloc char[32], sog = stackalloc char[32], cog = stackalloc char[32], heading = stackalloc char[32];
        while (csv.Read())
        {
            if (csv.FieldCount < 26
                || !DateTime.TryParseExact(chars[..csv.GetChars(0, chars)], TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                || !csv.TryParse<int>(2, out var mmsi) || !csv.TryParse<double>(3, out var latDeg) || !csv.TryParse<double>(4, out var lonDeg)
                || !(latDeg is >= -90 and <= 90 && lonDeg is >= -180 and <= 180))
            {
                continue;
            }

            Add(time, mmsi, latDeg, lonDeg, sog[..csv.GetChars(7, sog)], cog[..csv.GetChars(8, cog)], heading[..csv.GetChars(9, heading)], csv.GetSpan(12).Length + csv.GetSpan(19).Length);
        }
    }

    /// <summary>DuckDB with two threads; exact sums cost it more, so the timed statement adds doubles.</summary>
    public CsvSums DuckDb(bool exact)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SET threads=2";
        command.ExecuteNonQuery();
        command.CommandText = (exact
            ? "SELECT count(*), sum(epoch(ts))::BIGINT, sum(mmsi)::BIGINT, sum(round(lat*1e7)::BIGINT)::BIGINT, sum(round(lon*1e7)::BIGINT)::BIGINT, sum(round(sog*10)::BIGINT)::BIGINT, sum(round(cog*10)::BIGINT)::BIGINT, sum(hd)::BIGINT, (3*count(*)-count(sog)-count(cog)-count(hd))::BIGINT, (sum(length(vessel))+sum(length(dest)))::BIGINT "
            : "SELECT count(*), sum(epoch(ts)), sum(mmsi), sum(lat), sum(lon), sum(sog), sum(cog), sum(hd), sum(length(vessel)), sum(length(dest)) ") + Duck.Replace("FILE", file, StringComparison.Ordinal);
        using var answer = command.ExecuteReader();
        answer.Read();
        return exact ? new CsvSums(Whole(0), Whole(1), Whole(2), Whole(3), Whole(4), Whole(5), Whole(6), Whole(7), Whole(8), Whole(9)) : default;

        long Whole(int column) => Convert.ToInt64(answer.GetValue(column), CultureInfo.InvariantCulture);
    }

    /// <summary>pandas in a process of its own, which times itself without its start; null where Debian's python3-pandas is absent.</summary>
    public (double Seconds, string Version, CsvSums Sums)? Pandas()
    {
        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "csv_pandas.py"));
        start.ArgumentList.Add(file);
        if (!File.Exists(start.FileName))
        {
            return null;
        }

        using var python = Process.Start(start)!;
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        if (python.ExitCode != 0)
        {
            return null;
        }

        var parts = output.Split(' ', StringSplitOptions.TrimEntries);
        var sums = parts[2..].Select(p => long.Parse(p, CultureInfo.InvariantCulture)).ToList();
        return (double.Parse(parts[1], CultureInfo.InvariantCulture), parts[0], new CsvSums(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7], sums[8], sums[9]));
    }

    private void Add(DateTime time, int mmsi, double latDeg, double lonDeg, ReadOnlySpan<char> sog, ReadOnlySpan<char> cog, ReadOnlySpan<char> heading, int letters)
    {
        var i = into.Count++;
        into.Seconds[i] = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        into.Mmsis[i] = mmsi;
        into.LatDeg[i] = latDeg;
        into.LonDeg[i] = lonDeg;
        into.SogKnots[i] = float.TryParse(sog, NumberStyles.Float, CultureInfo.InvariantCulture, out var sogKnots) ? sogKnots : float.NaN;
        into.CogDeg[i] = float.TryParse(cog, NumberStyles.Float, CultureInfo.InvariantCulture, out var cogDeg) ? cogDeg : float.NaN;
        into.HeadingDeg[i] = short.TryParse(heading, NumberStyles.None, CultureInfo.InvariantCulture, out var headingDeg) ? headingDeg : (short)-1;
        into.Letters += letters;
    }
}
