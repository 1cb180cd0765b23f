using System.Text.RegularExpressions;
using MaritimeWatch.Support;

namespace MaritimeWatch.Browser;

/// <summary>docs/journeys.md names a test for every step, and every test it names is there.</summary>
public class JourneyTests
{
    private const int AnalystSteps = 15, OfficialSteps = 12;

    [Fact]
    public void Every_step_has_a_test_that_is_there()
    {
        var rows = File.ReadAllLines(Path.Combine(SharedData.Root, "docs", "journeys.md")).Where(l => Regex.IsMatch(l, @"^\| [AR]\d+ \|")).ToList();
        var steps = Enumerable.Range(1, AnalystSteps).Select(n => $"A{n}").Concat(Enumerable.Range(1, OfficialSteps).Select(n => $"R{n}"));
        Assert.Equal(steps, rows.Select(r => r.Split('|')[1].Trim()));
        var tests = typeof(JourneyTests).Assembly.GetTypes().SelectMany(t => t.GetMethods().Where(m => m.IsDefined(typeof(FactAttribute), inherit: true)).Select(m => $"{t.Name}.{m.Name}")).ToHashSet();
        Assert.DoesNotContain(rows.SelectMany(r => Regex.Matches(r, @"`(\w+\.\w+)`").Select(m => m.Groups[1].Value)), named => !tests.Contains(named));
        Assert.All(rows, row => Assert.Matches(@"`\w+\.\w+`|the same", row));
    }
}
