namespace MaritimeWatch.Records;

/// <summary>A record that could not be used. It is data: counted, kept and explained, and the raw text can be read back.</summary>
/// <param name="Source">Feed or file.</param>
/// <param name="Place">Where in the source, for example <c>line 17</c>.</param>
/// <param name="Field">Column or message field, null when the whole record is meant.</param>
/// <param name="Value">The value found, shortened to 200 characters.</param>
/// <param name="Reason">A short stable phrase, the key under which it is counted, for example <c>checksum differs</c>.</param>
/// <param name="Raw">The raw record, shortened to 1,000 characters.</param>
public sealed record Rejection(string Source, string Place, string? Field, string? Value, string Reason, string? Raw = null);
