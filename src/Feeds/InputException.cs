namespace MaritimeWatch.Feeds;

/// <summary>An input that cannot be used at all. The message is one line: what was expected, what was found, what to do.</summary>
public sealed class InputException : Exception
{
    public InputException(string message)
        : base(OneLine(message))
    {
    }

    public InputException(string message, Exception inner)
        : base(OneLine(message), inner)
    {
    }

    // A message quotes the input, and what an input holds must neither break the line nor command a terminal.
    private static string OneLine(string message) => message.Any(char.IsControl) ? string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c)) : message;
}
