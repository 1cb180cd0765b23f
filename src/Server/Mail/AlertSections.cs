using MaritimeWatch.Alerts;
using MaritimeWatch.Detection;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Mail;

/// <summary>One part of the message: a heading and its statements. <see cref="Listed"/> ones are shown as a list.</summary>
internal sealed record AlertSection(string Heading, bool Listed, IReadOnlyList<string> Lines);

/// <summary>
/// What the mail says, in the order readers asked for (PRODUCT C2); text and HTML are two dresses of it. Every line is
/// one clean line that may still hold characters with a meaning in HTML.
/// </summary>
internal sealed class AlertSections
{
    public const string For = "Why (for)", Against = "Against";

    internal AlertSections(string opening, IReadOnlyList<AlertSection> parts, Uri link, IReadOnlyList<string> closing) =>
        (Opening, Parts, Link, Closing) = (opening, parts, link, closing);

    /// <summary>First line: marks of exercise, update or withdrawal, then the finding's sentence.</summary>
    public string Opening { get; }

    public IReadOnlyList<AlertSection> Parts { get; }

    /// <summary>The alert at this revision, behind sign-in; it holds no secret.</summary>
    public Uri Link { get; }

    /// <summary>Why you get this, how to stop, not proof of wrongdoing, who decided.</summary>
    public IReadOnlyList<string> Closing { get; }

    public static AlertSections Of(Alert alert, string recipient, MailOptions options)
    {
        var finding = alert.Finding;
        var link = new Uri(new Uri(options.ConsoleAddress.TrimEnd('/') + "/"), "alerts/" + Uri.EscapeDataString(alert.Id));
        AlertSection[] parts =
        [
            new("What", false, Clean(What(alert))),
            new("Where", false, Clean(Where(alert))),
            new("When (all times UTC)", false, Clean(When(finding))),
            new(For, true, OrNone(Reasons(finding, 1), "None recorded.")),
            new(Against, true, OrNone(Reasons(finding, -1), "None found.")),
            new("Innocent causes tested", true, OrNone(finding.InnocentCauses.Select(Cause), "None was tested.")),
            new("Confidence", false, Clean(Confidence(finding))),
            new("Caveats", true, Clean(Caveats(finding))),
            new("What to check", true, Clean(WhatToCheck(finding))),
            new("Link", false, [link.AbsoluteUri, "Opens this revision after sign-in."]),
            new("Handling", false, Clean(Handling(alert))),
        ];
        return new AlertSections(Open(alert), parts, link,
        [
            AlertWords.Clean($"You get this because {recipient} is on the alert list of {options.NodeName}{(alert.Rules.Count > 0 ? ", or of a rule that it met" : "")}."),
            AlertWords.Clean($"To stop: write to {options.From} or ask the operator of {options.NodeName} to take the address off."),
            "This is not proof of wrongdoing. It is an indicator with its sources, for a person to check.",
            AlertWords.Clean($"Decided by {alert.ReleasedBy}, {AlertWords.Utc(alert.ReleasedAt)}; alert {alert.Id}."),
        ]);
    }

    private static string Open(Alert alert)
    {
        var mark = alert.Exercise ? AlertWords.Exercise + " - " : "";
        var change = alert.Type switch
        {
            AlertType.Update => $"Update {alert.Revision}: ",
            AlertType.Cancel => "Withdrawn: ",
            _ => "",
        };
        return mark + change + AlertWords.Clean(alert.Finding.Sentence);
    }

    private static IEnumerable<string> What(Alert alert)
    {
        if (alert.Type == AlertType.Cancel)
        {
            yield return "This alert is withdrawn. Do not act on the earlier messages about it.";
        }

        if (alert.Exercise)
        {
            yield return "EXERCISE: the ship and her track are made up for a drill.";
        }

        var finding = alert.Finding;
        var lasted = AlertWords.Duration(finding) is null || finding.EndTime is not null ? "" : " so far";
        yield return $"{AlertWords.Headline(finding)}{lasted}. Assessed as: {AlertWords.Of(finding.Class)}.";
        if (finding.Kind == FindingKind.Interference)
        {
            yield return $"{finding.Sentence} It is about the water; no ship is its subject.";
        }
        else
        {
            var mmsi = finding.Mmsi is { } m ? $"MMSI {m}" : "MMSI not known";
            var imo = finding.Imo is { } i ? $"IMO {i}" : "IMO number not known";
            yield return $"Ship: {AlertWords.Name(alert) ?? "name not received"}, {imo}, {mmsi}.";
            yield return alert.FlagText is { } flag ? $"Flag claimed: {flag}." : "Flag claimed: none received.";
        }

        if (alert.Rules.Count > 0)
        {
            yield return $"Met {(alert.Rules.Count == 1 ? "the rule" : "the rules")}: {string.Join("; ", alert.Rules)}.";
        }

        if (AlertWords.Clean(alert.Note) is { Length: > 0 } note)
        {
            yield return $"Note of the person who decided: {note}";
        }
    }

