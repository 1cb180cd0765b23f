namespace MaritimeWatch.Support;

/// <summary>Finds the project's root and the real data that lies beside it. The data is read where it is and never copied.</summary>
internal static class SharedData
{
    public static string Root { get; } = FindRoot();

    /// <summary>Full path of a real data file, for example <c>nmea-norway-nm4/Ais1000Lines.nm4</c>. It may not exist.</summary>
    public static string PathOf(string relative) => Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", relative));

    /// <summary>Address on a loopback port that is free now.</summary>
    public static string FreeAddress()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}";
    }

    /// <summary>Full path of a real data file that the test cannot do without; skips the test, visibly, where it is absent.</summary>
    public static string Need(string relative)
    {
        var path = PathOf(relative);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"Real data {relative} is not here. To enable: lay the shared folder beside the project, so that ../shared/data/{relative} exists.");
        return path;
    }

    /// <summary>Full path of recorded reference figures; skips the test, visibly, where they are absent.</summary>
    public static string NeedReference(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", "reference", relative));
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"The reference {relative} is not here. To enable: lay the shared folder beside the project, so that ../shared/reference/{relative} exists.");
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
