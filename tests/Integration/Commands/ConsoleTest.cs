using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Commands;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Storage;
using MaritimeWatch.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MaritimeWatch.Integration.Commands;

/// <summary>The real program without feeds, on a store that a test has filled, asked by a person who signed in.</summary>
public abstract class ConsoleTest : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private WebApplication? app;
    private ConsoleClient? person;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected ConsoleClient Person => person!;

    private protected string Address => app!.Urls.First();

    private protected T Service<T>()
        where T : notnull => app!.Services.GetRequiredService<T>();

    /// <summary>Puts into the store what the tests ask for.</summary>
    protected abstract Task FillAsync(IStore store);

    public async ValueTask InitializeAsync()
    {
        Directory.SetCurrentDirectory(SharedData.Root);
        app = ServeCommand.Build(House.Find(), null, SharedData.FreeAddress(), [$"Node:DataFolder={folder.Path}", "Node:Roles=web"]);
        await app.StartAsync(Cancel);
        await FillAsync(Service<IStore>());
        person = new ConsoleClient(Address);
        await person.FirstStartAsync($"code {Service<FirstStart>().Code}");
        await person.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        person?.Dispose();
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }

        folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
