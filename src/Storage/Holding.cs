namespace MaritimeWatch.Storage;

/// <summary>How much of one class of data is held.</summary>
/// <param name="Kind">Class of data: <c>tracks</c>, <c>journal</c>, <c>rejections</c>, <c>claims</c>, <c>lists</c>, <c>findings</c>, <c>cases</c>, <c>mails</c>, <c>registry</c>, <c>audit</c>, <c>accounts</c>.</param>
/// <param name="Rows">Rows or items; null where the store cannot say without reading all.</param>
/// <param name="Bytes">Bytes of their content, without indexes; null likewise.</param>
/// <param name="Oldest">Time of which the oldest speaks; null where none is held or it is not known.</param>
/// <param name="Newest">The same of the newest.</param>
public sealed record Holding(string Kind, long? Rows, long? Bytes, DateTimeOffset? Oldest, DateTimeOffset? Newest);
