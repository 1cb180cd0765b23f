using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Reception;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What every reception store must do.</summary>
public abstract class ReceptionStoreContract : StoreContract
{
    private IReceptionStore Store => All.Reception;

    [Fact]
    public async Task The_latest_state_that_is_whole_is_given_back_and_earlier_ones_go()
    {
        Assert.Empty(await Store.LoadAsync(Cancel));
        await Store.SaveAsync([Sheet(10, 0, 2), Sheet(10, 1, 2)], Cancel);
        await Store.SaveAsync([Sheet(11, 0, 2)], Cancel);
        Assert.Equal([10, 10], (await Store.LoadAsync(Cancel)).Select(s => s.LearntTo));
        await Store.SaveAsync([Sheet(11, 1, 2)], Cancel);
        await Store.SaveAsync([Sheet(11, 1, 2)], Cancel);
        var whole = await Store.LoadAsync(Cancel);
        Assert.Equal([(11, 0), (11, 1)], whole.Select(s => (s.LearntTo, s.Number)));
        Assert.Equal([1, 2, 255], whole[1].Body);
    }

    [Fact]
    public async Task What_was_learnt_comes_back_to_the_last_bit_and_learns_on_as_if_it_had_never_gone()
    {
        var (slots, kept, other) = (new HeardSlots(), new ReceptionGrid(new ReceptionOptions()), new ReceptionGrid(new ReceptionOptions()));
        var start = new DateTimeOffset(2026, 3, 14, 0, 0, 0, TimeSpan.Zero);
        for (var ship = 0; ship < 40; ship++)
        {
            for (var minute = ship; minute < 48 * 60; minute += 7 + (ship % 90))
            {
                slots.Add($"ship {ship}", new Fix(start.AddMinutes(minute), new GeoPoint(50 + (ship * 0.03), minute / 1500.0), ship % 20, 90, null, null, (TransponderClass)(ship % 3), (ReceiverKind)(ship % 4)));
            }
        }

        kept.LearnUpTo(start.AddHours(30), slots);
        other.LearnUpTo(start.AddHours(30), slots);
        await Store.SaveAsync(ReceptionCodec.Encode(kept), Cancel);
        var back = ReceptionCodec.Decode(await Store.LoadAsync(Cancel), new ReceptionOptions());
        back.LearnUpTo(start.AddHours(48), slots);
        other.LearnUpTo(start.AddHours(48), slots);
        Assert.Equal(other.Kept(), back.Kept());
        Assert.NotEmpty(back.Kept());
        Assert.Equal((other.LearntFrom, other.LearntTo), (back.LearntFrom, back.LearntTo));
    }

    private static ReceptionSheet Sheet(long learntTo, int number, int of) => new(learntTo, number, of, [1, 2, 255]);
}
