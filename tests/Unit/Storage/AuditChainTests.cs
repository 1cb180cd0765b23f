using MaritimeWatch.Storage;

namespace MaritimeWatch.Unit.Storage;

public sealed class AuditChainTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 14, 6, 0, 0, TimeSpan.Zero);

    private static AuditEntry[] Chain()
    {
        var first = AuditChain.Next(null, new AuditNote(At, "anna", "ab", "c", "d"));
        var second = AuditChain.Next(first, new AuditNote(At, "anna", "ab", "c", "d"));
        return [first, second, AuditChain.Next(second, new AuditNote(At, "anna", "ab", "c", "d"))];
    }

    [Fact]
    public void An_unbroken_chain_has_no_broken_number()
    {
        Assert.Null(AuditChain.Verify(Chain()));
        Assert.Null(AuditChain.Verify([]));
        Assert.Null(AuditChain.Verify(Chain()[1..], Chain()[0]));
    }

    [Fact]
    public void A_change_to_any_field_is_found()
    {
        var second = Chain()[1];
        AuditEntry[] changes =
        [
            second with { At = At.AddTicks(1) }, second with { By = "bert" }, second with { Act = "x" }, second with { Subject = "x" }, second with { Detail = "x" },
            second with { PreviousHash = AuditChain.Beginning }, second with { Hash = AuditChain.Beginning }, second with { Number = 7 }, second with { Act = "a", Subject = "bc" },
        ];
        Assert.All(changes, changed => Assert.Equal(2, AuditChain.Verify([Chain()[0], changed, Chain()[2]])));
    }

    [Fact]
    public void An_entry_taken_out_or_put_elsewhere_is_found()
    {
        var chain = Chain();
        Assert.Equal(1, AuditChain.Verify(chain[1..]));
        Assert.Equal(2, AuditChain.Verify([chain[0], chain[2]]));
        Assert.Equal(2, AuditChain.Verify([chain[0], chain[2], chain[1]]));
    }
}
