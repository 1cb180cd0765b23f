namespace MaritimeWatch.Storage;

/// <summary>The store could not do what was asked. The message is one line: what happened, to which store, and what to do.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
