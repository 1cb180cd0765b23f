using MaritimeWatch.Storage;
using MaritimeWatch.Storage.Cosmos;
using MaritimeWatch.Storage.Sqlite;

namespace MaritimeWatch.Server.Settings;

/// <summary>Opens the store that <c>Store:Kind</c> names.</summary>
internal static class StoreChoice
{
    /// <param name="settings">Section Store.</param>
    /// <param name="data">Folder of the embedded store.</param>
    /// <param name="exercise">The exercise has a file or database of its own, so that it never mixes with a real watch.</param>
    /// <param name="cancel">Stops the opening.</param>
    /// <exception cref="StoreException">It cannot be opened; the message says what to do.</exception>
    public static async Task<IStore> OpenAsync(Settings settings, string data, bool exercise, CancellationToken cancel) => settings.Store.Kind == "cosmos"
        ? await CosmosStore.OpenAsync(Cosmos(settings, exercise), cancel)
        : SqliteStore.Open(FileOf(data, exercise));

    public static string FileOf(string data, bool exercise) => Path.Combine(Directory.CreateDirectory(data).FullName, exercise ? "exercise.db" : "watch.db");

    public static CosmosOptions Cosmos(Settings settings, bool exercise) => new()
    {
        Endpoint = settings.Store.Endpoint!,
        Key = settings.Store.Key!,
        Database = settings.Store.Database ?? (exercise ? "maritimewatch-exercise" : "maritimewatch"),
        MostRequestUnits = settings.Store.MostRequestUnits,
    };
}
