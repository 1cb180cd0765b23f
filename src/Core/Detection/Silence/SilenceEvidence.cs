using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Detection.Silence;

/// <summary>
/// The signed reasons for and against (SCIENCE 2.5). Each is a sentence with numbers; the weights are proposals. Flag,
/// nationality, owner, crew and name are not among them.
/// </summary>
internal static class SilenceEvidence
{
    public static IReadOnlyList<Evidence> Of(SilenceContext c)
    {
        var evidence = new List<Evidence> { Reception(c) };
        void Add(string name, string family, double nats, string text) => evidence.Add(new Evidence(name, family, nats, text, [FactId.Iso(c.Off.Time)]));

        var x = c.Exposure;
        if (c.WasAtRest)
        {
            Add("atRest", "lawful", -3, $"She lay still ({State(c.Off)}) when last heard{(c.Moved is { } m ? $" and was {m.NauticalMiles:0.0} nm away when heard again" : "")}: equipment is often powered down at a berth or an anchorage.");
        }
        else if (x.OwnHeard >= 6 && x.OwnHeard >= 0.9 * x.OwnExpected)
        {
            Add("regularBefore", "onset", 1, $"Until the silence she was heard steadily: in {x.OwnHeard} ten-minute slots of the {c.Options.LookBack.TotalHours:0} h before.");
        }

        if (!c.WasAtRest && c.On is not null && c.ImpliedSpeed is { } implied && c.Off.SogKnots is { } sog && sog >= 3 && implied <= c.Options.Impossible)
        {
            if (implied.Knots >= 0.7 * sog)
            {
                Add("keptGoing", "kinematics", 1, $"She went on meanwhile: {c.Moved!.Value.NauticalMiles:0.0} nm at {implied.Knots:0.0} kn, against {sog:0.0} kn before.");
            }
            else if (c.Length.TotalHours - (c.Moved!.Value.NauticalMiles / sog) is > 1 and var surplus)
            {
                Add("hiddenTime", "kinematics", 0.7, $"At her speed before ({sog:0.0} kn) the {c.Moved.Value.NauticalMiles:0.0} nm take {c.Moved.Value.NauticalMiles / sog:0.0} h: {surplus:0.0} h are not accounted for.");
            }
        }
        else if (!c.WasAtRest && c.On is null && c.Off.SogKnots is >= 3 and var speed)
        {
            Add("underWay", "kinematics", 1, $"She was under way at {speed:0.0} kn when last heard, where class {(c.Off.Transponder == TransponderClass.B ? "B reports every 30 s" : "A reports every 10 s or faster")}.");
        }

        if (c.Companion is { } other)
        {
            Add("company", "company", other.MetAgain ? 2 : 1.5, $"{c.Picture.NameOf(other.TrackId)}, {other.Apart.NauticalMiles:0.0} nm away, fell silent within 20 minutes of her{(other.MetAgain ? " and came back near the same place" : "")}, while others around were heard.");
        }

        if (c.GoesOnAs is { } later)
        {
            Add("goesOn", "identity", -5, $"The same IMO number {later.Imo} is broadcast with MMSI {later.Mmsi} since {later.FirstSeen:yyyy-MM-dd HH:mm'Z'}: she was heard, under another identity.");
        }

        if (c.Off.Transponder == TransponderClass.B)
        {
            Add("classB", "reception of class B", -1, "Class B transmits with an eighth or less of the power of class A and gives way in busy water.");
        }

        if (x.FallsSilentHere > 0.2)
        {
            Add("silencesHere", "place", -Math.Min(3, x.FallsSilentHere), $"Ships under way fall silent here {Math.Exp(x.FallsSilentHere):0.0} times as often as elsewhere in these waters ({x.SilencesHere.Silent:0} in {x.SilencesHere.Moving:0} ten-minute slots).");
        }

        if (c.IsInDoubt)
        {
            Add("feedInDoubt", "reception now", -3, $"For much of this time a feed that serves these waters could not be relied on: {string.Join(", ", c.FeedsInDoubt)}.{(c.On is null ? " Data may still come." : "")}");
        }

        return evidence;
    }

    private static Evidence Reception(SilenceContext c)
    {
        var x = c.Exposure;
        var others = x.WitnessedSteps == 0
            ? "no other ship was there to tell whether reception stood"
            : $"other ships within {c.Options.WitnessRadius.NauticalMiles:0} nm were heard in {x.HeardSteps} of {x.Steps} half hours (up to {x.MostHeard} of them at once)";
        var text = x.Outage > 0.2
            ? $"In the hour after, {x.OthersHeardFirst} other ships within {c.Options.WitnessRadius.NauticalMiles:0} nm were heard and {x.OthersMissedFirst} that should have been were not: reception may have failed there (probability {x.Outage:0%})."
            : $"Had she kept sending, she should have been heard in about {x.ExpectedSlots:0.0} of {x.Slots} ten-minute slots on the ways she can have gone, and was heard in none; {others}.";
        return new Evidence("silenceAgainstReception", "reception", x.Nats, text, [FactId.Iso(c.Off.Time)]);
    }

    private static string State(in Fix fix) => fix.Status switch
    {
        NavigationalStatus.AtAnchor => "at anchor by her own report",
        NavigationalStatus.Moored => "moored by her own report",
        NavigationalStatus.Aground => "aground by her own report",
        _ => $"{fix.SogKnots:0.0} kn",
    };
}
