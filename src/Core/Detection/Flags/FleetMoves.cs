using MaritimeWatch.Identity;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Flags;

/// <summary>Finds moves of whole fleets, and registers that struck off or took in many ships at once: counter-evidence for each of them.</summary>
public static class FleetMoves
{
    /// <summary>So many ships make a fleet: 3.</summary>
    public const int LeastShips = 3;

    /// <summary>A fleet moves within this: 90 days.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(90);

    /// <summary>Name of an owner in moves that a register made itself, such as a merger of registers.</summary>
    public const string ByRegister = "the register itself";

    /// <summary>
    /// Moves among these hulls: three or more of one owner, or twenty or more of any owner, from one flag to another within 90 days.
    /// Whose flags they are does not matter.
    /// </summary>
    public static IReadOnlyList<FleetMove> Of(IEnumerable<Vessel> hulls, FlagTables tables)
    {
        var changes = hulls.SelectMany(h =>
        {
            var owner = h.Claims.Where(c => c.Owner is not null).MaxBy(c => c.LastSeen)?.Owner;
            var stays = FlagStays.Of(h, tables);
            return stays.Zip(stays.Skip(1), (a, b) => (Owner: owner, From: a.Flag, To: b.Flag, At: b.From));
        }).ToList();
        return [.. Runs(changes.Where(c => c.Owner is not null).GroupBy(c => (c.Owner!, c.From, c.To)), LeastShips),
            .. Runs(changes.GroupBy(c => (ByRegister, c.From, c.To)), ManyShips)];

        static IEnumerable<FleetMove> Runs(IEnumerable<IGrouping<(string Owner, FlagState From, FlagState To), (string?, FlagState, FlagState, DateTimeOffset At)>> groups, int least)
        {
            foreach (var group in groups)
            {
                var times = group.Select(c => c.At).Order().ToList();
                for (var i = 0; i < times.Count;)
                {
                    var run = times.Skip(i).TakeWhile(t => t - times[i] <= Within).Count();
                    if (run >= least)
                    {
                        yield return new FleetMove(group.Key.Owner, group.Key.From, group.Key.To, times[i], times[i + run - 1], run);
                    }

                    i += run;
                }
            }
        }
    }

    /// <summary>So many ships of any owner that leave one flag for another together are the register's doing, or a State's: 20.</summary>
    private const int ManyShips = 20;
}
