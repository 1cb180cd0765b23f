using System.Net;
using System.Text.RegularExpressions;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Integration.Commands;

/// <summary>A page names at once what it will ask for, and nothing else.</summary>
public sealed class PreloadTests : ConsoleTest
{
    protected override Task FillAsync(IStore store) => Task.CompletedTask;

    [Theory]
    [InlineData("/", "/js/vessel-shaders.js", "/lang/en/time.json")]
    [InlineData("/vessel.html", "/js/timeline.js", "/lang/en/common.json")]
    public async Task The_console_names_the_modules_of_its_modules_and_its_texts_and_each_is_there(string page, string deep, string text)
    {
        using var answer = await Person.GetRawAsync(page);
        var named = Regex.Matches(string.Join(", ", answer.Headers.GetValues("Link")), "<([^>]+)>").Select(m => m.Groups[1].Value).ToList();
        Assert.Contains(deep, named);
        Assert.Contains(text, named);
        Assert.Equal(named.Count, named.Distinct().Count());
        foreach (var path in named)
        {
            using var file = await Person.GetRawAsync(path);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        }

        using var script = await Person.GetRawAsync("/js/console.js");
        Assert.False(script.Headers.Contains("Link"));
    }
}
