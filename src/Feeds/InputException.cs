namespace MaritimeWatch.Feeds;

/// <summary>An input that cannot be used at all. The message is one line: what was expected, what was found, what to do.</summary>
public sealed class InputException : Exception
{
    public InputException(string message)
        : base(message)
    {
    }

    public InputException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
