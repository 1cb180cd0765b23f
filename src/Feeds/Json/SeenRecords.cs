using MaritimeWatch.Feeds.Transport;

namespace MaritimeWatch.Feeds.Json;

/// <summary>
/// Remembers records by a hash of their text: a source that is polled, or delivers again after a broken connection, gives the
/// same record twice. Two generations bound the memory; a record is remembered for at least one of them.
/// </summary>
internal sealed class SeenRecords
{
    /// <summary>Records of a generation: several times the ships of the largest source polled.</summary>
    public const int Generation = 200_000;

    private HashSet<ulong> now = [], before = [];

    /// <summary>True when the text was seen before.</summary>
    public bool Again(ReadOnlySpan<byte> text)
    {
        var hash = Fnv.Hash(text);
        if (now.Contains(hash))
        {
            return true;
        }

        if (now.Count >= Generation)
        {
            (before, now) = (now, []);
        }

        now.Add(hash);
        return before.Contains(hash);
    }
}
