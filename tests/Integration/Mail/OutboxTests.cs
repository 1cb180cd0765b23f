using MaritimeWatch.Alerts;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Tracks;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;

namespace MaritimeWatch.Integration.Mail;

public sealed class OutboxTests : IDisposable
{
    private const string One = "one@centre.example", Two = "two@centre.example";

    private static readonly DateTimeOffset Now = MadeUpStore.Start;

    private readonly string folder = Directory.CreateTempSubdirectory("mw-pickup-").FullName;
    private readonly MailboxServer server = new();
    private readonly MadeUpStore store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_real_mail_server_gets_each_recipients_mail_once_and_whole()
    {
        await MailboxServer.SkipIfMissingAsync();
        await server.StartAsync();
        var alert = store.Owe(1, AlertType.Alert, One, Two);
        Assert.Equal(new DeliveryCount(2, 0, 0), await Pump(BySmtp()).DeliverDueAsync(Now, Cancel));

        var mails = server.Mails();
        Assert.Equal([One, Two], mails.Select(m => m.To.Mailboxes.Single().Address).Order());
        Assert.All(mails, mail =>
        {
            Assert.Equal(AlertMail.MessageId(alert, mail.To.Mailboxes.Single().Address, BySmtp()), mail.MessageId);
            Assert.StartsWith("[TLP:AMBER] EXERCISE - Medium - AIS silence 4 h - NOORDSTER (MMSI 244012345)", mail.Subject);
            Assert.StartsWith("EXERCISE - NOORDSTER", mail.TextBody);
            Assert.Contains("51°01.20'N 001°25.20'E", mail.TextBody);
            Assert.Equal(alert.ReleasedAt, mail.Date);
        });
        Assert.All(store.Mails, mail => Assert.Equal((MailState.Sent, 1, null), (mail.State, mail.Attempts, mail.LastError)));
    }

    [Fact]
    public async Task A_server_that_is_down_at_first_gets_exactly_one_mail_later()
    {
        await MailboxServer.SkipIfMissingAsync();
        store.Owe(1, AlertType.Alert, One);
        var pump = Pump(BySmtp());
        Assert.Equal(new DeliveryCount(0, 1, 0), await pump.DeliverDueAsync(Now, Cancel));
        var first = store.Mails[0];
        Assert.Equal((MailState.Pending, 1), (first.State, first.Attempts));
        Assert.Contains("cannot be reached", first.LastError);
        Assert.InRange(first.NotBefore - Now, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        Assert.Equal(default, await pump.DeliverDueAsync(Now.AddSeconds(20), Cancel));
        await pump.DeliverDueAsync(Now.AddMinutes(2), Cancel);
        Assert.InRange(store.Mails[0].NotBefore - Now.AddMinutes(2), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));

        await server.StartAsync();
        Assert.Equal(new DeliveryCount(1, 0, 0), await pump.DeliverDueAsync(Now.AddMinutes(10), Cancel));
        Assert.Equal(default, await pump.DeliverDueAsync(Now.AddMinutes(20), Cancel));
        Assert.Single(server.Mails());
        Assert.Equal((MailState.Sent, 3), (store.Mails[0].State, store.Mails[0].Attempts));
    }

    [Fact]
    public async Task A_restarted_pump_sends_no_second_mail()
    {
        await MailboxServer.SkipIfMissingAsync();
        await server.StartAsync();
        store.Owe(1, AlertType.Alert, One);
        await Pump(BySmtp()).DeliverDueAsync(Now, Cancel);
        Assert.Equal(default, await Pump(BySmtp()).DeliverDueAsync(Now.AddDays(1), Cancel));
        Assert.Single(server.Mails());
    }

    [Fact]
    public async Task A_repeat_after_a_stop_before_the_mark_is_known_by_its_message_id()
    {
        await MailboxServer.SkipIfMissingAsync();
        await server.StartAsync();
        store.Owe(1, AlertType.Alert, One);
        var owed = store.Mails[0];
        await Pump(BySmtp()).DeliverDueAsync(Now, Cancel);
        await store.MarkAsync(owed, Cancel);
        await Pump(BySmtp()).DeliverDueAsync(Now.AddMinutes(1), Cancel);
        var mails = server.Mails();
        Assert.Equal(2, mails.Count);
        Assert.Single(mails.Select(m => m.MessageId).Distinct());
    }

