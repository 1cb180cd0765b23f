namespace MaritimeWatch.Support;

/// <summary>Finds the project's root and the real data that lies beside it. The data is read where it is and never copied.</summary>
internal static class SharedData
{
    public static string Root { get; } = FindRoot();

    /// <summary>Full path of a real data file, for example <c>nmea-norway-nm4/Ais1000Lines.nm4</c>. It may not exist.</summary>
    public static string PathOf(string relative) => Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", relative));

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
