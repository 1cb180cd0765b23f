using MaritimeWatch.Tracks;

namespace MaritimeWatch.Detection.Silence;

/// <summary>The innocent causes of a silence, each tested by name, or said to be untested and why.</summary>
internal static class SilenceCauses
{
    public static IReadOnlyList<InnocentCause> Test(SilenceContext c)
    {
        var x = c.Exposure;
        return
        [
            new("reception poor here and now", true, $"ships there are heard in {x.Here.Mean:0%} of ten-minute slots (95 % interval {x.Here.Interval95.Low:0%} to {x.Here.Interval95.High:0%}); she herself was heard in {x.OwnHeard} where {x.OwnExpected:0.0} were to be expected"),
            new("receiver or provider outage", x.WitnessedSteps > 0, x.WitnessedSteps == 0
                ? "cannot be told: no other ship was near enough"
                : $"others were heard in {x.HeardSteps} of {x.Steps} half hours; probability that reception failed throughout {x.Outage:0.0%}"),
            new("left the covered area", true, x.Leaves > 0.05
                ? $"possible: on {x.Leaves:0%} of the ways she can have gone she would hardly have been heard"
                : "unlikely: on nearly all the ways she can have gone she would have been heard"),
            new("silences are usual here", true, $"ships under way fell silent for an hour or more in {x.SilencesHere.Silent:0} of {x.SilencesHere.Moving:0} slots here, {Math.Exp(x.FallsSilentHere):0.0} times as often as elsewhere"),
            new("port, berth or anchorage", true, c.WasAtRest ? "likely: she lay still" : $"not at rest when last heard{(c.Off.SogKnots is { } sog ? $" ({sog:0.0} kn)" : "")}"),
            new("weak or slow class B", true, c.Off.Transponder == TransponderClass.B ? "possible: she carries class B" : c.Off.Transponder == TransponderClass.A ? "no: she carries class A" : "the source does not tell the class"),
            new("a wrong place at one end", c.On is not null, c.ImpliedSpeed is { } implied
                ? implied > c.Options.Impossible ? $"likely: {implied.Knots:0} kn between the two ends" : $"no sign: {implied.Knots:0.0} kn between the two ends"
                : "not testable before she is heard again"),
            new("positions led astray in the area", true, c.Astray is { } astray ? $"likely: {astray.Vessels} vessels were displaced together" : "no: no displacement of several vessels is known there and then"),
            new("two ships under her number", true, c.IsShared ? "yes: it was heard elsewhere within a day" : "no: all her fixes can be one ship's"),
            new("goes on under another identity", c.Picture.Vessel.Imo is not null, c.Picture.Vessel.Imo is null ? "not testable: she sends no IMO number" : c.GoesOnAs is { } later ? $"yes: MMSI {later.Mmsi} with the same IMO number" : "no other MMSI sends her IMO number since"),
            new("late data still coming", true, c.On is not null
                ? "closed: she was heard again"
                : c.Picture.FeedDoubts.Any(d => d.To is null) ? $"possible: {string.Join(", ", c.Picture.FeedDoubts.Where(d => d.To is null).Select(d => d.Feed).Distinct())} in doubt now" : "the feeds of these waters are live"),
            new("feed late, degraded or down meanwhile", true, c.FeedsInDoubt.Count == 0 ? "no: the feeds that serve these waters could be relied on" : $"{(c.IsInDoubt ? "likely" : "for a short time")}: {string.Join(", ", c.FeedsInDoubt)}"),
            new("declared technical failure or danger (A.1106(29), paragraph 21)", false, "no source of declarations is connected: ask her or her flag State"),
        ];
    }
}
