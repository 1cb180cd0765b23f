using MaritimeWatch.Alerts;

namespace MaritimeWatch.Server.Mail;

/// <summary>
/// The subject line, at most 110 characters (PRODUCT 5.7). Gmail groups by subject, so an update keeps the words of the
/// first alert; only the handling mark and the exercise mark follow the message itself.
/// </summary>
internal static class AlertSubject
{
    public const int Longest = 110;

    public static string Of(Alert alert, Alert? first)
    {
        var root = first ?? alert;
        var mark = $"[{AlertWords.Label(alert.Tlp)}] {(alert.Exercise ? AlertWords.Exercise + " - " : "")}";
        var what = $"{AlertWords.Of(root.Finding.Band)} - {AlertWords.Headline(root.Finding)}";
        var when = AlertWords.Utc(root.Finding.StartTime);
        var number = AlertWords.Number(root);
        string name = AlertWords.Name(root) ?? "", place = AlertWords.Clean(root.PlaceText);
        var text = Join();

        // The place gives way first, down to its first part, then to its beginning, then altogether; the name last, because the number still says who.
        if (text.Length > Longest && place.IndexOf(',') is > 0 and var comma)
        {
            place = place[..comma];
            text = Join();
        }

        if (text.Length > Longest)
        {
            place = AlertWords.Cut(place, Math.Max(8, place.Length - (text.Length - Longest)));
            text = Join();
        }

        if (text.Length > Longest)
        {
            place = "";
            text = Join();
        }

        if (text.Length > Longest)
        {
            name = AlertWords.Cut(name, Math.Max(1, name.Length - (text.Length - Longest)));
            text = Join();
        }

        if (text.Length > Longest)
        {
            (name, what) = ("", $"{AlertWords.Of(root.Finding.Band)} - {AlertWords.Of(root.Finding.Kind)}");
            text = Join();
        }

        return text;

        string Join()
        {
            var who = name.Length == 0 ? number : $"{name} ({number})";
            return $"{mark}{what} - {who}{(place.Length == 0 ? "" : " - " + place)} - {when}";
        }
    }
}
