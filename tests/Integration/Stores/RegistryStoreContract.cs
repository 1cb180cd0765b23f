using MaritimeWatch.Alerts;
using MaritimeWatch.Identity;
using MaritimeWatch.Registry;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What every store of registry files must do, together with outbox, claims, candidates and audit chain.</summary>
public abstract class RegistryStoreContract : StoreContract
{
    private IRegistryStore Store => All.Registry;

    [Fact]
    public async Task A_statement_writes_file_notice_mail_claim_candidate_and_audit_together()
    {
        Assert.True(await Store.ApplyAsync(Samples.Ask(), Cancel));
        Assert.True(await Store.ApplyAsync(Samples.Stated(eventsBefore: 1), Cancel));
        Assert.Equal(StoreJson.Write(Samples.Answered), StoreJson.Write(await Store.FindAsync(Samples.Answered.Id, Cancel)));
        var notice = Assert.Single(await Store.NoticesOfAsync(Samples.Answered.Id, Cancel));
        Assert.Equal(StoreJson.Write(Samples.Stated().Notices[0]), StoreJson.Write(await Store.NoticeAsync(notice.Id, Cancel)));
        var mail = Assert.Single(await All.Outbox.DueAsync(Samples.Noon, 10, Cancel));
        Assert.Equal(notice.Id, mail.AlertId);
        Assert.Equal(Samples.Stated().Claims, await All.Identities.ClaimsOfAsync(Samples.Ship, null, Cancel));
        Assert.Equal(Samples.Stated().Candidates, (await All.Feeds.CandidatesAsync(10, Cancel)).Select(c => c.Candidate));
        Assert.Equal(["ask", "state"], (await All.Audit.AfterAsync(0, 10, Cancel)).Select(a => a.Act));
        await All.Outbox.MarkAsync(mail with { State = MailState.Sent, Attempts = 1 }, Cancel);
        Assert.Empty(await All.Outbox.DueAsync(Samples.Noon, 10, Cancel));
        Assert.Equal(MailState.Sent, Assert.Single(await All.Outbox.AllAsync(10, Cancel)).State);
        await Assert.ThrowsAsync<StoreException>(async () => await All.Outbox.MarkAsync(mail with { Key = "none" }, Cancel));
        Assert.Null(await Store.FindAsync("none", Cancel));
        Assert.Null(await Store.NoticeAsync("none-n1", Cancel));
        Assert.Empty(await All.IntegrityAsync(Cancel));
    }

