using System.Globalization;
using System.Text;
using MaritimeWatch.Alerts;
using MaritimeWatch.Detection;

namespace MaritimeWatch.Server.Mail;

/// <summary>The short words of an alert, the same in subject, body, picture and attachment.</summary>
internal static class AlertWords
{
    public const string Exercise = "EXERCISE";
    public const string Provisional = "provisional: not calibrated yet";
    public const string Notice = "An indicator for a person to check. It is not proof of wrongdoing.";

    /// <summary>Label as TLP 2.0 writes it (FIRST, 2022).</summary>
    public static string Label(Tlp tlp) => tlp switch
    {
        Tlp.Clear => "TLP:CLEAR",
        Tlp.Green => "TLP:GREEN",
        Tlp.Amber => "TLP:AMBER",
        Tlp.AmberStrict => "TLP:AMBER+STRICT",
        _ => "TLP:RED",
    };

    /// <summary>Who may get it next, after the definitions of TLP 2.0.</summary>
    public static string Rule(Tlp tlp) => tlp switch
    {
        Tlp.Clear => "May be passed on without limit.",
        Tlp.Green => "May be passed on within your community, not over public channels.",
        Tlp.Amber => "May be passed on, where they need to know, within your organisation and to those it serves.",
        Tlp.AmberStrict => "May be passed on, where they need to know, within your organisation only.",
        _ => "For the named recipient only; do not pass it on.",
    };

    public static string Of(Band band) => band switch
    {
        Band.High => "High",
        Band.Medium => "Medium",
        Band.Low => "Low",
        _ => "Cannot tell",
    };

    public static string Of(FindingKind kind) => kind switch
    {
        FindingKind.Silence => "AIS silence",
        FindingKind.Encounter => "Encounter at sea",
        FindingKind.Loitering => "Loitering",
        FindingKind.Interference => "GNSS interference",
        FindingKind.IdentityClash => "Shared identity",
        FindingKind.FlagChange => "Flag change",
        FindingKind.IdentityContradiction => "Identity contradiction",
        FindingKind.FlagHop => "Repeated flag changes",
        _ => "Implausible motion",
    };

    public static string Of(FindingClass found) => found switch
    {
        FindingClass.CannotTell => "cannot tell",
        FindingClass.Reception => "poor reception",
        FindingClass.Lawful => "an ordinary reason",
        FindingClass.Unexplained => "unexplained",
        FindingClass.DarkTransit => "unexplained silence while under way",
        FindingClass.DarkCall => "unexplained silence around a port call",
        FindingClass.DarkMeeting => "unexplained silence around a meeting",
        FindingClass.Interference => "GNSS interference in the area",
        FindingClass.IdentityClash => "two ships on one identity",
        FindingClass.Contradiction => "sources contradict each other",
        FindingClass.UnconfirmedFlag => "flag not confirmed",
        FindingClass.RefutedFlag => "flag refuted by its own State",
        FindingClass.FlagChange => "flag changed",
        _ => "flag changed repeatedly",
    };

    /// <summary>The kind and, where it lasted, how long: <c>AIS silence 3 h 28 min</c>.</summary>
    public static string Headline(Finding finding) => finding.Kind is FindingKind.Silence or FindingKind.Loitering or FindingKind.Encounter && Duration(finding) is { } lasted ? $"{Of(finding.Kind)} {lasted}" : Of(finding.Kind);

    /// <summary>Length of the period, up to the latest observation while it goes on; null for a moment.</summary>
    public static string? Duration(Finding finding)
    {
        var minutes = (long)((finding.EndTime ?? finding.AsOf) - finding.StartTime).TotalMinutes;
        return minutes switch
        {
            < 1 => null,
            < 60 => $"{minutes} min",
            < 48 * 60 when minutes % 60 == 0 => $"{minutes / 60} h",
            < 48 * 60 => $"{minutes / 60} h {minutes % 60} min",
            _ => $"{minutes / 1440} d {minutes % 1440 / 60} h",
        };
    }

    /// <summary>UTC to the minute: <c>2026-11-23 14:05Z</c>.</summary>
    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>Name as broadcast, made safe to show; null when nothing is left of it.</summary>
    public static string? Name(Alert alert) => Clean(alert.VesselName) is { Length: > 0 } name ? name : null;

    /// <summary>Name and number: <c>NAME (IMO 9123456)</c>, <c>NAME (MMSI 244012345)</c>, <c>MMSI 244012345</c>.</summary>
    public static string Who(Alert alert, string? name)
    {
        var number = Number(alert);
        return name is null ? number : $"{name} ({number})";
    }

    /// <summary>The best number there is: of the hull, of the radio, of the track.</summary>
    public static string Number(Alert alert) => alert.Finding switch
    {
        { Imo: { } imo } => $"IMO {imo}",
        { Mmsi: { } mmsi } => $"MMSI {mmsi}",
        { Kind: FindingKind.Interference } => "several vessels",
        var finding => $"track {Cut(Clean(finding.TrackId), 12)}",
    };

    /// <summary>
    /// One line of plain characters: control, format (among them those that reverse the reading direction), private and
    /// unpaired characters become blanks, and runs of blanks become one. Names are broadcast by anyone.
    /// </summary>
    public static string Clean(string? text)
    {
        var clean = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            var harmful = Rune.IsWhiteSpace(rune) || rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
            if (!harmful)
            {
                clean.Append(rune.ToString());
            }
            else if (clean.Length > 0 && clean[^1] != ' ')
            {
                clean.Append(' ');
            }
        }

        return clean.ToString().Trim();
    }

    /// <summary>At most so many UTF-16 units, never through the middle of a character; an ellipsis shows the cut.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var kept = new StringBuilder();
        var each = StringInfo.GetTextElementEnumerator(text);
        while (each.MoveNext() && kept.Length + each.GetTextElement().Length <= length - 1)
        {
            kept.Append(each.GetTextElement());
        }

        return length <= 0 ? "" : kept.ToString().TrimEnd(' ', ',', ';', '-') + "…";
    }
}
