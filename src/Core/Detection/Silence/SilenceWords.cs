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

        if (c.GoesOnAs is { } later)
        {
            return $"she goes on under another identity, MMSI {later.Mmsi}";
        }

        if (x.IsPoor && c.Outage <= 0.5)
        {
            return $"reception there was poor: others were heard in {x.ExpectedSlots / x.WitnessedSlots:0%} of the time";
        }

        if (c.Outage > 0.5)
        {
            return $"{x.OthersBefore - x.OthersAfter} other ships near fell silent with her: reception failed";
        }

        if (x.ExpectedSlots < 1)
        {
            return "whether she could be heard there cannot be told";
        }

        return c.WasAtRest
            ? "she lay still, which is a usual time to power down"
            : $"AIS not received where it should have been ({x.OthersAfter} other ships near were heard): unexplained";
    }
}
