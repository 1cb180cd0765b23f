using System.CommandLine;
using MaritimeWatch.Feeds;
using MaritimeWatch.Server.Commands;
using MaritimeWatch.Storage;

var root = new RootCommand("MaritimeWatch merges AIS with flag registers and finds silences and identity contradictions that a person should look at. Without a command it starts the watch on the EXERCISE.")
{
    ServeCommand.Create(),
    ReplayCommand.Create(),
    ScoreCommand.Create(),
    BenchCommand.Create(),
    PreviewCommand.Create(),
    DecodeCommand.Create(),
    StoreCommand.Create(),
    ServeCommand.Urls,
    ServeCommand.Set,
    ServeCommand.Roles,
};
root.SetAction((parsed, cancel) => ServeCommand.RunAsync(null, parsed.GetValue(ServeCommand.Urls)!, parsed.GetValue(ServeCommand.Set) ?? [], parsed.GetValue(ServeCommand.Roles), cancel));

try
{
    var parsed = root.Parse(args);
    if (parsed.Errors.Count > 0)
    {
        Console.Error.WriteLine($"{parsed.Errors[0].Message.Trim()} Run it with --help to see what is expected.");
        return 1;
    }

    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is InputException or StoreException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"A file or folder could not be used: {e.Message.ReplaceLineEndings(" ")} Check the path, the space on the disk and the rights, then repeat.");
    return 2;
}
