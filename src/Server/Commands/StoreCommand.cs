using System.CommandLine;
using MaritimeWatch.Feeds;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Cosmos;
using MaritimeWatch.Storage.Sqlite;

namespace MaritimeWatch.Server.Commands;

/// <summary><c>store</c>: what is done to a store as a whole.</summary>
internal static class StoreCommand
{
    public static Command Create()
    {
        var command = new Command("store", "Make, check, copy, save and bring back the store") { Init(), Verify(), Copy(), Backup(), Restore() };
        return command;
    }

    private static Command Init()
    {
        var set = SetOption();
        var command = new Command("init", "Make the store that Store:Kind names, with its tables or containers; done twice it changes nothing") { set };
        command.SetAction(async (parsed, cancel) =>
        {
            var (settings, data) = Read(parsed.GetValue(set));
            var exercise = FeedService.IsExercise(settings);
            if (settings.Store.Kind == "cosmos")
            {
                await CosmosStore.InitAsync(StoreChoice.Cosmos(settings, exercise), cancel);
            }

            await using var store = await StoreChoice.OpenAsync(settings, data, exercise, cancel);
            Console.WriteLine($"The store {store.Place} is ready.");
            return 0;
        });
        return command;
    }

    private static Command Verify()
    {
        var set = SetOption();
        var command = new Command("verify", "Check the store: its integrity, and every link of the audit chain") { set };
        command.SetAction(async (parsed, cancel) =>
        {
            var (settings, data) = Read(parsed.GetValue(set));
            await using var store = await StoreChoice.OpenAsync(settings, data, FeedService.IsExercise(settings), cancel);
            var faults = await FaultsAsync(store, cancel);
            faults.ForEach(Console.Error.WriteLine);
            Console.WriteLine(faults.Count == 0 ? $"The store {store.Place} is sound." : $"The store {store.Place} has {faults.Count} faults. Keep it, and restore the last good copy.");
            return faults.Count == 0 ? 0 : 1;
        });
        return command;
    }

    /// <summary>What is wrong with the store and its audit chain, one line a fault.</summary>
    internal static async Task<List<string>> FaultsAsync(IStore store, CancellationToken cancel)
    {
        var faults = new List<string>(await store.IntegrityAsync(cancel));
        try
        {
            if (await AuditChain.VerifyAsync(store.Audit, cancel) is { } broken)
            {
                faults.Add($"Audit entry {broken} does not follow from the one before it.");
            }
        }
        catch (StoreException e)
        {
            faults.Add(e.Message);
        }

        return faults;
    }

    private static Command Copy()
    {
        var (from, to, set) = (new Argument<string>("from") { Description = "cosmos, a store file (.db), or an export (.ndjson.gz)" }, new Argument<string>("to") { Description = "the same" }, SetOption());
        var command = new Command("copy", "Copy a store to another of any kind and compare both by counts and hashes; nobody may write meanwhile") { from, to, set };
        command.SetAction(async (parsed, cancel) =>
        {
            var (settings, _) = Read(parsed.GetValue(set));
            var (source, target) = (parsed.GetValue(from)!, parsed.GetValue(to)!);
            var sums = IsExport(target) ? await StoreCopy.ExportAsync(await OpenAsync(source), target, cancel)
                : IsExport(source) ? await StoreCopy.ImportAsync(source, await OpenAsync(target), cancel)
                : await StoreCopy.RunAsync(await OpenAsync(source), await OpenAsync(target), cancel);
            foreach (var sum in sums)
            {
                Console.WriteLine($"{sum.Kind,-12}{sum.Count,10:N0}  {sum.Hash[..16]}");
            }

            return 0;

            async Task<IStore> OpenAsync(string place) => place == "cosmos"
                ? await CosmosStore.OpenAsync(StoreChoice.Cosmos(settings, FeedService.IsExercise(settings)), cancel)
                : place == target || File.Exists(place) ? SqliteStore.Open(place) : throw new InputException($"{place}: expected cosmos, a store file or an export, found no such file.");
        });
        return command;
    }

    private static Command Backup()
    {
        var (to, set) = (new Argument<string>("file") { Description = "The copy to be made" }, SetOption());
        var command = new Command("backup", "Copy the embedded store while the watch goes on") { to, set };
        command.SetAction(async (parsed, cancel) =>
        {
            var (settings, data) = Read(parsed.GetValue(set));
            await SqliteBackup.SaveAsync(FileOf(settings, data), parsed.GetValue(to)!, cancel);
            Console.WriteLine($"{parsed.GetValue(to)} is a sound copy.");
            return 0;
        });
        return command;
    }

    private static Command Restore()
    {
        var (from, set) = (new Argument<string>("file") { Description = "A copy made by backup" }, SetOption());
        var command = new Command("restore", "Put a copy in the place of the embedded store; the store that stands there is kept beside it") { from, set };
        command.SetAction(async (parsed, cancel) =>
        {
            var (settings, data) = Read(parsed.GetValue(set));
            var kept = await SqliteBackup.RestoreAsync(parsed.GetValue(from)!, FileOf(settings, data), cancel);
            Console.WriteLine($"The store is {parsed.GetValue(from)} again.{(kept is null ? "" : $" What stood there is kept as {kept}.")}");
            return 0;
        });
        return command;
    }

    private static bool IsExport(string place) => place.EndsWith(".ndjson.gz", StringComparison.Ordinal);

    private static string FileOf(Settings.Settings settings, string data) => settings.Store.Kind == "sqlite"
        ? StoreChoice.FileOf(data, FeedService.IsExercise(settings))
        : throw new InputException("Store:Kind is cosmos: the account keeps its own backups. Use store copy for a copy of one's own.");

    private static Option<string[]> SetOption() => new("--set") { Description = ServeCommand.Set.Description, AllowMultipleArgumentsPerToken = true };

    private static (Settings.Settings Settings, string Data) Read(string[]? set)
    {
        var house = House.Find();
        var configuration = new ConfigurationBuilder().SetBasePath(house.Root).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().AddInMemoryCollection((set ?? []).Select(ServeCommand.Pair)).Build();
        return (Settings.Settings.From(configuration), house.Data(configuration));
    }
}
