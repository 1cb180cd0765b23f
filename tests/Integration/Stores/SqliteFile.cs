using MaritimeWatch.Storage.Sqlite;

namespace MaritimeWatch.Integration.Stores;

/// <summary>A store in a folder of its own that goes when the test ends.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mw-store-");

    public string Path => System.IO.Path.Combine(folder.FullName, "watch.db");

    public SqliteStore Open(SqliteOptions? options = null) => SqliteStore.Open(Path, options ?? new SqliteOptions { SurvivesPowerLoss = false });

    /// <summary>An empty store whose folder goes with it.</summary>
    public static ValueTask<StoreUnderTest> OpenNewAsync(SqliteOptions? options = null)
    {
        var file = new SqliteFile();
        return new(new StoreUnderTest(file.Open(options), () =>
        {
            file.Dispose();
            return ValueTask.CompletedTask;
        }));
    }

    public void Dispose() => folder.Delete(recursive: true);
}
