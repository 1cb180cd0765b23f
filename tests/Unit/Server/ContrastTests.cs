using System.Globalization;
using System.Text;
using MaritimeWatch.Support;
using MaritimeWatch.Unit.Rules;

namespace MaritimeWatch.Unit.Server;

/// <summary>
/// Every pair of colours that the pages use holds WCAG 2.2, 1.4.3 (text, 4.5) and 1.4.11 (symbols, borders of fields, focus, 3).
/// The page <c>docs/contrast.md</c> is computed from the tokens: set the variable MW_WRITE_CONTRAST to write it anew.
/// </summary>
public sealed class ContrastTests
{
    private const string Page = "docs/contrast.md";
    private const double Text = 4.5, Symbol = 3;

    /// <summary>What stands on what, how much is needed, and where.</summary>
    private static readonly (string Ink, string[] On, double Needed, string Use)[] Used =
    [
        ("text", ["panel", "raised", "sea", "land"], Text, "text; names of ships on the map"),
        ("muted", ["panel", "raised", "sea", "land"], Text, "quiet text; ports"),
        ("place", ["sea", "land"], Text, "names of waters"),
        ("selected", ["panel", "raised"], Text, "links, chosen tab; focus ring (3)"),
        ("selected", ["sea", "land"], Symbol, "track, corners of the selected ship, focus ring on the map"),
        ("onSelected", ["selected"], Text, "main button, bar of news"),
        ("low", ["panel", "raised"], Text, "word of the band"),
        ("medium", ["panel", "raised"], Text, "word of the band, late feed, conflict"),
        ("high", ["panel", "raised"], Text, "word of the band, overdue"),
        ("distress", ["panel", "raised"], Text, "fault, feed that is down"),
        ("onDistress", ["distress"], Text, "line of a lost connection"),
        ("onExercise", ["exercise"], Text, "line of the exercise"),
        ("vessel", ["sea", "land", "panel"], Symbol, "ship on the map and in the legend, marks of strength"),
        ("gap", ["sea", "land", "panel"], Symbol, "unexplained silence"),
        ("low", ["sea", "land"], Symbol, "ring of an alert"),
        ("medium", ["sea", "land"], Symbol, "ring of an alert"),
        ("high", ["sea", "land"], Symbol, "ring of an alert"),
        ("distress", ["sea", "land"], Symbol, "search and rescue, distress"),
        ("edge", ["panel", "raised", "sea"], Symbol, "border of a field"),
    ];

    private static readonly string[] Signals = ["low", "medium", "high", "gap", "distress"];

    [Fact]
    public void Every_pair_of_colours_in_use_has_the_contrast_it_needs() => House.Holds(
        "WCAG 2.2: text 4.5, symbols and borders of fields 3.",
        from palette in Palettes.Read()
        from use in Used
        from ground in use.On
        let ratio = Palettes.Contrast(palette.Value[use.Ink], palette.Value[ground])
        where ratio < use.Needed
        select $"palette.json: {palette.Key}: {use.Ink} {palette.Value[use.Ink]} on {ground} {palette.Value[ground]} has {Number(ratio)}, needs {Number(use.Needed)} ({use.Use})");

    [Fact]
    public void The_three_palettes_have_the_same_tokens() => Assert.Single(Palettes.Read().Values.Select(p => string.Join(' ', p.Keys)).Distinct());

    [Theory]
    [InlineData("#000000", "#FFFFFF", 21)]
    [InlineData("#777777", "#FFFFFF", 4.48)]
    [InlineData("#0B5CAD", "#0B5CAD", 1)]
    public void Contrast_is_computed_as_WCAG_tells(string one, string other, double expected) => Assert.Equal(expected, Palettes.Contrast(one, other), 2);

    [Fact]
    public void Grey_stays_grey_and_white_white_for_every_eye() => Assert.All(Palettes.Blindness, b => Assert.All(["#FFFFFF", "#808080", "#000000"], grey => Assert.InRange(Palettes.Difference(grey, Palettes.Seen(grey, b.Matrix)), 0, 1)));

    [Fact]
    public void The_page_of_contrasts_is_what_the_tokens_give()
    {
        var page = Write();
        if (Environment.GetEnvironmentVariable("MW_WRITE_CONTRAST") is not null)
        {
            File.WriteAllText(Path.Combine(SharedData.Root, Page), page);
        }

        Assert.True(House.Text(Page) == page, $"{Page} is not what palette.json gives. Run this test with MW_WRITE_CONTRAST=1 and look at what changed.");
    }

    private static string Write()
    {
        var palettes = Palettes.Read();
        var page = new StringBuilder("# Contrast of the colours\n\nComputed by `tests/Unit/Server/ContrastTests.cs` from `src/Server/wwwroot/palette.json`; written anew when that test runs with `MW_WRITE_CONTRAST=1`.\n"
            + "Needed by WCAG 2.2: 4.5 for text (1.4.3, level AA), 3 for symbols, borders of fields and focus (1.4.11).\n\n");
        page.Append(CultureInfo.InvariantCulture, $"| colour | on | needed | {string.Join(" | ", palettes.Keys)} | where |\n|---|---|---|{string.Concat(palettes.Keys.Select(_ => "---|"))}---|\n");
        foreach (var (ink, grounds, needed, use) in Used)
        {
            foreach (var ground in grounds)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {ink} | {ground} | {Number(needed)} | {string.Join(" | ", palettes.Values.Select(p => Number(Palettes.Contrast(p[ink], p[ground]))))} | {use} |\n");
            }
        }

        page.Append("\n## The signal colours to eyes that lack a colour\n\nSimulated in full severity by the matrices of Machado, Oliveira and Fernandes 2009 (doi:10.1109/TVCG.2009.113, table 1) on linear RGB. "
            + "The last column names the two signals that are nearest to each other, with their CIE 1976 difference (about 2 is just to be seen side by side). "
            + "Where it is small the colour tells nothing: shape and word carry it (triangle, diamond, disc, ring; ‘High’, ‘Medium’, ‘Low’; cross in a circle for distress, and dashes for a silence).\n\n");
        page.Append(CultureInfo.InvariantCulture, $"| palette | eye | {string.Join(" | ", Signals)} | nearest two |\n|---|---|{string.Concat(Signals.Select(_ => "---|"))}---|\n");
        foreach (var (name, palette) in palettes)
        {
            foreach (var (eye, matrix) in Palettes.Blindness.Prepend(("usual", [1, 0, 0, 0, 1, 0, 0, 0, 1])))
            {
                var seen = Signals.ToDictionary(s => s, s => Palettes.Seen(palette[s], matrix));
                var nearest = (from a in Signals from b in Signals where string.CompareOrdinal(a, b) < 0 orderby Palettes.Difference(seen[a], seen[b]) select (a, b)).First();
                page.Append(CultureInfo.InvariantCulture, $"| {name} | {eye} | {string.Join(" | ", seen.Values)} | {nearest.a}, {nearest.b}: {Number(Palettes.Difference(seen[nearest.a], seen[nearest.b]))} |\n");
            }
        }

        return page.ToString();
    }

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
