using System.Diagnostics;
using DuckDB.NET.Data;

namespace MaritimeWatch.Benchmarks;

/// <summary>What the runs of gaps, meetings and a day have in common: turns, medians, and a peer that must find the same.</summary>
internal static class DetectBench
{
    public const int Rounds = 7;

    /// <summary>Runs all in turn, twice to warm up, and prints wall and processor seconds.</summary>
    /// <returns>Median wall seconds in the order given.</returns>
    public static double[] InTurn(long rows, params (string Name, Action Run)[] runs)
    {
        var (wall, cpu) = (runs.Select(_ => new List<double>()).ToArray(), runs.Select(_ => new List<double>()).ToArray());
        for (var round = -2; round < Rounds; round++)
        {
            for (var i = 0; i < runs.Length; i++)
            {
                GC.Collect();
                using var process = Process.GetCurrentProcess();
                var (began, used) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
                runs[i].Run();
                var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
                process.Refresh();
                if (round >= 0)
                {
                    wall[i].Add(seconds);
                    cpu[i].Add((process.TotalProcessorTime - used).TotalSeconds);
                }
            }
        }

        for (var i = 0; i < runs.Length; i++)
        {
            wall[i].Sort();
            cpu[i].Sort();
            Console.WriteLine($"{runs[i].Name,-34} {wall[i][Rounds / 2]:0.0000} s ({wall[i][0]:0.0000}–{wall[i][^1]:0.0000}), {rows / wall[i][Rounds / 2] / 1e6,7:0.00} M rows/s, {cpu[i][Rounds / 2]:0.000} CPU s");
        }

        return [.. wall.Select(w => w[Rounds / 2])];
    }

    /// <summary>DuckDB in memory on two threads.</summary>
    public static DuckDBConnection Duck()
    {
        var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        Ask(connection, "SET threads=2");
        return connection;
    }

    /// <summary>The first row of the answer as whole numbers.</summary>
    public static long[] Ask(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var answer = command.ExecuteReader();
        return answer.Read() ? [.. Enumerable.Range(0, answer.FieldCount).Select(i => Whole(answer.GetValue(i)))] : [];
    }

    private static long Whole(object value) => value switch
    {
        DBNull => 0,
        System.Numerics.BigInteger wide => (long)wide,
        _ => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Prints both answers.</summary>
    /// <returns>0 when they are the same.</returns>
    public static int Compare(string what, long[] ours, long[] theirs)
    {
        var same = ours.SequenceEqual(theirs);
        Console.WriteLine($"{(same ? "equal" : "UNEQUAL")}: {what}: ours {string.Join(' ', ours)}, DuckDB {string.Join(' ', theirs)}");
        return same ? 0 : 1;
    }
}
