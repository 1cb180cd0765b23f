using Spectre.Console;

namespace MaritimeWatch.Server.Commands;

/// <summary>Progress of long work on the error stream, so that the output can be piped; silent when no person watches.</summary>
internal static class Progress
{
    public static void Show(string what, Action<Action<string>> work)
    {
        if (Console.IsErrorRedirected)
        {
            work(_ => { });
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Status().Spinner(Spinner.Known.Dots).Start(what, context => work(text => context.Status($"{what} {Markup.Escape(text)}")));
    }
}
