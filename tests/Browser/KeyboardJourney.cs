using MaritimeWatch.Support;
using Microsoft.Playwright;

namespace MaritimeWatch.Browser;

/// <summary>PRODUCT A15: A1 to A11 without a mouse. Playback (A7) has keys and a test of its own.</summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public class KeyboardJourney(Watch watch)
{
    [Fact]
    public async Task From_sign_in_to_a_decision_by_keys_alone()
    {
        var page = await watch.PageAsync(signIn: false);
        await page.GotoAsync($"{watch.Address}/sign-in.html?back={Uri.EscapeDataString("/?plain")}");
        await FocusedAsync(page, "#name");
        await page.Keyboard.TypeAsync(ConsoleClient.Name);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(ConsoleClient.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-alert-id]");

        // The first stop leads past the header to the alerts; each has a name that holds what is seen of it.
        await page.Keyboard.PressAsync("Tab");
        await FocusedAsync(page, ".skip");
        await page.Keyboard.PressAsync("Enter");
        await FocusedAsync(page, "#alerts");
        Assert.Equal("UL", await page.EvaluateAsync<string>("document.activeElement.tagName"));
        await page.Keyboard.PressAsync("Tab");
        await FocusedAsync(page, "[data-alert-id]");
        Assert.Matches(".{20,}", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        var id = await page.EvaluateAsync<string>("fetch('/api/alerts').then(r => r.json()).then(l => l.alerts.find(a => a.kind === 'flagHop').caseId)");
        await page.Keyboard.PressAsync("Home");
        for (var i = 0; i < 30 && !await AtAsync(page, $"[data-alert-id='{id}']"); i++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#for");
        await FocusedAsync(page, "#drawer-title");

        // Coverage, then the records behind a reason.
        await page.Keyboard.PressAsync("?");
        await page.WaitForSelectorAsync("#key-help");
        await page.Keyboard.PressAsync("Escape");
        await Watch.UntilAsync(async () => !await page.IsVisibleAsync("#key-help"), "the keys closed");
        Assert.True(await page.IsVisibleAsync("#drawer"));
        await TabToAsync(page, "[role=tab]");
        while (!await AtAsync(page, "[data-testid=tab-evidence]"))
        {
            await page.Keyboard.PressAsync("ArrowRight");
        }

        await TabToAsync(page, "#for [data-records]");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#records table");
        await page.Keyboard.PressAsync("Escape");
        await FocusedAsync(page, "#for [data-records]");

        // Dismissed with a reason and undone; then taken in hand with a line.
        await TabToAsync(page, "#act-dismiss");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "#reason");
        await page.Keyboard.TypeAsync("Data");
        await TabToAsync(page, ".decision textarea");
        await page.Keyboard.TypeAsync("one receiver dated its lines wrongly");
        await TabToAsync(page, "#confirm-dismiss");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#act-undo");
        await TabToAsync(page, "#act-undo");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#act-acknowledge");
        await TabToAsync(page, "#act-acknowledge");
        await page.Keyboard.PressAsync("Enter");
        await FocusedAsync(page, ".decision textarea");
        await page.Keyboard.TypeAsync("calling on VHF 16");
        await TabToAsync(page, "#confirm-acknowledge");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".state-acknowledged");

        // Closing leads back to where she came from; the map has a table twin.
        await page.Keyboard.PressAsync("Escape");
        await FocusedAsync(page, $"[data-alert-id='{id}']");
        await page.Keyboard.PressAsync("t");
        await FocusedAsync(page, "#table-title");
        await page.Keyboard.PressAsync("Escape");
        await FocusedAsync(page, "#table-button");

        // The menu under her name closes by Escape, and leads out: the session is over, not only the page.
        await TabToAsync(page, "#account summary");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "#sign-out");
        await page.Keyboard.PressAsync("Escape");
        await FocusedAsync(page, "#account summary");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "#sign-out");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#name");
        Assert.Equal(401, await page.EvaluateAsync<int>("fetch('/api/me').then(r => r.status)"));
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var i = 0; i < 80 && !await AtAsync(page, selector); i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.True(await AtAsync(page, selector), $"{selector} is not reached by Tab");
    }

    private static Task<bool> AtAsync(IPage page, string selector) => page.EvaluateAsync<bool>("s => document.activeElement.matches(s)", selector);

    private static Task FocusedAsync(IPage page, string selector) => Watch.UntilAsync(() => AtAsync(page, selector), $"focus on {selector}");
}
