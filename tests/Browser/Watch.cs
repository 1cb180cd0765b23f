using MaritimeWatch.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(MaritimeWatch.Browser.Watch))]

namespace MaritimeWatch.Browser;

/// <summary>
/// The real server on the exercise and a real headless Chromium, once for all journeys. Needs Chromium; without it the
/// journeys skip and say so.
/// </summary>
public sealed class Watch : IAsyncLifetime
{
    /// <summary>Names of officials' accounts: two of a register where a second one approves, and one of another flag.</summary>
    public const string Official = "official MH", SecondOfficial = "second official MH", OfficialOfAnotherFlag = "official LR";

    private readonly TemporaryFolder folder = new();
    private RunningProgram? program;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private readonly NetworkLog network = new();
    private IBrowserContext? open;

    /// <summary>Address of the console.</summary>
    public string Address { get; } = SharedData.FreeAddress();

    /// <summary>Folder mails are put into.</summary>
    public string Outbox => folder.At("outbox");

    private static string Chromium => Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            return;
        }

        Start();
        var line = await program!.SaysAsync("one-time code", TimeSpan.FromSeconds(90));
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
        });
        var page = await PageAsync(signIn: false);
        await page.GotoAsync(Address);
        await page.FillAsync("#code", line.Split(' ')[^1].Trim());
        await page.FillAsync("#name", ConsoleClient.Name);
        await page.FillAsync("#password", ConsoleClient.Password);
        await page.FillAsync("#again", ConsoleClient.Password);
        await page.ClickAsync("#submit");
        await page.WaitForSelectorAsync(".feed-pill");
        using var client = new ConsoleClient(Address);
        await client.SignInAsync();
        foreach (var (name, flag) in new[] { (Official, "MH"), (SecondOfficial, "MH"), (OfficialOfAnotherFlag, "LR") })
        {
            (await client.PostAsync("/api/accounts", new { name, password = ConsoleClient.Password, roles = new[] { "registry" }, flag })).EnsureSuccessStatusCode();
        }

        await UntilAsync(async () => (await client.AlertsAsync()).Count >= 3, "three alerts of the exercise", TimeSpan.FromMinutes(3));
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
        if (program is not null)
        {
            await program.DisposeAsync();
        }

        folder.Dispose();
        // The whole suite is one statement: nothing was asked of any other host.
        Console.WriteLine(network.ToString());
        network.Holds();
    }

    /// <summary>Kills the server and starts it on the same data.</summary>
    public async Task RestartAsync()
    {
        await program!.DisposeAsync();
        Start();
        await program.SaysAsync("the console is at", TimeSpan.FromSeconds(90));
    }

    /// <summary>A page of its own session.</summary>
    public async Task<IPage> PageAsync(bool signIn = true, int width = 1440, int height = 900, string? address = null)
    {
        Assert.SkipWhen(browser is null, "Needs Chromium: apt-get install chromium, or name one in the variable CHROMIUM.");
        if (open is not null)
        {
            // A page left open goes on drawing its map and starves the next one.
            await open.CloseAsync();
        }

        network.Own(address ?? Address);
        open = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = ColorScheme.Light });
        network.Watch(open);
        var page = await open.NewPageAsync();
        if (signIn)
        {
            await page.GotoAsync($"{address ?? Address}/sign-in.html");
            await page.FillAsync("#name", ConsoleClient.Name);
            await page.FillAsync("#password", ConsoleClient.Password);
            await page.ClickAsync("#submit");
            await page.WaitForSelectorAsync(address is null ? "[data-alert-id]" : ".feed-pill", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        }

        return page;
    }

    /// <summary>A page of its own session that begins elsewhere than at the map, which takes its time.</summary>
    public async Task<IPage> PageAtAsync(string path, string name, int width = 1440, int height = 900)
    {
        var page = await PageAsync(signIn: false, width, height);
        await SignInAsync(page, path, name);
        await page.WaitForSelectorAsync(".page main h2");
        return page;
    }

    /// <summary>Signs in on an open page, to be led on to a path.</summary>
    public async Task SignInAsync(IPage page, string path, string name, string? address = null)
    {
        await page.GotoAsync($"{address ?? Address}/sign-in.html?back={Uri.EscapeDataString(path)}");
        await page.FillAsync("#name", name);
        await page.FillAsync("#password", ConsoleClient.Password);
        await page.ClickAsync("#submit");
        // Playwright's own waiting for an address can miss the change it waits for (playwright-dotnet issue 3364).
        if (!await WithinAsync(TimeSpan.FromSeconds(30), async () => !page.Url.Contains("/sign-in", StringComparison.Ordinal) && await page.EvaluateAsync<string>("document.readyState") == "complete"))
        {
            Assert.Fail($"not led on from the sign-in within 30 s, but at {page.Url}: {await page.InnerTextAsync("body")}");
        }
    }

    /// <summary>Asks again and again; the page forbids eval, on which Playwright's own waiting rests.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what, TimeSpan? within = null)
    {
        var limit = within ?? TimeSpan.FromSeconds(30);
        if (!await WithinAsync(limit, holds))
        {
            Assert.Fail($"{what}: not within {limit.TotalSeconds:0} s");
        }
    }

    private static async Task<bool> WithinAsync(TimeSpan limit, Func<Task<bool>> holds)
    {
        for (var waited = TimeSpan.Zero; waited < limit; waited += TimeSpan.FromMilliseconds(300))
        {
            if (await holds())
            {
                return true;
            }

            await Task.Delay(300);
        }

        return false;
    }

    private void Start() => program = RunningProgram.Start("serve", "--urls", Address, "--set", $"Node:DataFolder={folder.At("data")}", $"Mail:PickupFolder={Outbox}", "Mail:Recipients:0=centre@maritimewatch.example", "Exercise:Speed=30", "Registry:SecondApproval:0=MH");
}
