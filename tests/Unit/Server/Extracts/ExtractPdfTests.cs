using System.Text;
using System.Text.RegularExpressions;
using MaritimeWatch.Server.Extracts;

namespace MaritimeWatch.Unit.Server.Extracts;

/// <summary>The extract as PDF: the same content, real text, marks and numbers on every page, the same bytes for the same view.</summary>
public sealed class ExtractPdfTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private static Extract Made(int claims = 3, string name = "СЕВЕРНАЯ ЗВЕЗДА") => new("TLP:AMBER+STRICT", true, $"Extract: {name}, imo:9074729", "a watch, for anna, 2026-03-14 12:00:00Z",
    [
        new("Statements of flag registers", ["flag", "says", "means", "ship as the register knows her", "state", "source"], []),
        new("Claims of identity", ["value", "said to hold", "first and last seen", "source"], [.. Enumerable.Range(0, claims).Select(i => new[] { $"claim {i}: {name}, IMO 9074729", "not said to open", "2026-03-14 00:00:00Z to 2026-03-14 12:00:00Z", $"source {i} with a long name that does not fit on one line of its column" })]),
    ]);

    private static string Flat(string text) => Regex.Replace(text, @"\s+", "");

    [Fact]
    public void The_same_view_gives_the_same_bytes_and_another_time_others()
    {
        var first = ExtractPdf.Write(Made(), "a watch", At);
        Assert.Equal(first, ExtractPdf.Write(Made(), "a watch", At));
        Assert.NotEqual(first, ExtractPdf.Write(Made(), "a watch", At.AddSeconds(1)));
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(first, 0, 8), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_text_can_be_read_back_in_the_order_of_the_page_and_says_the_hash_and_that_it_proves_nothing()
    {
        var extract = Made(name: "ΑΓΙΟΣ ΝΙΚΟΛΑΟΣ");
        var text = Flat(string.Concat(PdfReading.Pages(ExtractPdf.Write(extract, "a watch", At))));
        string[] parts = [Extract.ExerciseNotice, extract.Title, $"View of {extract.View}.", Extract.Notice, "Statements of flag registers", Extract.Nothing, "Claims of identity", "claim 0:", "source 2", extract.Hash];
        Assert.All(parts, part => Assert.Contains(Flat(part), text, StringComparison.Ordinal));
        var places = parts.Select(p => text.IndexOf(Flat(p), text.IndexOf(Flat(Extract.ExerciseNotice), StringComparison.Ordinal), StringComparison.Ordinal)).ToList();
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain("\uFFFD", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_has_the_mark_its_number_of_all_and_the_hash()
    {
        var extract = Made(claims: 120);
        var pages = PdfReading.Pages(ExtractPdf.Write(extract, "a watch", At)).Select(Flat).ToList();
        Assert.InRange(pages.Count, 3, 12);
        for (var i = 0; i < pages.Count; i++)
        {
            Assert.Contains("TLP:AMBER+STRICT", pages[i], StringComparison.Ordinal);
            Assert.Contains($"page{i + 1}of{pages.Count}", pages[i], StringComparison.Ordinal);
            Assert.Contains($"SHA-256{extract.Hash}", pages[i], StringComparison.Ordinal);
            Assert.Contains("EXERCISE", pages[i], StringComparison.Ordinal);
        }

        // No row is lost at a turn of the page.
        Assert.All(Enumerable.Range(0, 120), i => Assert.Contains(pages, p => Regex.IsMatch(p, $"claim{i}:")));
    }

    [Theory]
    [InlineData("Ærø Şile Świnoujście Łódź", "Ærø Şile Świnoujście Łódź")]
    [InlineData("МОСКВА", "МОСКВА")]
    [InlineData("سفينة", "SFYNA [transliterated; as written: U+0633 U+0641 U+064A U+0646 U+0629]")]
    [InlineData("MV 海星 7", "MV [as written: U+6D77 U+661F] 7")]
    [InlineData("A\u202Eevil\u0000B", "A evil B")]
    public void What_the_typeface_cannot_write_is_transliterated_with_the_original_beside_it(string text, string written) => Assert.Equal(written, PdfText.Writable(text));

    [Fact]
    public void A_word_wider_than_its_column_is_cut_and_none_of_it_lost()
    {
        using var font = new SkiaSharp.SKFont(MaritimeWatch.Server.Mail.PictureInk.Face, 8.5f);
        var word = string.Concat(Enumerable.Repeat("ABCDEFGHIJ", 40));
        var lines = PdfText.Lines($"one {word} two", font, 100);
        Assert.All(lines, l => Assert.True(font.MeasureText(l) <= 100));
        Assert.Equal($"one{word}two", string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
    }
}
