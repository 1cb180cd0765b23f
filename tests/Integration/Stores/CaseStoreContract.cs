using MaritimeWatch.Alerts;
using MaritimeWatch.Cases;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Integration.Stores;

/// <summary>What every store of cases, owed mails and audit entries must do together.</summary>
public abstract class CaseStoreContract : StoreContract
{
    private ICaseStore Store => All.Cases;

    private IOutboxStore Outbox => All.Outbox;

    private IAuditStore Audit => All.Audit;

    [Fact]
    public async Task A_release_writes_case_alert_mails_and_audit_together()
    {
        Assert.True(await Store.ApplyAsync(Samples.Raise("c1"), Cancel));
        Assert.True(await Store.ApplyAsync(Samples.Release("c1"), Cancel));
        Assert.Equivalent(Samples.Release("c1").File, await Store.FindAsync("c1", Cancel), strict: true);
        Assert.Equivalent(Samples.Alert("c1", 1), await Store.AlertAsync("c1-1", Cancel), strict: true);
        Assert.Equal(["c1-1"], (await Store.AlertsOfAsync("c1", Cancel)).Select(a => a.Id));
        Assert.Equal(2, (await Outbox.AllAsync(10, Cancel)).Count);
        Assert.Equal(["raise", "release"], (await Audit.AfterAsync(0, 10, Cancel)).Select(a => a.Act));
        Assert.Null(await Store.FindAsync("none", Cancel));
        Assert.Null(await Store.AlertAsync("none", Cancel));
    }

    [Fact]
    public async Task A_change_on_an_outdated_case_writes_nothing()
    {
        await Store.ApplyAsync(Samples.Raise("c1"), Cancel);
        Assert.False(await Store.ApplyAsync(Samples.Raise("c1"), Cancel));
        Assert.True(await Store.ApplyAsync(Samples.Release("c1"), Cancel));
        Assert.False(await Store.ApplyAsync(Samples.Release("c1"), Cancel));
        Assert.False(await Store.ApplyAsync(Samples.Release("unknown"), Cancel));
        Assert.Equal(2, (await Audit.AfterAsync(0, 10, Cancel)).Count);
        Assert.Equal(2, (await Outbox.AllAsync(10, Cancel)).Count);
        Assert.Single(await Store.AllAsync(10, Cancel));
    }

    [Fact]
    public async Task Of_many_who_act_at_once_on_one_case_exactly_one_succeeds()
    {
        await Store.ApplyAsync(Samples.Raise("c1"), Cancel);
        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.ApplyAsync(Samples.Release("c1"), Cancel).AsTask(), Cancel)));
        Assert.Single(done, applied => applied);
        Assert.Equal(2, (await Outbox.AllAsync(10, Cancel)).Count);
    }

    [Fact]
    public async Task A_change_that_cannot_be_written_whole_is_not_written_at_all()
    {
        var broken = Samples.Raise("c1") with { Mails = [Samples.Mail("no-such-alert", "a@x.test")] };
        await Assert.ThrowsAsync<StoreException>(async () => await Store.ApplyAsync(broken, Cancel));
        Assert.Empty(await Store.AllAsync(10, Cancel));
        Assert.Empty(await Audit.AfterAsync(0, 10, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.ApplyAsync(Samples.Raise("c1") with { EventsBefore = 1 }, Cancel));
    }

    [Fact]
    public async Task Mails_are_due_in_their_time_and_leave_the_list_when_marked()
    {
        await Store.ApplyAsync(Samples.Raise("c1"), Cancel);
        await Store.ApplyAsync(Samples.Release("c1"), Cancel);
        var due = Assert.Single(await Outbox.DueAsync(Samples.Noon, 10, Cancel));
        Assert.Equal(Samples.Mail("c1-1", "a@x.test"), due);
        await Outbox.MarkAsync(due with { Attempts = 1, NotBefore = Samples.Noon.AddMinutes(20), LastError = Samples.Hostile }, Cancel);
        Assert.Equal(["b@x.test", "a@x.test"], (await Outbox.DueAsync(Samples.Noon.AddHours(1), 10, Cancel)).Select(m => m.Recipient));
        await Outbox.MarkAsync(due with { State = MailState.Sent, Attempts = 2 }, Cancel);
        Assert.Equal(["b@x.test"], (await Outbox.DueAsync(Samples.Noon.AddHours(1), 10, Cancel)).Select(m => m.Recipient));
        Assert.Equal(2, (await Outbox.AllAsync(10, Cancel)).Count);
        await Assert.ThrowsAsync<StoreException>(async () => await Outbox.MarkAsync(due with { Key = "none" }, Cancel));
    }

    [Fact]
    public async Task Cases_are_listed_newest_first()
    {
        await Store.ApplyAsync(Samples.Raise("old"), Cancel);
        await Store.ApplyAsync(Samples.Raise("new") with { File = Samples.Case("new", CaseAct.Raise) with { OpenedAt = Samples.Noon.AddHours(1) } }, Cancel);
        Assert.Equal(["new", "old"], (await Store.AllAsync(10, Cancel)).Select(c => c.Id));
    }
}
