using FsCheck;
using FsCheck.Xunit;
using MaritimeWatch.Alerts;
using MaritimeWatch.Detection;
using MaritimeWatch.Server.Mail;

namespace MaritimeWatch.Unit.Server.Mail;

public class AlertSubjectTests
{
    [Fact]
    public void A_subject_says_mark_band_what_who_where_and_when() => Assert.Equal(
        "[TLP:AMBER] High - AIS silence 3 h 28 min - NOORDSTER (IMO 9074729) - Dover Strait - 2026-11-23 14:05Z",
        AlertSubject.Of(SampleAlert.First, null));

    [Fact]
    public void A_place_that_is_too_long_gives_way_before_the_name()
    {
        var subject = AlertSubject.Of(SampleAlert.First with { Exercise = true, PlaceText = "Dover Strait northern part" }, null);
        Assert.StartsWith("[TLP:AMBER] EXERCISE - High - AIS silence 3 h 28 min - NOORDSTER (IMO 9074729) - Dover", subject);
        Assert.EndsWith("… - 2026-11-23 14:05Z", subject);
    }

    [Property]
    public bool A_subject_is_one_line_of_at_most_110_and_keeps_its_marks(string? name, NonNull<string> place, int tlp, bool exercise, int kind, int band)
    {
        var alert = SampleAlert.First with
        {
            VesselName = name,
            PlaceText = place.Get,
            Tlp = (Tlp)Math.Abs(tlp % 5),
            Exercise = exercise,
            Finding = SampleAlert.Silence with { Kind = (FindingKind)Math.Abs(kind % 9), Band = (Band)Math.Abs(band % 4) },
        };
        return Keeps(alert);
    }

    [Property]
    public bool Long_names_and_places_are_shortened_without_breaking_a_character(PositiveInt nameLength, PositiveInt placeLength)
    {
        var alert = SampleAlert.First with
        {
            VesselName = string.Concat(Enumerable.Repeat("船🚢e", nameLength.Get)),
            PlaceText = string.Concat(Enumerable.Repeat("Größe ", placeLength.Get)),
            Exercise = true,
            Tlp = Tlp.AmberStrict,
        };
        var subject = AlertSubject.Of(alert, null);
        return Keeps(alert) && subject.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar) && subject.Contains("IMO 9074729");
    }

    [Fact]
    public void An_update_keeps_the_words_of_the_first_subject_but_its_own_handling_mark()
    {
        var update = SampleAlert.First with { Revision = 2, Type = AlertType.Update, Tlp = Tlp.Red, VesselName = "OTHER", Finding = SampleAlert.Silence with { Band = Band.Low } };
        Assert.Equal(AlertSubject.Of(SampleAlert.First, null).Replace("TLP:AMBER", "TLP:RED"), AlertSubject.Of(update, SampleAlert.First));
    }

    private static bool Keeps(Alert alert)
    {
        var subject = AlertSubject.Of(alert, null);
        return subject.Length <= AlertSubject.Longest
            && subject.StartsWith($"[{AlertWords.Label(alert.Tlp)}] {(alert.Exercise ? "EXERCISE - " : "")}", StringComparison.Ordinal)
            && subject.EndsWith("2026-11-23 14:05Z", StringComparison.Ordinal)
            && !subject.Any(char.IsControl);
    }
}
