using MaritimeWatch.Alerts;
using MaritimeWatch.Identity;
using MaritimeWatch.Registry;
using MaritimeWatch.Server.Mail;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Server.Mail;

public sealed class RegistryMailTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);

    private static readonly MailOptions Options = new() { From = "watch@maritimewatch.example", ConsoleAddress = "https://watch.example/" };

    private static RegistryNotice Notice(NoticeKind kind, string ship = "ALDER (IMO 2940010)", RegisterStatus status = RegisterStatus.Deleted)
    {
        var official = new RegistryPerson("official", FlagState.Parse("PA"), true);
        var file = RegistryRules.Ask(RegistryRules.Begin(official.SpeaksFor!.Value, "imo:2940010"), official, new QuestionDraft("Is she yours?", "UNCLOS article 94", Tlp.Green, "desk@centre.example", Now.AddDays(1)), Now).After!;
        var said = new StatementContent(new RegisteredShip(ImoNumber.Parse("2940010"), null, "ALDER OF OLD"), status, Now.AddYears(-3), Now.AddDays(-3), "PA-77");
        file = RegistryRules.State(file, official, new StatementDraft(said, Tlp.Green, file.Questions[0].Id, null, null), false, Now).After!;
        file = kind == NoticeKind.StatementRevoked ? RegistryRules.Revoke(file, official, file.Statements[0].Id, "wrong file", Now).After! : file;
        return new RegistryNotice
        {
            Id = RegistryNotice.IdOf(file), Kind = kind, At = Now, Tlp = Tlp.Green, Exercise = true, Flag = file.Flag, FlagName = "Panama", HullId = file.HullId, ShipText = ship,
            Question = kind == NoticeKind.NotOnRegister ? null : file.Questions[0],
            Statement = kind is NoticeKind.QuestionOverdue or NoticeKind.NotOnRegister ? null : file.Statements[0],
        };
    }

    public static TheoryData<NoticeKind> Kinds => [.. Enum.GetValues<NoticeKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_text_stands_alone_and_label_exercise_and_caveat_are_in_every_kind(NoticeKind kind)
    {
        var mail = RegistryMail.Compose(Notice(kind), "desk@centre.example", Options);
        Assert.StartsWith("[TLP:GREEN] EXERCISE - Registry PA: ", mail.Subject);
        Assert.InRange(mail.Subject!.Length, 1, AlertSubject.Longest);
        Assert.StartsWith("EXERCISE - ", mail.TextBody);
        foreach (var part in new[] { "ALDER", "https://watch.example/vessel.html?id=imo%3A2940010", "TLP:GREEN", "not proof of wrongdoing", "To stop:" })
        {
            Assert.Contains(part, mail.TextBody, StringComparison.Ordinal);
        }

        Assert.Null(mail.HtmlBody);
        Assert.All(mail.TextBody!.ReplaceLineEndings("\n").Split('\n').Where(l => !l.StartsWith("http", StringComparison.Ordinal)), line => Assert.InRange(line.TrimStart().Length, 0, AlertText.Width));
    }

    [Fact]
    public void The_same_notice_gives_the_same_mail_and_another_recipient_another_id()
    {
        var (one, again, other) = (RegistryMail.Compose(Notice(NoticeKind.QuestionAnswered), "desk@centre.example", Options), RegistryMail.Compose(Notice(NoticeKind.QuestionAnswered), "desk@centre.example", Options), RegistryMail.Compose(Notice(NoticeKind.QuestionAnswered), "other@centre.example", Options));
        Assert.Equal((one.MessageId, one.TextBody), (again.MessageId, again.TextBody));
        Assert.NotEqual(one.MessageId, other.MessageId);
        Assert.Contains("deleted on 2026-11-24", one.TextBody);
        Assert.Contains("Reference: PA-77", one.TextBody);
        Assert.Contains("confirmed from 2023-11-27 to 2026-11-24", one.TextBody);
        Assert.Contains("Of her flag nothing is stated now.", RegistryMail.Compose(Notice(NoticeKind.StatementRevoked), "desk@centre.example", Options).TextBody);
    }

    [Fact]
    public void A_long_or_hostile_name_neither_breaks_the_subject_nor_adds_a_header()
    {
        var mail = RegistryMail.Compose(Notice(NoticeKind.StatementInForce, $"A\r\nBcc: x@evil.example\u202E{new string('W', 300)}", RegisterStatus.CertificateNotOurs), "desk@centre.example", Options);
        Assert.InRange(mail.Subject!.Length, 1, AlertSubject.Longest);
        Assert.DoesNotContain('\u202E', mail.Subject);
        Assert.DoesNotContain('\n', mail.Subject);
        Assert.Empty(mail.Bcc);
    }

    [Fact]
    public void A_notice_is_told_from_an_alert_by_its_id()
    {
        Assert.True(RegistryNotice.IsId("0123456789abcdef-n12"));
        Assert.All(["0123456789abcdef-1", "gone-1", "n", "-n1", "x-"], id => Assert.False(RegistryNotice.IsId(id)));
        Assert.Equal(["a-n1", "a-n2"], RegistryNotice.EarlierThan("a-n3"));
    }
}
