using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace MaritimeWatch.Server.Access;

/// <summary>
/// Time-based one-time passwords: RFC 6238 with HMAC-SHA-1, steps of thirty seconds and six digits, which is what every authenticator
/// understands. SHA-1 is what they name; HMAC does not rest on its resistance to collisions (RFC 6194).
/// </summary>
internal static class Totp
{
    /// <summary>Bytes of a secret: the length of the hash (RFC 4226 section 4, R6).</summary>
    public const int SecretBytes = 20;

    private const int StepSeconds = 30, Digits = 6;
    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step (RFC 4226 section 5.3).</summary>
    public static string CodeAt(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[8], hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        HMACSHA1.HashData(secret, counter, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & 0x7FFFFFFF;
        return (number % (int)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step a code is right for: now, or one before or after for clocks that differ (RFC 6238 section 5.2); null when it is wrong, or was used already.</summary>
    /// <param name="secret">What both sides know.</param>
    /// <param name="code">What was typed.</param>
    /// <param name="now">The time here.</param>
    /// <param name="lastUsed">Step of the last code that was accepted; it and those before it are void.</param>
    public static long? StepOf(ReadOnlySpan<byte> secret, string? code, DateTimeOffset now, long lastUsed)
    {
        var given = System.Text.Encoding.UTF8.GetBytes((code ?? "").Replace(" ", "", StringComparison.Ordinal));
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
        {
            if (step > lastUsed && CryptographicOperations.FixedTimeEquals(given, System.Text.Encoding.UTF8.GetBytes(CodeAt(secret, step))))
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>Base 32 (RFC 4648 section 6), in which authenticators take a secret; of lengths that need no padding.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length * 8 / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var (at, shift) = (i * 5 / 8, 11 - (i * 5 % 8));
            var two = (bytes[at] << 8) | (at + 1 < bytes.Length ? bytes[at + 1] : 0);
            text[i] = Base32Letters[(two >> shift) & 31];
        }

        return new string(text);
    }
}
