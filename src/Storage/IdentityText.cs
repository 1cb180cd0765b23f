using System.Globalization;
using MaritimeWatch.Identity;

namespace MaritimeWatch.Storage;

/// <summary>How identifiers and names are compared in a search: without regard to case, IMO numbers without their prefix.</summary>
internal static class IdentityText
{
    /// <summary>True when a claim tells better than another what a vessel broadcasts now: seen later, or at the same time and saying more.</summary>
    public static bool TellsLater(IdentityClaim claim, IdentityClaim? than) => than is null || (claim.LastSeen, Said(claim), claim.Id).CompareTo((than.LastSeen, Said(than), than.Id)) > 0;

    private static int Said(IdentityClaim claim) => new object?[] { claim.ImoAsStated, claim.CallSign, claim.Name, claim.ShipType, claim.LengthM }.Count(value => value is not null);

    public static string? Folded(string? text) => text?.ToUpper(CultureInfo.InvariantCulture);

    public static string? WithoutImo(string? text) => text is not null && text.StartsWith("IMO", StringComparison.Ordinal) ? text[3..].TrimStart() : text;
}
