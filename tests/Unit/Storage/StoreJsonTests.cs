using MaritimeWatch.Records;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Unit.Storage;

public sealed class StoreJsonTests
{
    [Fact]
    public void A_count_comes_back_with_what_was_lost()
    {
        var count = new IntakeCount();
        count.Accept(3);
        count.Duplicate(2);
        count.Reject("checksum differs");
        count.Lose(7);
        var back = StoreJson.Read<IntakeCount>(StoreJson.Write(count));
        Assert.Equal((6, 3, 2, 1, 7), (back.Lines, back.Accepted, back.Duplicates, back.RejectedTotal, back.Lost));
    }

    [Fact]
    public void A_count_stored_before_loss_was_counted_is_still_read()
    {
        var back = StoreJson.Read<IntakeCount>("""{"accepted":3,"duplicates":2,"rejected":{"checksum differs":1}}""");
        Assert.Equal((6, 0), (back.Lines, back.Lost));
    }
}
