using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Units;

namespace MaritimeWatch.Storage;

/// <summary>
/// Links audit entries by SHA-256 (FIPS 180-4). A changed, moved or removed entry breaks every link after it. Entries cut off
/// at the end leave no trace in the chain itself: note the last hash elsewhere from time to time.
/// </summary>
public static class AuditChain
{
    /// <summary>What stands before the first entry.</summary>
    public static string Beginning { get; } = new('0', 64);

    /// <summary>The entry that follows another; the first when there is none.</summary>
    public static AuditEntry Next(AuditEntry? last, AuditNote note)
    {
        var number = (last?.Number ?? 0) + 1;
        var previous = last?.Hash ?? Beginning;
        var hash = HashOf(number, note.At, note.By, note.Act, note.Subject, note.Detail, previous);
        return new AuditEntry(number, note.At, note.By, note.Act, note.Subject, note.Detail, previous, hash);
    }

    /// <summary>Number of the first entry that does not follow from the one before it; null when all do.</summary>
    /// <param name="entries">The chain in order, or a page of it.</param>
    /// <param name="after">The entry before the first; null when the page begins the chain.</param>
    public static long? Verify(IEnumerable<AuditEntry> entries, AuditEntry? after = null)
    {
        var last = after;
        foreach (var entry in entries)
        {
            // A text whose field was renamed reads back without it.
            if (new[] { entry.By, entry.Act, entry.Subject, entry.Detail, entry.PreviousHash, entry.Hash }.Contains(null!))
            {
                return entry.Number;
            }

            var expected = Next(last, new AuditNote(entry.At, entry.By, entry.Act, entry.Subject, entry.Detail));
            if (entry.Number != expected.Number)
            {
                return expected.Number;
            }

            if (entry.PreviousHash != expected.PreviousHash || entry.Hash != expected.Hash)
            {
                return entry.Number;
            }

            last = entry;
        }

        return null;
    }

    /// <summary>Number of the first entry of a store's chain that does not follow from the one before it; null when all do.</summary>
    /// <exception cref="StoreException">An entry cannot be read at all.</exception>
    public static Task<long?> VerifyAsync(IAuditStore audit, CancellationToken cancel = default) => VerifyAsync(audit, _ => { }, cancel);

    /// <summary>The same, telling how far it is.</summary>
    /// <param name="audit">Where the chain stands.</param>
    /// <param name="seen">Told of the last entry of each page that was gone through.</param>
    /// <param name="cancel">Stops between pages.</param>
    /// <exception cref="StoreException">An entry cannot be read at all.</exception>
    public static async Task<long?> VerifyAsync(IAuditStore audit, Action<AuditEntry> seen, CancellationToken cancel = default)
    {
        const int page = 1000;
        AuditEntry? last = null;
        while (await audit.AfterAsync(last?.Number ?? 0, page, cancel) is { Count: > 0 } entries)
        {
            if (Verify(entries, last) is { } broken)
            {
                return broken;
            }

            last = entries[^1];
            seen(last);
        }

        return null;
    }

    /// <summary>How every store words a row that is not as it was written.</summary>
    internal static string RowFault(long number) => $"Audit row {number} is not as it was written.";

    /// <summary>Each part goes in with its length before it, so that text cannot be pushed from one field into the next.</summary>
    private static string HashOf(long number, DateTimeOffset at, params ReadOnlySpan<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        Append(number.ToString(CultureInfo.InvariantCulture), length, hash);
        Append(UnitJson.WriteTime(at), length, hash);
        foreach (var text in texts)
        {
            Append(text, length, hash);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        static void Append(string text, Span<byte> length, IncrementalHash hash)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
    }
}
