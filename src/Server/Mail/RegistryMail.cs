using System.Text;
using MaritimeWatch.Registry;
using MaritimeWatch.Units;
using MimeKit;

namespace MaritimeWatch.Server.Mail;

/// <summary>
/// Composes the mail of one registry notice for one recipient: text alone, and complete. No clock and no chance, so a repeat
/// after a crash carries the same Message-ID (RFC 5322, 3.6.4).
/// </summary>
internal static class RegistryMail
{
    public static MimeMessage Compose(RegistryNotice notice, string recipient, MailOptions options)
    {
        var from = MailboxAddress.Parse(options.From);
        var message = new MimeMessage { Date = notice.At.ToUniversalTime(), Subject = Subject(notice), MessageId = MessageId(notice, recipient, options) };
        message.From.Add(new MailboxAddress(AlertWords.Clean(options.NodeName), from.Address));
        message.To.Add(MailboxAddress.Parse(recipient));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add("X-MaritimeWatch-Notice", notice.Id);
        message.Headers.Add("X-MaritimeWatch-TLP", AlertWords.Label(notice.Tlp));
        message.Headers.Add("X-MaritimeWatch-Exercise", notice.Exercise ? "true" : "false");
        var text = new TextPart("plain");
        text.SetText(Encoding.UTF8, AlertText.Of(Sections(notice, recipient, options)));
        text.ContentTransferEncoding = ContentEncoding.QuotedPrintable;
        text.Headers.Add(HeaderId.ContentLanguage, "en");
        message.Body = text;
        return message;
    }

    /// <summary>Derived from node, notice and recipient.</summary>
    public static string MessageId(RegistryNotice notice, string recipient, MailOptions options) =>
        $"mw.{FactId.Of("registry-mail", options.NodeName, notice.Id, recipient.Trim().ToLowerInvariant())}@{MailboxAddress.Parse(options.From).Domain}";

    /// <summary>As alerts have it: label, exercise mark, what, who, when; the ship's name gives way.</summary>
    internal static string Subject(RegistryNotice notice)
    {
        var mark = $"[{AlertWords.Label(notice.Tlp)}] {(notice.Exercise ? AlertWords.Exercise + " - " : "")}";
        var (what, when) = ($"Registry {notice.Flag}: {Short(notice)}", AlertWords.Utc(notice.At));
        var room = AlertSubject.Longest - mark.Length - what.Length - when.Length - 6;
        return $"{mark}{what} - {AlertWords.Cut(AlertWords.Clean(notice.ShipText), Math.Max(1, room))} - {when}";
    }

    private static string Short(RegistryNotice notice) => notice.Kind switch
    {
        NoticeKind.QuestionOverdue => "question overdue",
        NoticeKind.StatementRevoked => "statement revoked",
        NoticeKind.NotOnRegister => "claimed, not on its register",
        _ => RegistryWords.Short(notice.Statement!.Said.Content.Status),
    };

    private static string Opening(RegistryNotice notice)
    {
        var ship = AlertWords.Clean(notice.ShipText);
        return (notice.Exercise ? AlertWords.Exercise + " - " : "") + notice.Kind switch
        {
            NoticeKind.QuestionOverdue => $"The register of {notice.FlagName} has not answered the question about {ship} by {AlertWords.Utc(notice.Question!.Asked.Deadline)}.",
            NoticeKind.StatementRevoked => $"The register of {notice.FlagName} has revoked its statement about {ship}. Do not act on the earlier message about it.",
            NoticeKind.NotOnRegister => $"{ship} claims the flag of {notice.FlagName} and is not on its register as this watch knows it.",
            NoticeKind.QuestionAnswered => $"The register of {notice.FlagName} has answered the question about {ship}: {RegistryWords.Of(notice.Statement!.Said.Content)}.",
            _ => $"The register of {notice.FlagName} has made a statement about {ship}: {RegistryWords.Of(notice.Statement!.Said.Content)}.",
        };
    }

    private static AlertSections Sections(RegistryNotice notice, string recipient, MailOptions options)
    {
        var link = new Uri(new Uri(options.ConsoleAddress.TrimEnd('/') + "/"), "vessel.html?id=" + Uri.EscapeDataString(notice.HullId));
        var parts = new List<AlertSection>
        {
            new("Ship", false, Clean($"Known to this watch as {notice.ShipText}.", notice.Statement is { } s ? $"As the register knows her: {RegistryWords.Of(s.Said.Content.Ship)}." : null)),
        };
        if (notice.Question is { } question)
        {
            parts.Add(new AlertSection("Question", false, Clean(question.Asked.Text, $"Legal basis: {question.Asked.LegalBasis}", $"Asked by {question.AskedBy}, {AlertWords.Utc(question.AskedAt)}; answer needed by {AlertWords.Utc(question.Asked.Deadline)}.")));
        }

        if (notice.Statement is { } statement)
        {
            parts.Add(new AlertSection("Statement", false, Clean(
                $"{RegistryWords.Of(statement.Said.Content)} (state: {RegistryWords.Of(statement.State)}).",
                $"Reference: {statement.Said.Content.Reference}",
                $"Made by {statement.MadeBy}, {AlertWords.Utc(statement.MadeAt)}{(statement.ApprovedBy is { } second ? $"; approved by {second}, {AlertWords.Utc(statement.ApprovedAt!.Value)}" : "")}. Statement {statement.Id}.",
                notice.Kind == NoticeKind.StatementRevoked ? $"Revoked by {statement.EndedBy}, {AlertWords.Utc(statement.EndedAt!.Value)}: {statement.EndedBecause}" : null,
                notice.Before is { } before ? $"In place of {before.Id}: {RegistryWords.Of(before.Said.Content)}. Why: {statement.Said.Because}" : null)));
            parts.Add(new AlertSection("What it means", true, FlagConfirmation.Of(statement) is { Count: > 0 } means ? Clean([.. means.Select(m => $"Her claim to the flag of {notice.FlagName} is {RegistryWords.Of(m)}.")]) : ["Of her flag nothing is stated now."]));
        }

        parts.Add(new AlertSection("Caveats", true, ["A register speaks of its own flag alone; of other flags this says nothing.", "Earlier claims stay readable beside it. A later statement may stand in its place, and you would be told."]));
        parts.Add(new AlertSection("Link", false, [link.AbsoluteUri, "Opens the ship's history after sign-in."]));
        parts.Add(new AlertSection("Handling", false, Clean($"{AlertWords.Label(notice.Tlp)}. {AlertWords.Rule(notice.Tlp)}", notice.Exercise ? "EXERCISE: do not act on it outside the exercise." : null)));
        return new AlertSections(Opening(notice), parts, link,
        [
            AlertWords.Clean($"You get this because {recipient} asked the question, or is subscribed to this ship or flag at {options.NodeName}."),
            AlertWords.Clean($"To stop: delete the subscription in the console of {options.NodeName}, or write to {options.From}."),
            "This is not proof of wrongdoing. It is what a source said, for a person to check.",
            $"Notice {notice.Id}.",
        ]);
    }

    private static string[] Clean(params IEnumerable<string?> lines) => [.. lines.OfType<string>().Select(AlertWords.Clean)];
}