    private static IEnumerable<string> Where(Alert alert)
    {
        yield return AlertWords.Clean(alert.PlaceText) is var place && place.EndsWith('.') ? place : place + ".";
        var silence = alert.Finding.Kind == FindingKind.Silence;
        var (start, end) = (alert.Finding.Start, alert.Finding.End);
        if (start is null && end is null)
        {
            yield return "No position belongs to this finding.";
        }

        if (start is { } s)
        {
            yield return $"{(silence ? "Last heard at" : "Start")}: {Position(s)}";
        }

        if (end is { } e)
        {
            yield return $"{(silence ? "Heard again at" : "End")}: {Position(e)}";
        }

        if (start is { } a && end is { } b && a != b)
        {
            yield return $"Between them: {Geodesy.Between(a, b).NauticalMiles:0.0} nm, true bearing {Bearing(a, b)}.";
        }
    }

    private static string Bearing(GeoPoint from, GeoPoint to) => $"{(int)Math.Round(Geodesy.InitialCourse(from, to).Degrees) % 360:000}°";

    private static string Position(GeoPoint at) => $"{at.ToDegreesMinutes()} ({at.LatDeg:0.00000}, {at.LonDeg:0.00000})";

    private static IEnumerable<string> When(Finding finding)
    {
        var silence = finding.Kind == FindingKind.Silence;
        yield return $"{(silence ? "Last heard" : "From")}: {AlertWords.Utc(finding.StartTime)}";
        yield return finding.EndTime is { } end
            ? $"{(silence ? "Heard again" : "To")}: {AlertWords.Utc(end)}"
            : $"{(silence ? "Not heard again" : "Still going on")} as of {AlertWords.Utc(finding.AsOf)}";
        if (AlertWords.Duration(finding) is { } lasted)
        {
            yield return $"Duration: {lasted}{(finding.EndTime is null ? " so far" : "")}";
        }
    }

    private static IEnumerable<string> Reasons(Finding finding, int sign) => finding.Evidence
        .Where(e => Math.Sign(e.Nats) == sign)
        .OrderByDescending(e => Math.Abs(e.Nats)).ThenBy(e => e.Name, StringComparer.Ordinal)
        .Select(e => $"{e.Text} [{Strength(e.Nats)}]");

    /// <summary>Ordered words, not decimals: a likelihood ratio under 3, under 10, and above (after the scale of Jeffreys, Theory of Probability, 1961).</summary>
    private static string Strength(double nats) => Math.Abs(nats) switch
    {
        < 1.1 => "weak",
        < 2.3 => "moderate",
        _ => "strong",
    };

    private static string Cause(InnocentCause cause) => $"{cause.Name}: {(cause.Tested ? "" : "could not be tested. ")}{cause.Result}";

    private static IEnumerable<string> Confidence(Finding finding)
    {
        var meaning = finding.Band switch
        {
            Band.High => "the ordinary explanations do not fit well",
            Band.Medium => "an ordinary explanation remains possible",
            Band.Low => "an ordinary explanation is likely",
            _ => "the data do not decide it",
        };
        yield return $"{AlertWords.Of(finding.Band)} ({AlertWords.Provisional}): {meaning}.";
        yield return $"Model figure {finding.Probability * 100:0} % that it is unexplained, from model {finding.ModelVersion}; not a measured frequency.";
    }

    private static IEnumerable<string> Caveats(Finding finding)
    {
        yield return "AIS is sent by the ship herself: name, number, flag and position are claims.";
        if (finding.Kind == FindingKind.Silence)
        {
            yield return "A silence says nothing of intent. The route during it is not known; a straight line on a map is no track.";
        }

        yield return $"Based on what was received up to {AlertWords.Utc(finding.AsOf)}; late data may change it, and you would be told.";
    }

    private static IEnumerable<string> WhatToCheck(Finding finding)
    {
        const string Welfare = "Is the ship safe? Call her, and ask the rescue coordination centre.";
        return finding.WhatToCheck is [var firstCheck, ..] && (Says(firstCheck, "safe") || Says(firstCheck, "welfare") || Says(firstCheck, "distress"))
            ? finding.WhatToCheck
            : finding.WhatToCheck.Prepend(Welfare);

        static bool Says(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Handling(Alert alert)
    {
        yield return $"{AlertWords.Label(alert.Tlp)}. {AlertWords.Rule(alert.Tlp)}";
        if (alert.Exercise)
        {
            yield return "EXERCISE: do not act on it outside the exercise.";
        }
    }

    private static string[] Clean(IEnumerable<string> lines) => [.. lines.Select(AlertWords.Clean)];

    private static string[] OrNone(IEnumerable<string> lines, string none) => Clean(lines) is { Length: > 0 } some ? some : [none];
}
