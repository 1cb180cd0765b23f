using System.Globalization;

namespace MaritimeWatch.Storage;

/// <summary>How identifiers and names are compared in a search: without regard to case, IMO numbers without their prefix.</summary>
internal static class IdentityText
{
    public static string? Folded(string? text) => text?.ToUpper(CultureInfo.InvariantCulture);

    public static string? WithoutImo(string? text) => text is not null && text.StartsWith("IMO", StringComparison.Ordinal) ? text[3..].TrimStart() : text;
}
