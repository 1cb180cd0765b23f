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
            Action act = (step % 7) switch
            {
                0 => () => one.Accept(step),
                1 => () => one.Duplicate(step),
                2 => () => one.Reject("a", step),
                3 => () => one.TurnIntoDuplicate(),
                4 => () => one.TurnIntoRejection("b"),
                5 => () => one.Lose(step),
                _ => () => all.Add(one),
            };
            act();
        }

        return Sums(one) && Sums(all);

        static bool Sums(IntakeCount c) => c.Lines == c.Accepted + c.Duplicates + c.RejectedTotal;
    }

    [Fact]
    public void What_is_lost_is_no_line_and_adds_up_by_itself()
    {
        IntakeCount one = new(), all = new();
        one.Accept(2);
        one.Lose(5);
        all.Add(one);
        all.Add(one);
        Assert.Equal((4, 10), (all.Lines, all.Lost));
    }
}