    [Fact]
    public async Task After_the_last_try_a_mail_is_failed_and_left_alone()
    {
        store.Owe(1, AlertType.Alert, One);
        var options = BySmtp();
        options.MaxAttempts = 2;
        var pump = Pump(options);
        await pump.DeliverDueAsync(Now, Cancel);
        Assert.Equal(new DeliveryCount(0, 0, 1), await pump.DeliverDueAsync(Now.AddHours(1), Cancel));
        Assert.Equal(default, await pump.DeliverDueAsync(Now.AddHours(9), Cancel));
        Assert.Equal((MailState.Failed, 2), (store.Mails[0].State, store.Mails[0].Attempts));
    }

    [Fact]
    public async Task One_recipients_failure_does_not_stop_the_others()
    {
        store.Owe(1, AlertType.Alert, "not an address", Two);
        store.OweUnknown(One);
        Assert.Equal(new DeliveryCount(1, 1, 1), await Pump(ToFolder()).DeliverDueAsync(Now, Cancel));
        Assert.Equal(Two, Assert.Single(Files()).To.Mailboxes.Single().Address);
        Assert.Contains("gone-1", store.Mails.Single(m => m.State == MailState.Failed).LastError);
    }

    [Fact]
    public async Task A_repeat_into_the_folder_is_the_same_file_with_the_same_bytes()
    {
        store.Owe(1, AlertType.Alert, One);
        var owed = store.Mails[0];
        await Pump(ToFolder()).DeliverDueAsync(Now, Cancel);
        var before = await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(folder)), Cancel);
        await store.MarkAsync(owed, Cancel);
        await Pump(ToFolder()).DeliverDueAsync(Now.AddHours(1), Cancel);
        Assert.Equal(before, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(folder, "*.eml")), Cancel));
    }

    [Fact]
    public async Task A_withdrawal_is_not_overtaken_by_what_it_withdraws()
    {
        store.Owe(1, AlertType.Alert, One);
        await store.MarkAsync(store.Mails[0] with { NotBefore = Now.AddMinutes(30), Attempts = 3 }, Cancel);
        store.Owe(2, AlertType.Cancel, One, Two);

        Assert.Equal(new DeliveryCount(1, 1, 0), await Pump(ToFolder()).DeliverDueAsync(Now.AddMinutes(5), Cancel));
        Assert.Equal(Two, Assert.Single(Files()).To.Mailboxes.Single().Address);
        Assert.Equal((MailState.Pending, 0), (store.Mails[1].State, store.Mails[1].Attempts));
        Assert.Equal(2, (await Pump(ToFolder()).DeliverDueAsync(Now.AddMinutes(30), Cancel)).Sent);
    }

    [Fact]
    public async Task A_track_that_cannot_be_read_does_not_hold_the_mail_back()
    {
        store.Owe(1, AlertType.Alert, One);
        var land = Path.Combine(folder, "land.geojson");
        await File.WriteAllTextAsync(land, """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}]}""", Cancel);
        var options = ToFolder();
        var broken = new Outbox(store, store, new PostOffice(options), AlertPicture.WithLand(land), (_, _) => throw new IOException("unreadable"), options, TimeProvider.System, NullLogger<Outbox>.Instance);
        Assert.Equal(1, (await broken.DeliverDueAsync(Now, Cancel)).Sent);
        Assert.DoesNotContain("<img", Assert.Single(Files()).HtmlBody);
    }

    private Outbox Pump(MailOptions options) => new(
        store, store, new PostOffice(options), null, (_, _) => new ValueTask<IReadOnlyList<Fix>>([]), options, TimeProvider.System, NullLogger<Outbox>.Instance);

    private MailOptions BySmtp() => new() { From = "alerts@node.example", Smtp = new SmtpOptions { Host = "127.0.0.1", Port = server.Port, StartTls = StartTls.Off, Timeout = TimeSpan.FromSeconds(10) } };

    private MailOptions ToFolder() => new() { From = "alerts@node.example", PickupFolder = folder };

    private IReadOnlyList<MimeMessage> Files() => [.. Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file))];
}
