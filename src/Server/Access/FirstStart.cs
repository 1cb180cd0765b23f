using System.Security.Cryptography;

namespace MaritimeWatch.Server.Access;

/// <summary>
/// The one-time code for the first administrator: printed on the console of whoever started the program, kept in memory only,
/// void after use, after ten wrong tries, and as soon as any account exists.
/// </summary>
internal sealed class FirstStart
{
    // No letters that are read for one another.
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int MostTries = 10;

    private readonly Lock gate = new();
    private int tries;

    public string Code { get; } = $"{RandomNumberGenerator.GetString(Letters, 4)}-{RandomNumberGenerator.GetString(Letters, 4)}-{RandomNumberGenerator.GetString(Letters, 4)}";

    /// <summary>True when the code is right and not yet void.</summary>
    public bool Matches(string? code)
    {
        lock (gate)
        {
            var given = System.Text.Encoding.UTF8.GetBytes((code ?? "").Trim().ToUpperInvariant());
            return tries++ < MostTries && CryptographicOperations.FixedTimeEquals(given, System.Text.Encoding.UTF8.GetBytes(Code));
        }
    }
}
