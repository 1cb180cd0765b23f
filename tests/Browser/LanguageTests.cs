namespace MaritimeWatch.Browser;

/// <summary>Whoever comes to the door reads it in her language, from the side it is read from.</summary>
[Collection("one browser and one server on few cores: journeys one after the other")]
public class LanguageTests(Watch watch)
{
    [Fact]
    public async Task The_language_is_chosen_at_the_door_and_kept()
    {
        var page = await watch.PageAsync(signIn: false);
        await page.GotoAsync($"{watch.Address}/sign-in.html");
        await page.SelectOptionAsync("select[data-languages]", "fr");
        await page.WaitForSelectorAsync("html[lang=fr] #submit:has-text('Se connecter')");
        await page.SelectOptionAsync("select[data-languages]", "ar");
        await page.WaitForSelectorAsync("html[lang=ar][dir=rtl] #submit");
    }
}
