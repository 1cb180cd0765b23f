using System.Security.Cryptography;
using MaritimeWatch.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace MaritimeWatch.Server.Access;

/// <summary>
/// A code from a person's own device as a second step of the sign-in, for those who want it. The secret stands with the account, readable
/// only with the keys of this watch; a code is accepted once.
/// </summary>
internal sealed class SecondStep(IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly IDataProtector protector = protection.CreateProtector("second step of sign-in");

    /// <summary>The account with a fresh secret that waits to be confirmed, and the secret as authenticators take it.</summary>
    public (Account Account, string Secret) Begin(Account account)
    {
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        return (account with { StepSecretWaiting = protector.Protect(Convert.ToHexString(secret)) }, Totp.Base32(secret));
    }

    /// <summary>The account with the second step in force; null when the code does not show that the secret arrived.</summary>
    public Account? Confirm(Account account, string? code) =>
        Accepts(account.StepSecretWaiting, code, 0) is { } step ? account with { StepSecret = account.StepSecretWaiting, StepSecretWaiting = null, LastStep = step } : null;

    /// <summary>The account with the code marked as used; null when it is not right.</summary>
    public Account? Take(Account account, string? code) => Accepts(account.StepSecret, code, account.LastStep) is { } step ? account with { LastStep = step } : null;

    // A secret that the keys do not open, as after a move without them, accepts no code: an administrator ends it with a new password.
    private long? Accepts(string? kept, string? code, long lastUsed)
    {
        try
        {
            return kept is null ? null : Totp.StepOf(Convert.FromHexString(protector.Unprotect(kept)), code, clock.GetUtcNow(), lastUsed);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
