using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Silence;

/// <summary>The sentence a person reads first, and what to check next.</summary>
internal static class SilenceWords
{
    public static string Sentence(SilenceContext c)
    {
        var what = c.On is null
            ? $"has not been received for {Length(c.Length)}, since {Utc(c.Off.Time)} at {c.Off.At.ToDegreesMinutes()}"
            : $"was not received for {Length(c.Length)}, from {Utc(c.Off.Time)} at {c.Off.At.ToDegreesMinutes()} to {Utc(c.On.Value.Time)}, {c.Moved!.Value.NauticalMiles:0.0} nm on";
        return $"{c.Picture.Who} {what}; {Why(c)}.";
    }

    public static IReadOnlyList<string> WhatToCheck(SilenceContext c) =>
    [
        c.On is null ? "Is she safe? Call her by VHF or DSC, then ask the rescue co-ordination centre." : "Was she safe? Ask her or her operator what happened.",
        "Other sources for the same time: LRIT, VMS, radar, satellite pictures, ships near.",
        "Her log for an entry that AIS was off, with the reason (A.1106(29), paragraph 21).",
    ];

    public static string Length(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min" : $"{time.Minutes} min";

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'");

    private static string Why(SilenceContext c)
    {
        var x = c.Exposure;
        if (c.ImpliedSpeed > c.Options.Impossible)
        {
            return "the two ends are too far apart for one ship";
        }

        if (c.Astray is not null)
        {
            return "positions of several ships were led astray there: it cannot be told";
        }

        if (c.IsShared)
        {
            return "her number was heard elsewhere within a day: whose silence it is cannot be told";
        }

        if (c.GoesOnAs is { } later)
        {
            return $"she goes on under another identity, MMSI {later.Mmsi}";
        }

        if (x.WitnessedSteps == 0)
        {
            return "no other ship was there to tell whether she could be heard: it cannot be told";
        }

        if (x.Here.Mean < c.Options.LeastReception)
        {
            return $"reception there is poor: ships are heard in {x.Here.Mean:0%} of the time";
        }

        if (x.Nats < c.Options.LeastTellableNats)
        {
            return x.Outage > 0.2 ? $"others near fell silent with her ({x.OthersMissedFirst} of {x.OthersMissedFirst + x.OthersHeardFirst} in the first hour): reception failed"
                : x.Here.Mean < 0.5 ? $"reception there is poor: ships are heard in {x.Here.Mean:0%} of the time"
                : x.Leaves > 0.2 ? "she can have left the water where ships are heard"
                : "whether she could be heard there cannot be told";
        }

        return c.WasAtRest
            ? "she lay still, which is a usual time to power down"
            : $"AIS not received where it should have been (up to {x.MostHeard} other ships near were heard): unexplained";
    }
}
