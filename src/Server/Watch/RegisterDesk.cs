using System.Collections.Concurrent;
using System.Security.Cryptography;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Exercise;
using MaritimeWatch.Feeds.Registers;
using MaritimeWatch.Identity;
using MaritimeWatch.Server.Settings;
using MaritimeWatch.Storage;

namespace MaritimeWatch.Server.Watch;

/// <summary>A register or list of this watch as a result states it: of which date the version in use is, and whether the source could be read last.</summary>
/// <param name="ListDate">Date of the version in use; null when none was ever taken.</param>
/// <param name="Records">Records taken from it; of all versions together.</param>
/// <param name="Reachable">False when the last try failed; the version before stays in use.</param>
internal sealed record RegisterState(string Name, string Publisher, string Licence, DateTimeOffset? ListDate, long Records, long Rejected, bool Reachable, string? Note);

/// <summary>
/// Reads registers and lists: at the start, and again by the schedule of their cards. A version is read once, by its content; one
/// that can't be read or holds fewer records than its card demands is refused, and the version before stays in use.
/// </summary>
internal sealed class RegisterDesk(Corridor corridor, IStore store, Settings.Settings settings, House house, FlagTables flags, Turns turns, ILogger<RegisterDesk> log)
{
    private static readonly HttpClient Web = new() { Timeout = TimeSpan.FromMinutes(5) };

    private readonly ConcurrentDictionary<string, string> faults = [];

    private IEnumerable<RegisterOptions> Registers => settings.Registers.Count > 0 || !FeedService.IsExercise(settings)
        ? settings.Registers
        : [new RegisterOptions { Name = "EXERCISE register", File = Path.Combine("seeds", "exercise", "registry.csv"), AsOf = ExerciseScenario.Load(Path.Combine(house.Seeds, "exercise")).Start }];

    /// <summary>Name and schedule (cron with seconds) of each register.</summary>
    /// <exception cref="InputException">A card is missing.</exception>
    public IEnumerable<(string Name, string Cron)> Schedules => Registers.Select(r => (r.Name, house.RegisterCard(r.Card).Schedule));

    /// <summary>Takes every register once.</summary>
    /// <exception cref="InputException">One that was never taken can't be read: a wrong setting, better said at once than watched without.</exception>
    public async Task TakeAllAsync(CancellationToken cancel)
    {
        foreach (var register in Registers)
        {
            var held = (await CheckpointAsync(register.Name, cancel))?.Position;
            try
            {
                await TakeAsync(register.Name, cancel);
            }
            catch (InputException) when (held is not null)
            {
                // The version before stays in use; the state says so.
            }
        }
    }

    /// <summary>Takes a register if its content changed. The fault of a failed try stays visible until one succeeds.</summary>
    /// <exception cref="InputException">Not to be read, or refused by its card.</exception>
    public async Task TakeAsync(string name, CancellationToken cancel)
    {
        if (Registers.FirstOrDefault(r => r.Name == name) is not { } register)
        {
            return;
        }

        await using var turn = await turns.EnterAsync("registers", cancel);
        var download = register.File.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? Path.GetTempFileName() : null;
        try
        {
            var path = download is null ? house.PathOf(register.File) : await DownloadedAsync(register.File, download, cancel);
            var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, cancel)));
            if ((await CheckpointAsync(name, cancel))?.Position is not { } held || !held.EndsWith(hash, StringComparison.Ordinal))
            {
                var content = new RegisterReader(name, house.RegisterCard(register.Card), flags).Read(path, register.AsOf ?? File.GetLastWriteTimeUtc(path));
                await store.Identities.AddListingsAsync(content.Listings, cancel);
                await store.Identities.AddInspectionsAsync(content.Inspections, cancel);
                await corridor.TakeRegisterAsync(name, content, $"{content.ListDate:O} {hash}", cancel);
                log.LogInformation("Register {Name} of {Date:yyyy-MM-dd}: {Claims} claims, {Listings} listings, {Inspections} inspections, {Rejected} records rejected", name, content.ListDate, content.Claims.Count, content.Listings.Count, content.Inspections.Count, content.Count.RejectedTotal);
            }

            faults.TryRemove(name, out _);
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException or HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            faults[name] = e.Message;
            log.LogWarning("Register {Name} was not taken: {Message}", name, e.Message);
            throw e as InputException ?? new InputException($"Register {name}: {e.Message}", e);
        }
        finally
        {
            if (download is not null)
            {
                File.Delete(download);
            }
        }
    }

    /// <summary>Which lists, of which date, were reachable.</summary>
    public async Task<IReadOnlyList<RegisterState>> StatesAsync(CancellationToken cancel)
    {
        var states = new List<RegisterState>();
        foreach (var register in Registers)
        {
            var (about, checkpoint) = (house.RegisterCard(register.Card).Card, await CheckpointAsync(register.Name, cancel));
            var date = checkpoint?.Position is { } held && DateTimeOffset.TryParse(held.Split(' ')[0], out var d) ? d : (DateTimeOffset?)null;
            var fault = faults.GetValueOrDefault(register.Name);
            states.Add(new RegisterState(register.Name, about.Publisher, about.Licence, date, checkpoint?.Totals.Accepted ?? 0, checkpoint?.Totals.RejectedTotal ?? 0, fault is null && date is not null,
                fault is null ? date is null ? "not read yet" : null : date is null ? fault : $"{fault} In use: the version of {date:yyyy-MM-dd}."));
        }

        return states;
    }

    private ValueTask<FeedCheckpoint?> CheckpointAsync(string name, CancellationToken cancel) => store.Feeds.CheckpointOfAsync($"register {name}", cancel);

    private static async Task<string> DownloadedAsync(string address, string path, CancellationToken cancel)
    {
        using var answer = await Web.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel);
        answer.EnsureSuccessStatusCode();
        await using (var file = File.Create(path))
        {
            await answer.Content.CopyToAsync(file, cancel);
        }

        if (answer.Content.Headers.LastModified is { } modified)
        {
            File.SetLastWriteTimeUtc(path, modified.UtcDateTime);
        }

        return path;
    }
}
