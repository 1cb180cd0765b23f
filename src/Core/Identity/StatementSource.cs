using MaritimeWatch.Units;

namespace MaritimeWatch.Identity;

/// <summary>
/// How a statement of a flag State's official is known among the claims: by its source, and by the statement's id as the first
/// word of its reference. A register that is only named so has no such id and is not heard.
/// </summary>
public static class StatementSource
{
    private const string Prefix = "statement of ";

    /// <summary>The source of statements of a flag, for example <c>statement of PA</c>.</summary>
    public static string Of(FlagState flag) => Prefix + flag.Code;

    /// <summary>True when an official said it for the flag the claim names.</summary>
    public static bool IsStatement(IdentityClaim claim) => claim is { Origin: ClaimOrigin.Register, Flag: { } flag } && claim.Source == Of(flag);

    /// <summary>Id of the statement behind the claim; null when the claim is not one of a statement.</summary>
    public static string? StatementOf(IdentityClaim claim) => IsStatement(claim) ? claim.Reference?.Split(' ')[0] : null;

    /// <summary>True when the claim decides something of her flag at a time: what is under check decides nothing.</summary>
    public static bool Speaks(IdentityClaim claim, DateTimeOffset at) => IsStatement(claim) && claim.Status switch
    {
        RegisterStatus.UnderCheck => false,
        RegisterStatus.Deleted => claim.ValidTo <= at,
        _ => claim.From <= at && !(claim.ValidTo < at),
    };
}
