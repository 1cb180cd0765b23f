using System.CommandLine;
using MaritimeWatch.Feeds;
using MaritimeWatch.Server.Commands;
using MaritimeWatch.Storage;

var root = new RootCommand("MaritimeWatch merges AIS with flag registers and finds silences and identity contradictions that a person should look at. Without a command it starts the watch on the EXERCISE.")
{
    ServeCommand.Create(),
    ReplayCommand.Create(),
    ScoreCommand.Create(),
    DecodeCommand.Create(),
    ServeCommand.Urls,
    ServeCommand.Set,
};
root.SetAction((parsed, cancel) => ServeCommand.RunAsync(null, parsed.GetValue(ServeCommand.Urls)!, parsed.GetValue(ServeCommand.Set) ?? [], cancel));

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is InputException or StoreException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
