using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Kinematics;

/// <summary>What findings of a vessel's motion have in common: they are context, low, and never an alert.</summary>
internal static class KinematicFinding
{
    public static Finding Of(string what, VesselPicture picture, Fix first, Fix last, bool goesOn, string sentence, IReadOnlyList<Evidence> evidence, IReadOnlyList<InnocentCause> causes, double priorNats, string version) => new()
    {
        Id = FactId.Of(what, picture.TrackId, first.Time, first.LatDeg, first.LonDeg),
        Kind = FindingKind.Kinematic,
        Class = FindingClass.CannotTell,
        Alert = false,
        Mmsi = picture.Mmsi,
        TrackId = picture.TrackId,
        Imo = picture.Vessel.Imo,
        VesselId = picture.Vessel.Id,
        StartTime = first.Time,
        EndTime = goesOn ? null : last.Time,
        Start = first.At,
        End = last.At,
        Sentence = sentence,
        Band = Band.Low,
        PriorNats = priorNats,
        Evidence = evidence,
        InnocentCauses = causes,
        WhatToCheck = ["Is she well? Call her.", "Look at wind, current and traffic around her."],
        AsOf = picture.AsOf,
        ModelVersion = version,
    };
}
