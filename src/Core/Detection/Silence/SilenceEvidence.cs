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
    /// <summary>Name of the term of the silence itself.</summary>
    public const string Silence = "silenceAgainstReception";

    public static IReadOnlyList<Evidence> Of(SilenceContext c)
    {
        var evidence = new List<Evidence> { Reception(c) };
        void Add(string name, string family, double nats, string text) => evidence.Add(new Evidence(name, family, nats, text, [FactId.Iso(c.Off.Time)]));

        var (x, w) = (c.Exposure, c.Options.Weights);
        if (c.WasAtRest)
        {
            Add("atRest", "lawful", w.AtRest, $"She lay still ({State(c.Off)}) when last heard{(c.Moved is { } m ? $" and was {m.NauticalMiles:0.0} nm away when heard again" : "")}: equipment is often powered down at a berth or an anchorage.");
        }
        else
        {
            UnderWay(c, Add);
        }

        if (c.Companion is { } other)
        {
            // The rarer that would be by chance, the more it tells; 3 nats at most (SCIENCE 2.7).
            var nats = w.Company * (other.MetAgain ? 1 : 0.5) * Math.Min(3, -Math.Log(1 - Math.Exp(-Math.Max(1e-3, other.ByChance))));
            Add("company", "company", nats, $"{c.Picture.NameOf(other.TrackId)}, {other.Apart.NauticalMiles:0.0} nm away, fell silent within 20 minutes of her{(other.MetAgain ? " and came back near the same place" : "")}; by chance {other.ByChance:0.00} ships would.");
        }

        foreach (var (zone, crossing) in c.Crossed)
        {
            Add("crossing", "context", 0, $"On the ways she had time for she {(crossing.MustCross ? "must have" : "could have")} crossed {zone.Name} ({crossing.Share.Share:0%} of {crossing.Share.Paths} ways). A crossing is context and no offence.");
        }

        if (c.HiddenTime is { TotalHours: > 1 } hidden)
        {
            Add("hiddenTime", "context", 0, $"By sea and at her usual speed ({x.Cruise.Knots:0.0} kn) {SilenceWords.Length(hidden)} are left over.");
        }

        if (c.Astray is { } astray)
        {
            Add("areaInterference", "GNSS", w.AreaInterference, $"Position unreliable: {astray.Vessels} vessels within {astray.TruePlaces.Radius.NauticalMiles:0} nm were displaced together from {astray.From:yyyy-MM-dd HH:mm'Z'}.");
        }

        if (c.IsShared)
        {
            Add("heardElsewhere", "identity", w.HeardElsewhere, "Her number was heard elsewhere within a day, where she cannot have been: two ships send under it.");
        }

        if (c.GoesOnAs is { } later)
        {
            Add("goesOn", "identity", -5, $"The same IMO number {later.Imo} is broadcast with MMSI {later.Mmsi} since {later.FirstSeen:yyyy-MM-dd HH:mm'Z'}: she was heard, under another identity.");
        }

        if (c.Off.Transponder == TransponderClass.B)
        {
            Add("classB", "reception of class B", w.ClassB, "Class B transmits with an eighth or less of the power of class A and gives way in busy water.");
        }

        if (x.FallsSilentHere > 0.2)
        {
            Add("silencesHere", "place", w.SilencesHere * Math.Min(3, x.FallsSilentHere), $"Ships under way fall silent here {Math.Exp(x.FallsSilentHere):0.0} times as often as elsewhere in these waters ({x.SilencesHere.Silent:0} in {x.SilencesHere.Moving:0} ten-minute slots).");
        }

        if (x.OftenSilent > 0.2)
        {
            Add("oftenSilent", "habit", w.OftenSilent * Math.Min(3, x.OftenSilent), $"She herself fell silent {Math.Exp(x.OftenSilent):0.0} times as often as ships do in the weeks before: her equipment, her antenna or her custom.");
        }

        if (c.IsInDoubt)
        {
            Add("feedInDoubt", "reception now", -3, $"For much of this time a feed that serves these waters could not be relied on: {string.Join(", ", c.FeedsInDoubt)}.{(c.On is null ? " Data may still come." : "")}");
        }

        return evidence;
    }

    private static void UnderWay(SilenceContext c, Action<string, string, double, string> add)
    {
        var (x, w) = (c.Exposure, c.Options.Weights);
        var (heard, of) = x.JustBefore;
        if (of >= 6)
        {
            var steady = heard >= 0.8 * of;
            add(steady ? "regularBefore" : "patchyBefore", "onset", steady ? w.RegularBefore : w.PatchyBefore,
                $"In the two hours before she was heard {(steady ? "steadily" : "now and then")}: in {heard} of {of} ten-minute slots.");
        }

        if (c.Off.SogKnots is < 2 and var slow)
        {
            add("slow", "lawful", w.Slow, $"She made {slow:0.0} kn when last heard: ships that come to rest often power down.");
        }

        // What came after the first day of a silence does not change what its beginning told.
        if (c.Moved is { } moved && c.Length <= c.Options.Weighed)
        {
            if (moved.NauticalMiles < 3 && c.Length >= TimeSpan.FromHours(2))
            {
                add("stayedNear", "lawful", w.StayedNear, $"She came back {moved.NauticalMiles:0.0} nm from where she was last heard after {SilenceWords.Length(c.Length)}, as after a rest.");
            }
            else if (c.ImpliedSpeed <= c.Options.Impossible && c.ImpliedSpeed >= Speed.FromKnots(3) && c.ImpliedSpeed.Value.Knots >= 0.6 * (c.Off.SogKnots ?? x.Cruise.Knots))
            {
                add("keptGoing", "kinematics", w.KeptGoing, $"She went on meanwhile: {moved.NauticalMiles:0.0} nm at {c.ImpliedSpeed.Value.Knots:0.0} kn, against {c.Off.SogKnots ?? x.Cruise.Knots:0.0} kn before.");
            }
        }
        else if (c.Off.SogKnots is >= 3 and var speed)
        {
            add("underWay", "kinematics", w.UnderWay, $"She was under way at {speed:0.0} kn when last heard, where class {(c.Off.Transponder == TransponderClass.B ? "B reports every 30 s" : "A reports every 10 s or faster")}.");
        }
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
        return new Evidence(Silence, "reception", x.Nats, text, [FactId.Iso(c.Off.Time)]);
    }

    private static string State(in Fix fix) => fix.Status switch
    {
        NavigationalStatus.AtAnchor => "at anchor by her own report",
        NavigationalStatus.Moored => "moored by her own report",
        NavigationalStatus.Aground => "aground by her own report",
        _ => $"{fix.SogKnots:0.0} kn",
    };
}
