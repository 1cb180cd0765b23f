using FsCheck.Xunit;
using MaritimeWatch.Records;

namespace MaritimeWatch.Unit.Records;

public sealed class IntakeCountTests
{
    [Property(MaxTest = 300)]
    public bool Lines_are_accepted_plus_duplicates_plus_rejected_whatever_happens(byte[] steps)
    {
        IntakeCount one = new(), all = new();
        foreach (var step in steps)
        {
            Action act = (step % 6) switch
            {
                0 => () => one.Accept(step),
                1 => () => one.Duplicate(step),
                2 => () => one.Reject("a", step),
                3 => () => one.TurnIntoDuplicate(),
                4 => () => one.TurnIntoRejection("b"),
                _ => () => all.Add(one),
            };
            act();
        }

        return Sums(one) && Sums(all);

        static bool Sums(IntakeCount c) => c.Lines == c.Accepted + c.Duplicates + c.RejectedTotal;
    }
}
