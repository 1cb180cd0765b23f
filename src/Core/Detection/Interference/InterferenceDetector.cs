using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Interference;

/// <summary>
/// Tells an area in which GNSS positions of several vessels were led astray together: a matter of the safety of navigation.
/// Source: SCIENCE 4.2. It is about the water: no vessel is its subject and no vessel's history counts it.
/// Innocent causes: a receiver or provider that decodes wrongly, two ships under one number, errors of single bits, an
/// announced exercise; each is a named test with a result.
/// Not claimed: who does it, from where, or on purpose.
/// </summary>
public sealed class InterferenceDetector
{
    public const string ModelVersion = "interference-1 (weights proposed, not calibrated)";

    /// <summary>Log odds that jumps alike in one area are an event rather than chance: 1 in 100.</summary>
    private const double PriorNats = -4.6;

    /// <summary>The finding of an area, as known at a moment.</summary>
    public Finding Judge(InterferenceArea area, DateTimeOffset asOf)
    {
        var evidence = EvidenceOf(area);
        var score = PriorNats + evidence.Sum(e => e.Nats);
        return new Finding
        {
            Id = area.Id,
            Kind = FindingKind.Interference,
            Class = FindingClass.Interference,
            Alert = area.Vessels >= area.Options.LeastVessels && score >= 0,
            TrackId = $"area {area.Id}",
            VesselId = $"area {area.Id}",
            StartTime = area.From,
            EndTime = area.To,
            Start = area.TruePlaces.Centre,
            Sentence = Sentence(area),
            Band = score >= Math.Log(4) ? Band.High : score >= 0 ? Band.Medium : Band.Low,
            PriorNats = PriorNats,
            Evidence = evidence,
            InnocentCauses =
            [
                new("two ships under one number", true, $"no: {area.Vessels} different vessels were displaced within {area.Options.Within.TotalMinutes:0} min of another"),
                new("errors of single bits", true, "no: every vessel sent at least two reports from the displaced place"),
                new("a receiver or provider that decodes or dates wrongly", false, "cannot be told: the positions do not carry their station; compare with another source"),
                new("an exercise or test announced to mariners", false, "no source of navigational warnings is connected"),
            ],
            WhatToCheck = ["Warn ships in the area that GNSS positions are not to be relied on; a displaced ship may not know where she is.", "Look for a navigational warning or a notice of a test.", "Compare with radar, or with another provider's positions."],
            AsOf = asOf,
            ModelVersion = ModelVersion,
        };
    }

    private static string Sentence(InterferenceArea area) =>
        $"{area.Vessels} vessels within {Math.Max(1, area.TruePlaces.Radius.NauticalMiles):0} nm of {area.TruePlaces.Centre.ToDegreesMinutes()} reported false places {How(area)}, from {area.From:yyyy-MM-dd HH:mm'Z'}{(area.To is { } to ? $" to {to:yyyy-MM-dd HH:mm'Z'}" : " on; it goes on")}.";

    private static string How(InterferenceArea area) => area.Kind switch
    {
        InterferenceKind.CommonShift => $"{area.ShiftLength.NauticalMiles:0.0} nm away towards {area.ShiftCourse!.Value.Degrees:000}°, all by the same shift",
        InterferenceKind.CommonPoint => $"all within {Math.Max(0.1, area.Displaced.Radius.NauticalMiles):0.0} nm of {area.Displaced.Centre.ToDegreesMinutes()}",
        _ => $"on a circle around {area.Displaced.Centre.ToDegreesMinutes()}",
    };

    private static List<Evidence> EvidenceOf(InterferenceArea area)
    {
        string[] references = [FactId.Iso(area.From)];
        var evidence = new List<Evidence>
        {
            new("together", "many vessels", Math.Min(6, 1.5 * (area.Vessels - 1)), $"{area.Vessels} vessels jumped by more than {area.Options.LeastJump.NauticalMiles:0} nm at more than {area.Options.LeastSpeed.Knots:0} kn.", references),
            new("alike", "same pattern", 2, $"Their false places lie {How(area)}.", references),
        };
        if (area.Returned > 0)
        {
            evidence.Add(new Evidence("cameBack", "return", Math.Min(1, 0.25 * area.Returned), $"{area.Returned} of them came back to where they could have sailed meanwhile.", references));
        }

        if (area.To - area.From < TimeSpan.FromMinutes(2))
        {
            evidence.Add(new Evidence("brief", "duration", -1, $"It was over after {(area.To - area.From)!.Value.TotalSeconds:0} s: a fault of one receiver is as short.", references));
        }

        return evidence;
    }
}
