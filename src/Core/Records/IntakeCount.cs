namespace MaritimeWatch.Records;

/// <summary>
/// What became of the lines of a source. Every line is accepted, a duplicate, or rejected for one reason, so
/// <see cref="Lines"/> = <see cref="Accepted"/> + <see cref="Duplicates"/> + the sum of <see cref="Rejected"/>.
/// </summary>
public sealed class IntakeCount
{
    private readonly SortedDictionary<string, long> rejected = new(StringComparer.Ordinal);

    /// <summary>Lines read: sentences, time lines, comments, headers and rows alike.</summary>
    public long Lines { get; private set; }

    /// <summary>Lines understood, whether or not they carry a position.</summary>
    public long Accepted { get; private set; }

    /// <summary>Lines that repeat an observation already taken.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Lines refused, by reason.</summary>
    public IReadOnlyDictionary<string, long> Rejected => rejected;

    public long RejectedTotal => rejected.Values.Sum();

    /// <summary>
    /// Records known to be lost before they reached us: dropped when we were too slow, or missing in a source's own numbering.
    /// They are no lines, since nobody read them; what a source cannot tell is not in here.
    /// </summary>
    public long Lost { get; private set; }

    public void Accept(long lines = 1)
    {
        Lines += lines;
        Accepted += lines;
    }

    public void Duplicate(long lines = 1)
    {
        Lines += lines;
        Duplicates += lines;
    }

    public void Reject(string reason, long lines = 1)
    {
        Lines += lines;
        rejected[reason] = rejected.GetValueOrDefault(reason) + lines;
    }

    public void Lose(long records) => Lost += records;

    /// <summary>Moves lines first counted as accepted to duplicates, once the observation they carry proves to be known.</summary>
    public void TurnIntoDuplicate(long lines = 1)
    {
        Accepted -= lines;
        Duplicates += lines;
    }

    /// <summary>Moves lines first counted as accepted to rejected, once what they carry proves to be of no use.</summary>
    public void TurnIntoRejection(string reason, long lines = 1)
    {
        Accepted -= lines;
        rejected[reason] = rejected.GetValueOrDefault(reason) + lines;
    }

    public void Add(IntakeCount other)
    {
        Lines += other.Lines;
        Accepted += other.Accepted;
        Duplicates += other.Duplicates;
        Lost += other.Lost;
        foreach (var (reason, count) in other.rejected)
        {
            rejected[reason] = rejected.GetValueOrDefault(reason) + count;
        }
    }
}
