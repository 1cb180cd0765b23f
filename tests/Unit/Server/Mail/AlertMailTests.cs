using System.Text.RegularExpressions;
using MaritimeWatch.Alerts;
using MaritimeWatch.Detection;
using MaritimeWatch.Server.Mail;
using MimeKit;

namespace MaritimeWatch.Unit.Server.Mail;

public class AlertMailTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3];

    private static readonly Alert Second = SampleAlert.First with { Revision = 2, Type = AlertType.Update };

    [Fact]
    public void The_parts_are_nested_as_readers_expect()
    {
        var mixed = Assert.IsType<Multipart>(Compose(SampleAlert.First).Body);
        var alternative = Assert.IsType<MultipartAlternative>(mixed[0]);
        Assert.Equal("text/plain", alternative[0].ContentType.MimeType);
        var related = Assert.IsType<MultipartRelated>(alternative[1]);
        Assert.Equal("text/html", related[0].ContentType.MimeType);
        Assert.Equal("image/png", related[1].ContentType.MimeType);
        Assert.Equal("application/geo+json", mixed[1].ContentType.MimeType);
        Assert.Equal("alert.geojson", mixed[1].ContentDisposition?.FileName);
    }

    [Fact]
    public void The_same_alert_gives_the_same_bytes() => Assert.Equal(Bytes(Compose(SampleAlert.First)), Bytes(Compose(SampleAlert.First)));

    [Fact]
    public void Message_ids_differ_by_revision_recipient_and_node_only()
    {
        var options = SampleAlert.Options;
        options.NodeName = "Southern Node";
        string[] ids =
        [
            Compose(SampleAlert.First).MessageId!,
            Compose(Second).MessageId!,
            AlertMail.Compose(SampleAlert.First, "other@centre.example", Png, SampleAlert.Options, null).MessageId!,
            AlertMail.Compose(SampleAlert.First, SampleAlert.Recipient, Png, options, null).MessageId!,
        ];
        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal(ids[0], Compose(SampleAlert.First with { Note = "another", Tlp = Tlp.Red }).MessageId);
        Assert.All(ids, id => Assert.EndsWith("@node.example", id));
    }

    [Fact]
    public void Every_later_mail_refers_to_the_first_alone()
    {
        var third = AlertMail.Compose(SampleAlert.First with { Revision = 3, Type = AlertType.Cancel }, SampleAlert.Recipient, Png, SampleAlert.Options, SampleAlert.First);
        var root = Compose(SampleAlert.First);
        Assert.Null(root.InReplyTo);
        Assert.Empty(root.References);
        Assert.Equal(root.MessageId, third.InReplyTo);
        Assert.Equal([root.MessageId!], third.References);
    }

    [Fact]
    public void Headers_say_what_machines_need()
    {
        var mail = MimeMessage.Load(new MemoryStream(Bytes(Compose(Second with { Exercise = true }))), TestContext.Current.CancellationToken);
        Assert.Equal(SampleAlert.First.ReleasedAt, mail.Date);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("en", mail.Body!.Headers[HeaderId.ContentLanguage]);
        Assert.Equal(Second.CaseId, mail.Headers["X-MaritimeWatch-Alert"]);
        Assert.Equal("2", mail.Headers["X-MaritimeWatch-Revision"]);
        Assert.Equal("TLP:AMBER", mail.Headers["X-MaritimeWatch-TLP"]);
        Assert.Equal("true", mail.Headers["X-MaritimeWatch-Exercise"]);
        Assert.Equal(SampleAlert.Recipient, Assert.Single(mail.To.Mailboxes).Address);
    }

    [Theory]
    [InlineData(AlertType.Alert, false, "NOORDSTER (IMO")]
    [InlineData(AlertType.Alert, true, "EXERCISE - NOORDSTER (IMO")]
    [InlineData(AlertType.Update, false, "Update 2: NOORDSTER (IMO")]
    [InlineData(AlertType.Cancel, true, "EXERCISE - Withdrawn: NOORDSTER (IMO")]
    public void The_first_line_is_the_sentence_under_its_marks(AlertType type, bool exercise, string start)
    {
        var mail = Compose(SampleAlert.First with { Revision = type == AlertType.Alert ? 1 : 2, Type = type, Exercise = exercise });
        Assert.StartsWith(start, mail.TextBody);
        Assert.Contains($"<strong>{start}", mail.HtmlBody);
    }

    [Fact]
    public void Sections_come_in_the_agreed_order_and_the_closing_lines_end_the_text()
    {
        string[] order =
        [
            "\nWHAT", "\nWHERE", "\nWHEN", "\nWHY (FOR)", "\nAGAINST", "\nINNOCENT CAUSES TESTED", "\nCONFIDENCE", "\nCAVEATS", "\nWHAT TO CHECK", "\nLINK", "\nHANDLING",
            "\nYou get this because", "\nTo stop:", "\nThis is not proof of wrongdoing", "\nDecided by duty1",
        ];
        var text = Compose(SampleAlert.First).TextBody!;
        var places = order.Select(heading => text.IndexOf(heading, StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void The_text_stands_alone()
    {
        var text = Compose(SampleAlert.First).TextBody!;
        Assert.Contains("51°01.20'N 001°25.20'E (51.02000, 1.42000)", text);
        Assert.Contains("51°18.60'N 002°14.40'E (51.31000, 2.24000)", text);
        Assert.Contains("Last heard: 2026-11-23 14:05Z", text);
        Assert.Contains("Heard again: 2026-11-23 17:33Z", text);
        Assert.Contains("35.5 nm", text);
        Assert.Contains("provisional: not calibrated yet", text);
        Assert.Contains("https://watch.example/alerts/a1b2c3d4e5f60718-1", text);
        Assert.Contains("TLP:AMBER. May be passed on", text);
        Assert.DoesNotMatch(new Regex("picture|image|attach|see map|HTML", RegexOptions.IgnoreCase), text);
    }

    [Fact]
    public void Text_lines_fit_78_characters_even_without_blanks()
    {
        var finding = SampleAlert.Silence with { Sentence = new string('µ', 400), Evidence = [new Evidence("a", "b", 1, string.Concat(Enumerable.Repeat("🚢", 90)))] };
        var text = Compose(SampleAlert.First with { Finding = finding }).TextBody!;
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, AlertText.Width));
        Assert.Equal(400, text.Count(c => c == 'µ'));
        Assert.DoesNotContain('\uFFFD', text);
    }

    [Fact]
    public void The_welfare_of_the_ship_is_checked_first()
    {
        var text = Compose(SampleAlert.First with { Finding = SampleAlert.Silence with { WhatToCheck = ["Satellite AIS."] } }).TextBody!;
        var check = text[text.IndexOf("WHAT TO CHECK", StringComparison.Ordinal)..];
        Assert.True(check.IndexOf("Is the ship safe?", StringComparison.Ordinal) < check.IndexOf("Satellite AIS.", StringComparison.Ordinal));
        Assert.Single(Regex.Matches(Compose(SampleAlert.First).TextBody!, "Is the ship safe"));
    }

    [Fact]
    public void A_silence_that_goes_on_says_so()
    {
        var text = Compose(SampleAlert.First with { Finding = SampleAlert.Silence with { End = null, EndTime = null } }).TextBody!;
        Assert.Contains("Not heard again as of 2026-11-23 17:43Z", text);
        Assert.Contains("3 h 38 min so far", text);
    }

    [Fact]
    public void The_html_fetches_nothing_and_runs_nothing()
    {
        var html = Compose(SampleAlert.First).HtmlBody!;
        var sources = Regex.Matches(html, "(?:src|href|background|srcset|action)\\s*=\\s*\"([^\"]*)\"").Select(m => m.Groups[1].Value).ToArray();
        Assert.Equal(2, sources.Length);
        Assert.StartsWith("cid:picture.", sources[0]);
        Assert.Equal("https://watch.example/alerts/a1b2c3d4e5f60718-1", sources[1]);
        Assert.DoesNotMatch(new Regex("<script|<link|<style|<iframe|url\\(|@import| on[a-z]+=", RegexOptions.IgnoreCase), html);
        Assert.Contains("color-scheme", html);
        Assert.Matches("alt=\"Map: AIS silence 3 h 28 min, NOORDSTER[^\"]+TLP:AMBER", html);
    }

    [Fact]
    public void The_picture_in_the_html_is_the_inline_part()
    {
        var mail = Compose(SampleAlert.First);
        var picture = mail.BodyParts.Single(part => part.ContentType.MimeType == "image/png");
        Assert.Contains($"cid:{picture.ContentId}\"", mail.HtmlBody);
        var without = AlertMail.Compose(SampleAlert.First, SampleAlert.Recipient, null, SampleAlert.Options, null);
        Assert.DoesNotContain("<img", without.HtmlBody);
        Assert.DoesNotContain(without.BodyParts, part => part.ContentType.MimeType == "image/png");
    }

    [Theory]
    [InlineData("X\r\nBcc: someone@else.example\r\n\r\nHello")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\" onmouseover=\"x")]
    [InlineData("\u202Eevil\u2028two\u0000three")]
    [InlineData("=?utf-8?q?X=0D=0ABcc:_a@b.example?=")]
    [InlineData("\uD83D broken")]
    public void A_hostile_name_changes_neither_headers_nor_markup(string name)
    {
        var alert = SampleAlert.First with { VesselName = name, PlaceText = name, FlagText = name, Note = name, ReleasedBy = name, Finding = SampleAlert.Silence with { Sentence = name } };
        var mail = MimeMessage.Load(new MemoryStream(Bytes(Compose(alert))), TestContext.Current.CancellationToken);
        var plain = MimeMessage.Load(new MemoryStream(Bytes(Compose(SampleAlert.First))), TestContext.Current.CancellationToken);
        Assert.Equal(plain.Headers.Select(h => h.Field), mail.Headers.Select(h => h.Field));
        Assert.Empty(mail.Bcc);
        Assert.DoesNotContain("<script", mail.HtmlBody);
        Assert.DoesNotContain("\" onmouseover", mail.HtmlBody);
        Assert.DoesNotMatch("[\u202A-\u202E\u2028\u2029\u0000]", mail.TextBody + mail.HtmlBody + mail.Subject);
        Assert.Equal(SampleAlert.Recipient, Assert.Single(mail.GetRecipients()).Address);
    }

    [Fact]
    public void No_word_of_guilt_stands_in_any_kind_of_mail()
    {
        var guilt = new Regex(@"\b(illegal|criminal|suspicious|suspect\w*|rogue|smuggl\w*|guilty|dark|target|ping|culprit|offend\w*)\b", RegexOptions.IgnoreCase);
        foreach (var kind in Enum.GetValues<FindingKind>())
        {
            foreach (var found in Enum.GetValues<FindingClass>())
            {
                foreach (var type in Enum.GetValues<AlertType>())
                {
                    var finding = SampleAlert.Silence with { Kind = kind, Class = found, Band = (Band)((int)found % 4), Start = null, End = null, Evidence = [], InnocentCauses = [], WhatToCheck = [] };
                    var mail = Compose(SampleAlert.First with { Type = type, Tlp = (Tlp)((int)found % 5), Exercise = true, Finding = finding });
                    Assert.DoesNotMatch(guilt, mail.Subject + mail.TextBody + mail.HtmlBody!.Replace("light dark", ""));
                }
            }
        }
    }

    [Fact]
    public void The_exercise_mark_stands_in_every_part()
    {
        var mail = Compose(SampleAlert.First with { Exercise = true });
        Assert.Contains("] EXERCISE - ", mail.Subject);
        Assert.StartsWith("EXERCISE", mail.TextBody);
        Assert.Contains("<strong>EXERCISE", mail.HtmlBody);
        Assert.Contains("alt=\"EXERCISE.", mail.HtmlBody);
        Assert.DoesNotContain("EXERCISE", Compose(SampleAlert.First).ToString());
    }

    private static MimeMessage Compose(Alert alert) => AlertMail.Compose(alert, SampleAlert.Recipient, Png, SampleAlert.Options, alert.Revision == 1 ? null : SampleAlert.First);

    private static byte[] Bytes(MimeMessage mail)
    {
        using var stream = new MemoryStream();
        mail.WriteTo(stream, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }
}
