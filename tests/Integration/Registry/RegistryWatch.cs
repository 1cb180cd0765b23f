using System.Net;
using System.Text.Json;
using MaritimeWatch.Identity;
using MaritimeWatch.Server;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Commands;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MaritimeWatch.Integration.Registry;

/// <summary>
/// The real program with no feed of its own, two officials of different flags, a second one of the first, and an analyst. Jobs are
/// entered by hand, so that a test says when. A second official approves statements of Liberia.
/// </summary>
public sealed class RegistryWatch : IAsyncLifetime
{
    public static readonly DateTimeOffset Day = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly List<ConsoleClient> clients = [];
    private WebApplication? app;
    private string address = "";

    internal ConsoleClient Administrator { get; private set; } = null!;

    internal ConsoleClient Analyst { get; private set; } = null!;

    internal ConsoleClient Panama { get; private set; } = null!;

    internal ConsoleClient Liberia { get; private set; } = null!;

    internal ConsoleClient SecondOfLiberia { get; private set; } = null!;

    internal IStore Store => app!.Services.GetRequiredService<IStore>();

    internal static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Directory.SetCurrentDirectory(SharedData.Root);
        address = SharedData.FreeAddress();
        app = ServeCommand.Build(House.Find(), null, address, [$"Node:DataFolder={folder.Path}", "Node:Roles=web", $"Mail:PickupFolder={folder.At("outbox")}", "Registry:SecondApproval:0=LR"]);
        await app.StartAsync();
        app.Services.GetRequiredService<Intake>().Reach(Day.AddDays(1));
        Administrator = Client();
        await Administrator.FirstStartAsync($"code {app.Services.GetRequiredService<FirstStart>().Code}");
        Analyst = await MadeAsync("analyst one", "analyst", null);
        Panama = await MadeAsync("official PA", "registry", "PA");
        Liberia = await MadeAsync("official LR", "registry", "LR");
        SecondOfLiberia = await MadeAsync("second official LR", "registry", "LR");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        clients.ForEach(c => c.Dispose());
        await app!.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
    }

    internal T Get<T>()
        where T : notnull => app!.Services.GetRequiredService<T>();

    /// <summary>A ship under way that broadcasts, and whatever registers say of her; judged at once.</summary>
    internal async Task ShipAsync(Mmsi mmsi, string? imo, string name, params IdentityClaim[] registers)
    {
        var said = new IdentityClaim { Source = "AIS", Origin = ClaimOrigin.Broadcast, Mmsi = mmsi, ImoAsStated = imo, Name = name, FirstSeen = Day, LastSeen = Day.AddHours(23) };
        var count = new Records.IntakeCount();
        count.Accept(1);
        await Store.Tracks.CommitAsync(new IntakeBatch
        {
            Feed = $"test {mmsi}",
            Count = count,
            Claims = [said, .. registers],
            Positions = [new PositionReport(mmsi, new Fix(Day.AddHours(23), new GeoPoint(50, 1), 12), Day.AddHours(23), null)],
            Candidates = [new Detection.Candidate(mmsi, Detection.CandidateKind.Identity, Day.AddHours(23))],
        }, Cancel);
        await AssessAsync();
    }

    internal static IdentityClaim Extract(string imo, string flag, RegisterStatus status, DateTimeOffset from, DateTimeOffset? to = null) => new()
    {
        Source = "EXERCISE register", Origin = ClaimOrigin.Register, ImoAsStated = imo, Flag = FlagState.Parse(flag), Status = status, ValidFrom = from, ValidTo = to, FirstSeen = Day, LastSeen = Day, Reference = "row 1",
    };

    internal Task AssessAsync() => Get<Corridor>().AssessAsync(Cancel);

    /// <summary>Delivers what is owed and gives every mail in the pickup folder that names the ship.</summary>
    internal async Task<List<MimeKit.MimeMessage>> MailsAsync(string about)
    {
        await Get<Corridor>().DeliverAsync(Cancel);
        await Get<Corridor>().DeliverAsync(Cancel);
        var files = Directory.Exists(folder.At("outbox")) ? Directory.GetFiles(folder.At("outbox"), "*.eml") : [];
        return [.. files.Select(f => MimeKit.MimeMessage.Load(f)).Where(m => m.TextBody!.Contains(about, StringComparison.Ordinal)).OrderBy(m => m.Date)];
    }

    internal static async Task<JsonElement> OkAsync(Task<HttpResponseMessage> asked) => await IsAsync(HttpStatusCode.OK, asked);

    /// <summary>The body of an answer of this status; of a refusal it must be problem details with a sentence.</summary>
    internal static async Task<JsonElement> IsAsync(HttpStatusCode status, Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        if ((int)status >= 400)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    internal async Task<ConsoleClient> MadeAsync(string name, string role, string? flag)
    {
        await OkAsync(Administrator.PostAsync("/api/accounts", new { name, password = ConsoleClient.Password, roles = new[] { role }, flag }));
        var client = Client();
        await client.SignInAsync(name, ConsoleClient.Password);
        return client;
    }

    private ConsoleClient Client()
    {
        clients.Add(new ConsoleClient(address));
        return clients[^1];
    }
}