    [Fact]
    public async Task A_change_on_an_outdated_file_or_one_that_adds_no_event_is_refused()
    {
        await Store.ApplyAsync(Samples.Ask(), Cancel);
        Assert.False(await Store.ApplyAsync(Samples.Ask(), Cancel));
        Assert.False(await Store.ApplyAsync(Samples.Stated(eventsBefore: 0), Cancel));
        Assert.Empty(await All.Outbox.AllAsync(10, Cancel));
        Assert.Single(await All.Audit.AfterAsync(0, 10, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.ApplyAsync(Samples.Stated(eventsBefore: 2), Cancel));
    }

    [Fact]
    public async Task Of_many_who_act_at_once_on_one_file_exactly_one_succeeds()
    {
        await Store.ApplyAsync(Samples.Ask(), Cancel);
        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.ApplyAsync(Samples.Stated(eventsBefore: 1), Cancel).AsTask(), Cancel)));
        Assert.Single(done, applied => applied);
        Assert.Single(await All.Outbox.AllAsync(10, Cancel));
        Assert.Equal(2, (await All.Audit.AfterAsync(0, 10, Cancel)).Count);
    }

    [Fact]
    public async Task A_change_whose_mail_carries_nothing_kept_is_not_written_at_all()
    {
        await Assert.ThrowsAsync<StoreException>(async () => await Store.ApplyAsync(Samples.Stated() with { Notices = [] }, Cancel));
        Assert.Empty(await Store.AllAsync(Cancel));
        Assert.Empty(await All.Audit.AfterAsync(0, 10, Cancel));
    }

    [Fact]
    public async Task Files_are_found_by_flag_by_hull_and_by_a_deadline_that_passed()
    {
        var other = RegistryRules.Begin(FlagState.Parse("LR"), "mmsi:538000002");
        other = RegistryRules.Ask(other, new RegistryPerson("anna", null, true), Samples.Asked.Questions[0].Asked with { Deadline = Samples.Noon.AddDays(3) }, Samples.Noon).After!;
        await Store.ApplyAsync(Samples.Ask(), Cancel);
        await Store.ApplyAsync(Samples.Ask() with { File = other }, Cancel);
        Assert.Equal([Samples.Asked.Id], (await Store.OfFlagAsync(FlagState.Parse("PA"), Cancel)).Select(f => f.Id));
        Assert.Equal([other.Id], (await Store.OfHullsAsync(["mmsi:538000002", "none", Samples.Hostile], Cancel)).Select(f => f.Id));
        Assert.Empty(await Store.OfHullsAsync([], Cancel));
        Assert.Equal(new[] { Samples.Asked.Id, other.Id }.Order(StringComparer.Ordinal), (await Store.AllAsync(Cancel)).Select(f => f.Id));
        Assert.Empty(await Store.OverdueAsync(Samples.Noon.AddHours(1), Cancel));
        Assert.Equal([Samples.Asked.Id], (await Store.OverdueAsync(Samples.Noon.AddHours(2), Cancel)).Select(f => f.Id));
        var told = RegistryRules.TellOverdue(Samples.Asked, Samples.Asked.Questions[0].Id, Samples.Noon.AddHours(2)).After!;
        Assert.True(await Store.ApplyAsync(Samples.Ask() with { File = told, EventsBefore = 1 }, Cancel));
        Assert.Empty(await Store.OverdueAsync(Samples.Noon.AddHours(2), Cancel));
    }

    [Fact]
    public async Task A_subscription_is_kept_once_and_goes_with_its_address()
    {
        await Store.SubscribeAsync(Samples.Wish("w2") with { At = Samples.Noon.AddHours(1) }, Samples.Note("subscribe"), Cancel);
        await Store.SubscribeAsync(Samples.Wish("w1"), Samples.Note("subscribe"), Cancel);
        await Store.SubscribeAsync(Samples.Wish("w1") with { Address = "other@x.test" }, Samples.Note("subscribe"), Cancel);
        Assert.Equal([Samples.Wish("w1"), Samples.Wish("w2") with { At = Samples.Noon.AddHours(1) }], await Store.SubscriptionsAsync(Cancel));
        Assert.True(await Store.UnsubscribeAsync("w1", Samples.Note("unsubscribe"), Cancel));
        Assert.False(await Store.UnsubscribeAsync("w1", Samples.Note("unsubscribe"), Cancel));
        Assert.Equal("w2", Assert.Single(await Store.SubscriptionsAsync(Cancel)).Id);
        Assert.Equal(["subscribe", "subscribe", "unsubscribe"], (await All.Audit.AfterAsync(0, 10, Cancel)).Select(a => a.Act));
        Assert.Empty(await Store.AllAsync(Cancel));
    }

    [Fact]
    public async Task Claims_are_found_by_the_flag_a_register_or_list_names()
    {
        var panama = FlagState.Parse("PA");
        var register = Samples.Claim("A", 1) with { Origin = ClaimOrigin.Register, Flag = panama, ValidFrom = Samples.Noon.AddYears(-1) };
        var list = Samples.Claim("\"flag\":\"PA\"", 2) with { Origin = ClaimOrigin.List, Flag = FlagState.Parse("LR") };
        await All.Identities.AddClaimsAsync([Samples.Claim("broadcast"), register, list, Samples.Claim("B", 3) with { Origin = ClaimOrigin.List, Flag = panama }], Cancel);
        Assert.Equal(["A", "B"], (await All.Identities.OfFlagAsync(panama, Cancel)).Select(c => c.Name));
        Assert.Equal([list], await All.Identities.OfFlagAsync(FlagState.Parse("LR"), Cancel));
        Assert.Empty(await All.Identities.OfFlagAsync(FlagState.Parse("MT"), Cancel));
    }
}
