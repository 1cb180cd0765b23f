using MaritimeWatch.Alerts;
using MaritimeWatch.Identity;
using MaritimeWatch.Registry;
using MaritimeWatch.Server.Mail;

namespace MaritimeWatch.Server.Api;

/// <summary>A question as the queue shows it. The address of who asked stays with the mails.</summary>
/// <param name="State"><c>open</c>, <c>overdue</c>, <c>answered</c> or <c>withdrawn</c>.</param>
/// <param name="Waiting">Statement that waits for a second official; null when there is none, or for other flags.</param>
internal sealed record QuestionAnswer(string Id, string Flag, string VesselId, string Text, string LegalBasis, Tlp Tlp, string Sender, DateTimeOffset AskedAt, DateTimeOffset Deadline, string State, bool Mine, string? StatementId, string? Waiting, string? WithdrawnBecause)
{
    public static QuestionAnswer Of(RegistryFile file, RegistryQuestion q, RegistryPerson by, DateTimeOffset now) => new(q.Id, q.Flag.Code, q.HullId, q.Asked.Text, q.Asked.LegalBasis, q.Asked.Tlp, q.AskedBy, q.AskedAt, q.Asked.Deadline,
        q.IsOverdue(now) ? "overdue" : q.State.ToString().ToLowerInvariant(), string.Equals(q.AskedBy, by.Name, StringComparison.OrdinalIgnoreCase), q.StatementId, by.SpeaksFor == file.Flag ? file.Waiting()?.Id : null, q.WithdrawnBecause);
}

/// <summary>What a statement means for a time, as the API writes it.</summary>
internal sealed record ConfirmationAnswer(string Flag, FlagOutcome Outcome, DateTimeOffset? From, DateTimeOffset? To, string StatementId, string Reference)
{
    public static ConfirmationAnswer Of(FlagConfirmation c) => new(c.Flag.Code, c.Outcome, c.From, c.To, c.StatementId, c.Reference);
}

/// <summary>A statement with whatever became of it.</summary>
internal sealed record StatementAnswer(string Id, string Flag, string? Imo, string? Mmsi, string? Name, RegisterStatus Status, string Words, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo, string Reference, Tlp Tlp, string? QuestionId, string MadeBy, DateTimeOffset MadeAt,
    string? ApprovedBy, DateTimeOffset? ApprovedAt, StatementState State, DateTimeOffset? InForceAt, string? Replaces, string? ReplacesBecause, string? SupersededBy, string? EndedBy, DateTimeOffset? EndedAt, string? EndedBecause, IEnumerable<ConfirmationAnswer> Means)
{
    public static StatementAnswer Of(RegistryStatement s)
    {
        var (said, ship) = (s.Said.Content, s.Said.Content.Ship);
        return new StatementAnswer(s.Id, s.Flag.Code, ship.Imo?.ToString(), ship.Mmsi?.ToString(), ship.Name, said.Status, RegistryWords.Of(said), said.ValidFrom, said.ValidTo, said.Reference, s.Said.Tlp, s.Said.QuestionId, s.MadeBy, s.MadeAt,
            s.ApprovedBy, s.ApprovedAt, s.State, s.InForceAt, s.Said.Replaces, s.Said.Because, s.SupersededBy, s.EndedBy, s.EndedAt, s.EndedBecause, FlagConfirmation.Of(s).Select(ConfirmationAnswer.Of));
    }

    /// <summary>Newest first; what never came in force is shown to its own flag alone.</summary>
    public static IEnumerable<StatementAnswer> Of(IEnumerable<RegistryFile> files, RegistryPerson by) =>
        files.SelectMany(f => f.Statements).Where(s => s.InForceAt is not null || s.Flag == by.SpeaksFor).OrderByDescending(s => s.MadeAt).ThenBy(s => s.Id, StringComparer.Ordinal).Select(Of);
}
