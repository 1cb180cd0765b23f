using System.Buffers.Binary;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>
/// The end of a gzip file (RFC 1952, section 2.3.1): the last four bytes hold the unpacked length modulo 2^32. The framework's
/// reader takes a file that was cut short for one that ended, so the length is compared here.
/// </summary>
internal readonly record struct GzipTrailer(uint Length, bool SeveralMembers)
{
    /// <summary>Reads the trailer and puts the stream back to its start.</summary>
    public static GzipTrailer Of(Stream file)
    {
        Span<byte> last = stackalloc byte[4];
        file.Seek(-Math.Min(4, file.Length), SeekOrigin.End);
        file.ReadAtLeast(last, 4, throwOnEndOfStream: false);
        file.Position = 0;
        var several = HoldsAnotherHeader(file);
        file.Position = 0;
        return new GzipTrailer(BinaryPrimitives.ReadUInt32LittleEndian(last), several);
    }

    /// <summary>True when this many bytes is what the file promised; a file of several members only promises the last one's.</summary>
    public bool Agrees(long unpacked) => SeveralMembers || Length == (uint)(unpacked & uint.MaxValue);

    // Magic, deflate, sane flags, sane compression and system bytes: by chance once in 10^12 places.
    private static bool HoldsAnotherHeader(Stream file)
    {
        var buffer = new byte[1 << 16];
        int held = 0, read;
        for (long at = 0; (read = file.Read(buffer, held, buffer.Length - held)) > 0; at += held + read - 9)
        {
            var text = buffer.AsSpan(0, held + read);
            for (var i = at == 0 ? 1 : 0; i + 10 <= text.Length; i++)
            {
                if (text[i] == 0x1F && text[i + 1] == 0x8B && text[i + 2] == 8 && text[i + 3] < 32 && text[i + 8] is 0 or 2 or 4 && text[i + 9] is < 14 or 255)
                {
                    return true;
                }
            }

            held = Math.Min(9, text.Length);
            text[^held..].CopyTo(buffer);
        }

        return false;
    }
}
