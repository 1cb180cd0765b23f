using MaritimeWatch.Detection;
using MaritimeWatch.Storage;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>A place as the API writes it.</summary>
internal sealed record PlaceAnswer(double LatDeg, double LonDeg)
{
    public static PlaceAnswer? Of(GeoPoint? at) => at is { } p ? new PlaceAnswer(p.LatDeg, p.LonDeg) : null;
}

/// <summary>A row of the alert list.</summary>
internal sealed record AlertRow(string CaseId, FindingKind Kind, FindingClass Class, string Sentence, string? VesselName, string? Mmsi, string? Imo, string VesselId, string? FlagText, string PlaceText,
    DateTimeOffset StartTime, DateTimeOffset? EndTime, double? LatDeg, double? LonDeg, Band Band, Cases.CaseState State, double Priority, int Revision, DateTimeOffset OpenedAt, IReadOnlyList<Rules.RuleMark> Rules);

/// <summary>A finding as the drawer shows it.</summary>
internal sealed record FindingAnswer(string Id, FindingKind Kind, FindingClass Class, bool Alert, string? Mmsi, string? Imo, string VesselId, DateTimeOffset StartTime, DateTimeOffset? EndTime, PlaceAnswer? Start, PlaceAnswer? End,
    string Sentence, Band Band, double Probability, double PriorNats, double ScoreNats, IReadOnlyList<Evidence> Evidence, IReadOnlyList<InnocentCause> InnocentCauses, IReadOnlyList<string> WhatToCheck, DateTimeOffset AsOf, string ModelVersion)
{
    public static FindingAnswer Of(Finding f) => new(f.Id, f.Kind, f.Class, f.Alert, f.Mmsi?.ToString(), f.Imo?.ToString(), f.VesselId, f.StartTime, f.EndTime, PlaceAnswer.Of(f.Start), PlaceAnswer.Of(f.End), f.Sentence, f.Band, f.Probability,
        f.PriorNats, f.ScoreNats, f.Evidence, f.InnocentCauses, f.WhatToCheck, f.AsOf, f.ModelVersion);
}

/// <summary>One saved revision of a finding.</summary>
internal sealed record RevisionAnswer(int Revision, DateTimeOffset SavedAt, FindingClass Class, DateTimeOffset StartTime, DateTimeOffset? EndTime, double ScoreNats, string Sentence)
{
    public static RevisionAnswer Of(StoredFinding s) => new(s.Revision, s.SavedAt, s.Finding.Class, s.Finding.StartTime, s.Finding.EndTime, s.Finding.ScoreNats, s.Finding.Sentence);
}

/// <summary>Refusals, as RFC 9457 problem details with what to do.</summary>
internal static class Problem
{
    public static IResult Of(int status, string title, string detail) => Results.Problem(statusCode: status, title: title, detail: detail);

    public static IResult NotFound(string what) => Of(404, $"{what} not found", $"Expected the id of a known {what.ToLowerInvariant()}. Check the address.");
}
