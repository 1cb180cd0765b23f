using System.Text;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>
/// How long to wait before a source is tried again: twice as long each time, 1 to 60 s, with up to a quarter more by chance,
/// so that many watches do not come back in step. The chance is seeded by machine and feed: a run can be repeated.
/// </summary>
internal sealed class BackOff(string name)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromMinutes(1);

    private readonly Random chance = new((int)(Fnv.Hash(Encoding.UTF8.GetBytes($"{Environment.MachineName} {name}")) & int.MaxValue));
    private TimeSpan next = First;

    public TimeSpan Next()
    {
        var pause = next * (1 + (chance.NextDouble() / 4));
        next = next * 2 < Longest ? next * 2 : Longest;
        return pause < Longest ? pause : Longest;
    }

    /// <summary>Called when the source has given something: the next failure is a first one.</summary>
    public void Reset() => next = First;
}

/// <summary>FNV-1a (Fowler, Noll, Vo), 64 bits: the same on every machine and in every run.</summary>
internal static class Fnv
{
    public static ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in text)
        {
            hash = unchecked((hash ^ b) * 1099511628211UL);
        }

        return hash;
    }
}
