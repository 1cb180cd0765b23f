using System.CommandLine;
using MaritimeWatch.Feeds;
using MaritimeWatch.Server.Commands;

var root = new RootCommand("MaritimeWatch merges AIS with flag registers and finds silences and identity contradictions that a person should look at.")
{
    ScoreCommand.Create(),
    DecodeCommand.Create(),
};

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (InputException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
