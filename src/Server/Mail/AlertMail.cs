using System.Text;
using MaritimeWatch.Alerts;
using MaritimeWatch.Units;
using MimeKit;

namespace MaritimeWatch.Server.Mail;

/// <summary>
/// Composes the mail of one alert revision for one recipient. No clock and no chance: the same alert gives the same
/// bytes, so a repeat after a crash carries the same Message-ID and can be known as one (RFC 5322, 3.6.4).
/// </summary>
internal static class AlertMail
{
    /// <param name="alert">The revision to tell.</param>
    /// <param name="recipient">One e-mail address.</param>
    /// <param name="picturePng">Map picture; null leaves it out, the text says everything.</param>
    /// <param name="options">Sender, console address, name of the node.</param>
    /// <param name="first">First revision of the case, the root of the thread; null for the first itself.</param>
    public static MimeMessage Compose(Alert alert, string recipient, byte[]? picturePng, MailOptions options, Alert? first)
    {
        var key = FactId.Of("alert-mail", options.NodeName, alert.Id, recipient.Trim().ToLowerInvariant());
        var from = MailboxAddress.Parse(options.From);
        var message = new MimeMessage();
        message.From.Add(new MailboxAddress(AlertWords.Clean(options.NodeName), from.Address));
        message.To.Add(MailboxAddress.Parse(recipient));
        message.Date = alert.ReleasedAt.ToUniversalTime();
        message.Subject = AlertSubject.Of(alert, first);
        message.MessageId = MessageId(alert, recipient, options);
        if (first is not null && first.Id != alert.Id)
        {
            // One level to one root: chained references nest without end in some mail programs.
            message.InReplyTo = MessageId(first, recipient, options);
            message.References.Add(message.InReplyTo);
        }

        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add("X-MaritimeWatch-Alert", AlertWords.Clean(alert.CaseId));
        message.Headers.Add("X-MaritimeWatch-Revision", $"{alert.Revision}");
        message.Headers.Add("X-MaritimeWatch-TLP", AlertWords.Label(alert.Tlp));
        message.Headers.Add("X-MaritimeWatch-Exercise", alert.Exercise ? "true" : "false");
        message.Body = Body(alert, AlertSections.Of(alert, recipient, options), picturePng, key, from.Domain);

        // Content- fields belong to the outermost part; on the wire they stand in the same header.
        message.Body.Headers.Add(HeaderId.ContentLanguage, "en");
        return message;
    }

    /// <summary>Derived from node, alert revision and recipient; another node's alert on the same facts is another mail.</summary>
    public static string MessageId(Alert alert, string recipient, MailOptions options) =>
        $"mw.{FactId.Of("alert-mail", options.NodeName, alert.Id, recipient.Trim().ToLowerInvariant())}@{MailboxAddress.Parse(options.From).Domain}";

    private static Multipart Body(Alert alert, AlertSections sections, byte[]? picturePng, string key, string domain)
    {
        var pictureId = picturePng is null ? null : $"picture.{key}@{domain}";
        var html = Text("html", AlertHtml.Of(sections, alert, pictureId));
        MimeEntity rich = html;
        if (picturePng is not null)
        {
            html.ContentId = $"html.{key}@{domain}";
            var picture = new MimePart("image", "png")
            {
                Content = new MimeContent(new MemoryStream(picturePng, writable: false)),
                ContentTransferEncoding = ContentEncoding.Base64,
                ContentDisposition = new ContentDisposition(ContentDisposition.Inline) { FileName = "alert.png" },
                ContentId = pictureId,
            };
            var related = new MultipartRelated { Boundary = $"=_related_{key}" };
            related.Add(html);
            related.Add(picture);
            related.ContentType.Parameters["type"] = "text/html";
            rich = related;
        }

        var alternative = new MultipartAlternative { Boundary = $"=_alternative_{key}" };
        alternative.Add(Text("plain", AlertText.Of(sections)));
        alternative.Add(rich);
        var geoJson = new MimePart("application", "geo+json")
        {
            Content = new MimeContent(new MemoryStream(AlertGeoJson.Of(alert), writable: false)),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = "alert.geojson" },
        };
        var mixed = new Multipart("mixed") { Boundary = $"=_mixed_{key}" };
        mixed.Add(alternative);
        mixed.Add(geoJson);
        return mixed;
    }

    private static TextPart Text(string subtype, string text)
    {
        var part = new TextPart(subtype);
        part.SetText(Encoding.UTF8, text);
        part.ContentTransferEncoding = ContentEncoding.QuotedPrintable;
        return part;
    }
}
