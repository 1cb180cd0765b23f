namespace MaritimeWatch.Storage;

/// <summary>
/// A key with which a program reads, in place of a person who signs in. The key itself is shown once and kept nowhere: 256 random bits
/// need no salt, and of them only the hash stands here.
/// </summary>
/// <param name="Id">How lists and acts call it.</param>
/// <param name="Hash">SHA-256 of the whole key, lower-case hexadecimal.</param>
/// <param name="Prefix">First letters of the key, so that people can tell which one they hold.</param>
/// <param name="Name">What it is for, in the words of whoever made it.</param>
/// <param name="Owner">The person whose rights bound it; null for the key of a machine.</param>
/// <param name="OwnerStamp">The owner's security stamp when it was made: with another stamp the key has ended.</param>
/// <param name="Scopes">What it reads.</param>
/// <param name="MadeBy">Who made it.</param>
/// <param name="MadeAt">When.</param>
/// <param name="ExpiresAt">From when on it is void.</param>
public sealed record ApiKey(string Id, string Hash, string Prefix, string Name, string? Owner, string? OwnerStamp, IReadOnlyList<string> Scopes, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt)
{
    /// <summary>When it was used last, to within some minutes; null when never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null while it is not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
