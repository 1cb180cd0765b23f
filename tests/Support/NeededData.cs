namespace MaritimeWatch.Support;

/// <summary>Real data a test needs; without it the test skips and says how to enable it.</summary>
internal static class NeededData
{
    public static string Need(string relative)
    {
        var path = SharedData.PathOf(relative);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"Needs the shared data file {relative}: lay the folder shared/ beside the project.");
        return path;
    }
}
