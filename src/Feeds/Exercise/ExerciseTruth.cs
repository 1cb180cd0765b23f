using MaritimeWatch.Detection;

namespace MaritimeWatch.Feeds.Exercise;

/// <summary>What was made to happen in the exercise.</summary>
public enum ExerciseTruthKind
{
    DeliberateSilence,
    ReceiverOutage,
    FlagHop,
    DeniedFlag,
    DarkMeeting,
    SharedMmsi,
    GnssInterference,
    LateBatch,
}

/// <summary>A circle on the chart.</summary>
public sealed record ExerciseArea(double LatDeg, double LonDeg, double RadiusNm);

/// <summary>
/// What a right detector says of a truth: any of the kinds and any of the classes; whether an alert is raised (null:
/// either is right); and the ships that must not be the subject of an alert of a silence because of it.
/// </summary>
public sealed record ExerciseExpectation(IReadOnlyList<FindingKind> Kinds, IReadOnlyList<FindingClass> Classes, bool? Alert, IReadOnlyList<int> MayNotAlert);

/// <summary>A known truth of the exercise, for tests and for the person who runs it. Never an input of a detector.</summary>
public sealed record ExerciseTruth(
    string Id, ExerciseTruthKind Truth, IReadOnlyList<int> Mmsis, int? Imo, IReadOnlyList<string> Names, DateTimeOffset StartTime, DateTimeOffset EndTime,
    ExerciseArea Area, ExerciseExpectation Expected, string Text);

/// <summary>The whole of <c>truths.json</c>.</summary>
public sealed record ExerciseTruths(string Mark, IReadOnlyList<ExerciseTruth> Truths);
