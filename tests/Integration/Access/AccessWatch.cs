using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Commands;
using MaritimeWatch.Server.Jobs;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MaritimeWatch.Integration.Access;

/// <summary>The real program with its jobs' pages and no feed, the first administrator (an analyst too), and one person of each role alone.</summary>
public sealed class AccessWatch : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly List<ConsoleClient> clients = [];

    internal static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal WebApplication App { get; private set; } = null!;

    internal string Address { get; private set; } = "";

    internal ConsoleClient First { get; private set; } = null!;

    /// <summary>One signed-in person for each role, and a stranger under <c>anonymous</c>.</summary>
    internal Dictionary<string, ConsoleClient> By { get; } = [];

    internal IStore Store => App.Services.GetRequiredService<IStore>();

    public async ValueTask InitializeAsync()
    {
        Directory.SetCurrentDirectory(SharedData.Root);
        Address = SharedData.FreeAddress();
        App = ServeCommand.Build(House.Find(), null, Address, [$"Node:DataFolder={folder.Path}", "Node:Roles=web", $"Mail:PickupFolder={folder.At("outbox")}"]);
        await App.StartAsync();
        Schedule.Start(App);
        First = Client();
        await First.FirstStartAsync($"code {App.Services.GetRequiredService<FirstStart>().Code}");
        By["anonymous"] = Client();
        foreach (var role in Roles.All)
        {
            By[role] = await MadeAsync($"one {role}", role);
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        clients.ForEach(c => c.Dispose());
        await App.StopAsync();
        await App.DisposeAsync();
        folder.Dispose();
    }

    internal async Task<ConsoleClient> MadeAsync(string name, string role)
    {
        (await First.PostAsync("/api/accounts", new { name, password = ConsoleClient.Password, roles = new[] { role }, flag = role == Roles.Registry ? "PA" : null })).EnsureSuccessStatusCode();
        var client = Client();
        await client.SignInAsync(name, ConsoleClient.Password);
        return client;
    }

    internal ConsoleClient Client()
    {
        clients.Add(new ConsoleClient(Address));
        return clients[^1];
    }

    internal async Task<List<AuditEntry>> AuditAsync(string act) => [.. (await Store.Audit.AfterAsync(0, 10_000, Cancel)).Where(e => e.Act == act)];
}
