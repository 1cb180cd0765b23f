using MaritimeWatch.Cases;
using MaritimeWatch.Detection;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Api;

/// <summary>A row of the alert list. To whom the case is blind the machine's class and band are not sent, and the order does not tell them either.</summary>
internal sealed record AlertRow(string CaseId, FindingKind Kind, FindingClass? Class, string Sentence, string? VesselName, string? Mmsi, string? Imo, string VesselId, string? FlagText, string PlaceText,
    DateTimeOffset StartTime, DateTimeOffset? EndTime, double? LatDeg, double? LonDeg, Band? Band, CaseState State, double Priority, int Revision, DateTimeOffset OpenedAt, string? Assignee, bool Blind, ChangeAnswer? Change, IReadOnlyList<Rules.RuleMark> Rules);

/// <summary>What new data changed last, and when.</summary>
internal sealed record ChangeAnswer(DateTimeOffset At, string Text)
{
    public static ChangeAnswer? Of(CaseFile file) => file.History.LastOrDefault(e => e.By == CaseRules.Machine && e.Act is CaseAct.Revise or CaseAct.Withdraw && e.Note is not null) is { } last ? new ChangeAnswer(last.At, last.Note!) : null;
}

/// <summary>A reason as it is shown: without its weight to whom the case is blind.</summary>
internal sealed record EvidenceAnswer(string Name, string Family, double? Nats, bool SpeaksFor, bool SpeaksAgainst, string Text, IReadOnlyList<string> References)
{
    public static EvidenceAnswer Of(Evidence e, bool blind) => new(e.Name, e.Family, blind ? null : e.Nats, e.Nats > 0, e.Nats < 0, e.Text, e.References);
}

/// <summary>A finding as the drawer shows it.</summary>
internal sealed record FindingAnswer(string Id, FindingKind Kind, FindingClass? Class, bool Alert, string? Mmsi, string? Imo, string VesselId, DateTimeOffset StartTime, DateTimeOffset? EndTime, PlaceAnswer? Start, PlaceAnswer? End,
    string Sentence, Band? Band, double? Probability, bool IsCalibrated, double? PriorNats, double? ScoreNats, IReadOnlyList<EvidenceAnswer> Evidence, IReadOnlyList<InnocentCause> InnocentCauses, IReadOnlyList<string> WhatToCheck, DateTimeOffset AsOf, string ModelVersion)
{
    public static FindingAnswer Of(Finding f, bool blind) => new(f.Id, f.Kind, blind ? null : f.Class, f.Alert, f.Mmsi?.ToString(), f.Imo?.ToString(), f.VesselId, f.StartTime, f.EndTime, PlaceAnswer.Of(f.Start), PlaceAnswer.Of(f.End), f.Sentence,
        blind ? null : f.Band, blind ? null : f.Probability, f.Calibrated is not null, blind ? null : f.PriorNats, blind ? null : f.ScoreNats,
        // The strongest first, but for her who is to judge the reasons by herself.
        [.. (blind ? f.Evidence.OrderBy(e => e.Name, StringComparer.Ordinal) : f.Evidence.AsEnumerable()).Select(e => EvidenceAnswer.Of(e, blind))], f.InnocentCauses, f.WhatToCheck, f.AsOf, f.ModelVersion);
}

/// <summary>One saved revision of a finding.</summary>
internal sealed record RevisionAnswer(int Revision, DateTimeOffset SavedAt, FindingClass? Class, DateTimeOffset StartTime, DateTimeOffset? EndTime, double? ScoreNats, string Sentence)
{
    public static RevisionAnswer Of(StoredFinding s, bool blind) => new(s.Revision, s.SavedAt, blind ? null : s.Finding.Class, s.Finding.StartTime, s.Finding.EndTime, blind ? null : s.Finding.ScoreNats, s.Finding.Sentence);
}

/// <summary>Another case of the same hull.</summary>
internal sealed record OtherCase(string CaseId, FindingKind Kind, DateTimeOffset StartTime, DateTimeOffset? EndTime, CaseState State, string? Assignee);

/// <summary>The list's order.</summary>
internal static class AlertOrder
{
    /// <summary>
    /// Probability times consequence times freshness (PRODUCT A2): what still goes on counts double, and weight halves every
    /// twelve hours; what is decided comes after what is not.
    /// </summary>
    public static double Priority(CaseFile file, Finding finding, DateTimeOffset now, bool blind)
    {
        var probability = blind ? 0.5 : finding.Probability;
        var consequence = finding is { Kind: FindingKind.Silence, EndTime: null } ? 2.0 : 1.0;
        var freshness = Math.Pow(0.5, Math.Max(0, (now - file.OpenedAt).TotalHours) / 12);
        var open = file.State switch { CaseState.New => 1.0, CaseState.Acknowledged => 0.9, CaseState.Escalated => 0.6, CaseState.Released => 0.3, _ => 0.05 };
        return Math.Round(probability * consequence * freshness * open, 4);
    }
}
