using MaritimeWatch.Server.Settings;

namespace MaritimeWatch.Server.Bench.Flags;

/// <summary>The benchmark of identity: changes of flag, who goes on as whom, spliced histories, dirty registers (SCIENCE 5.2, item 8).</summary>
internal static class FlagBench
{
    public static void Print(TextWriter to, House house, string shared, long seed, BenchPart part)
    {
        var tables = house.Flags();
        SpliceBench.Print(to, tables, seed, part);
        if (!Directory.Exists(Path.Combine(shared, "data", "flag-changes-gfw")))
        {
            to.WriteLine($"Identity skipped: {Path.Combine(shared, "data")} is not there; name its folder with --shared.");
            return;
        }

        var pairs = PairData.Pairs(shared, tables);
        ReflagTable.Reflagged(to, pairs, tables, seed);
        ReflagTable.Stitched(to, pairs, seed);
        ReflagTable.Changes(to, "identity periods", PairData.Periods(shared, tables), tables, seed);
        RegisterTable.Print(to, house, tables, "war-and-sanctions", Path.Combine(shared, "data", "shadow-fleet", "gur_vessels.csv"), (int)seed);
        RegisterTable.Print(to, house, tables, "reefers", Path.Combine(shared, "data", "reefers-gfw", "REEFERS.csv"), (int)seed);
        SpliceBench.Real(to, PairData.Carriers(shared, tables), tables);
        ReflagTable.Changes(to, "carriers by IMO number", PairData.Carriers(shared, tables), tables, seed);
    }
}
