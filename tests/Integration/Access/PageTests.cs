using System.Text.RegularExpressions;

namespace MaritimeWatch.Integration.Access;

/// <summary>What goes along with a page, so that the browser asks for all of it at once (RFC 8288).</summary>
public sealed partial class PageTests(AccessWatch watch) : IClassFixture<AccessWatch>
{
    // Proxies commonly take the head of an answer into 4 kB (nginx's proxy_buffer_size) and fail on a longer one.
    private const int ProxyHeadBytes = 4096;

    [Theory]
    [InlineData("/", "/js/console.js", "/js/live.js", "/lib/maplibre-gl.mjs", "/api/alerts", "/lang/en/console.json")]
    [InlineData("/vessel.html", "/js/vessel-page.js", "/js/page-head.js", "/api/watch", "/lang/en/history.json")]
    [InlineData("/registry.html", "/js/registry-page.js", "/js/page-head.js", "/api/me", "/lang/en/registry.json")]
    [InlineData("/rules.html", "/js/rules-page.js", "/js/page-head.js", "/api/me", "/lang/en/rules.json")]
    [InlineData("/admin.html", "/js/admin-page.js", "/js/page-head.js", "/api/me", "/lang/en/admin.json")]
    [InlineData("/keys.html", "/js/keys-page.js", "/js/page-head.js", "/api/me", "/lang/en/access.json")]
    public async Task A_page_names_what_it_will_ask_for_and_all_of_it_is_there(string page, params string[] among)
    {
        using var answer = await watch.First.GetRawAsync(page);
        var links = Link().Matches(string.Join(", ", answer.Headers.GetValues("Link"))).Select(m => m.Groups["path"].Value).ToList();
        Assert.Empty(among.Except(links));
        Assert.Equal(links.Distinct(), links);
        foreach (var path in links)
        {
            using var there = await watch.First.GetRawAsync(path);
            Assert.True(there.IsSuccessStatusCode, $"{path}: {there.StatusCode}");
        }

        var head = answer.Headers.Concat(answer.Content.Headers).Sum(h => h.Value.Sum(value => h.Key.Length + value.Length + ": \r\n".Length));
        Assert.InRange(head, 1, ProxyHeadBytes - 256);
    }

    [GeneratedRegex("<(?<path>/[^>]+)>; rel=")]
    private static partial Regex Link();
}
