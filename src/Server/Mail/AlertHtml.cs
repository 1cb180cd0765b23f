using System.Net;
using System.Text;
using MaritimeWatch.Alerts;

namespace MaritimeWatch.Server.Mail;

/// <summary>
/// The HTML part: inline styles only, nothing fetched from anywhere, one column that fits 360 px, no fixed text or page
/// colour so that a dark mail program may turn it. Colours from PRODUCT 5.3, day palette.
/// </summary>
internal static class AlertHtml
{
    private const string Font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',Arial,sans-serif";

    // Half of 640 px each; on a narrow screen the second falls below the first. Equal width and type size for both.
    private const string Column = "display:inline-block;vertical-align:top;width:100%;max-width:314px;box-sizing:border-box;padding-right:14px";

    public static string Of(AlertSections mail, Alert alert, string? pictureId)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\r\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Append("<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\"><title>").Append(Safe(mail.Opening)).Append("</title></head>\r\n")
            .Append($"<body style=\"margin:0;padding:12px;{Font};font-size:15px;line-height:1.45\">\r\n<div style=\"max-width:640px;margin:0 auto;overflow-wrap:break-word\">\r\n")
            .Append($"<p style=\"margin:0 0 10px;font-size:18px;line-height:1.35\"><strong>{Safe(mail.Opening)}</strong></p>\r\n<p style=\"margin:0 0 12px\">");
        Mark(html, AlertWords.Label(alert.Tlp), "#000000", TlpColour(alert.Tlp));
        if (alert.Exercise)
        {
            Mark(html, AlertWords.Exercise, "#14232E", "#FFFFFF");
        }

        Mark(html, $"Confidence: {AlertWords.Of(alert.Finding.Band)}", BandColour(alert.Finding.Band), "#FFFFFF");
        html.Append("</p>\r\n");
        if (pictureId is not null)
        {
            html.Append($"<p style=\"margin:0 0 12px\"><img src=\"cid:{pictureId}\" width=\"640\" alt=\"{Safe(Alt(alert))}\" style=\"display:block;width:100%;max-width:640px;height:auto;border:0\"></p>\r\n");
        }

        foreach (var part in mail.Parts)
        {
            var sideBySide = part.Heading is AlertSections.For or AlertSections.Against;
            html.Append(sideBySide ? $"<div style=\"{Column}\">" : "<div>")
                .Append($"<h2 style=\"margin:14px 0 4px;font-size:15px;border-bottom:1px solid #8497A3\">{Safe(part.Heading)}</h2>");
            List(html, part, mail.Link);

            // No blank between the two columns, or their widths would not add up to one row.
            html.Append(part.Heading == AlertSections.For ? "</div>" : "</div>\r\n");
        }

        html.Append("<div style=\"margin-top:18px;padding-top:8px;border-top:1px solid #8497A3;font-size:13px\">");
        foreach (var line in mail.Closing)
        {
            html.Append($"{Safe(line)}<br>");
        }

        return html.Append("</div>\r\n</div>\r\n</body></html>\r\n").ToString();
    }

    /// <summary>What the picture shows, for those who do not see it.</summary>
    internal static string Alt(Alert alert)
    {
        var finding = alert.Finding;
        var exercise = alert.Exercise ? AlertWords.Exercise + ". " : "";
        var from = finding.Start is { } start ? $" from {start.ToDegreesMinutes()} at {AlertWords.Utc(finding.StartTime)}" : "";
        var to = finding is { End: { } end, EndTime: { } at } ? $" to {end.ToDegreesMinutes()} at {AlertWords.Utc(at)}" : "";
        return AlertWords.Clean($"{exercise}Map: {AlertWords.Headline(finding)}, {AlertWords.Who(alert, AlertWords.Name(alert))}{from}{to}. {AlertWords.Label(alert.Tlp)}.");
    }

    private static void List(StringBuilder html, AlertSection part, Uri link)
    {
        html.Append(part.Listed ? "<ul style=\"margin:0;padding-left:20px\">" : "<p style=\"margin:0\">");
        foreach (var line in part.Lines)
        {
            var shown = line == link.AbsoluteUri ? $"<a href=\"{Safe(line)}\">{Safe(line)}</a>" : Safe(line);
            html.Append(part.Listed ? $"<li style=\"margin:2px 0\">{shown}</li>" : $"{shown}<br>");
        }

        html.Append(part.Listed ? "</ul>" : "</p>");
    }

    private static void Mark(StringBuilder html, string text, string back, string front) =>
        html.Append($"<span style=\"display:inline-block;margin:0 6px 4px 0;padding:2px 8px;background-color:{back};color:{front};font-weight:bold;font-size:13px\">{Safe(text)}</span>");

    /// <summary>Letter colours of TLP 2.0 on black (FIRST, 2022, table 1).</summary>
    internal static string TlpColour(Tlp tlp) => tlp switch
    {
        Tlp.Clear => "#FFFFFF",
        Tlp.Green => "#33FF00",
        Tlp.Red => "#FF2B2B",
        _ => "#FFC000",
    };

    private static string BandColour(Detection.Band band) => band switch
    {
        Detection.Band.High => "#A3195B",
        Detection.Band.Medium => "#8A5A00",
        _ => "#5A6B78",
    };

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
