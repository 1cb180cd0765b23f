namespace MaritimeWatch.Support;

/// <summary>Finds the project's root and the real data that lies beside it. The data is read where it is and never copied.</summary>
internal static class SharedData
{
    public static string Root { get; } = FindRoot();

    /// <summary>Full path of a real data file, for example <c>nmea-norway-nm4/Ais1000Lines.nm4</c>. It may not exist.</summary>
    public static string PathOf(string relative) => Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", relative));

    /// <summary>Full path of a real data file that the test cannot do without; skips the test, visibly, where it is absent.</summary>
    public static string Need(string relative)
    {
        var path = PathOf(relative);
        if (!File.Exists(path))
        {
            // The runner's own word for a skip: this file is also compiled where there is no test framework (Benchmarks).
            throw new InvalidOperationException($"$XunitDynamicSkip$Real data {relative} is not here. To enable: lay the shared folder beside the project, so that ../shared/data/{relative} exists.");
        }

        return path;
    }

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "MaritimeWatch.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException("MaritimeWatch.sln was not found above the tests.");
    }
}
