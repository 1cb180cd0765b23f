using System.IO.Compression;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>What an input file holds, told from its first bytes and not from its name.</summary>
public enum FileContent
{
    Nmea,
    Csv,

    /// <summary>One JSON document: an array of records, bare or in an object.</summary>
    Json,

    /// <summary>A JSON object a line.</summary>
    JsonLines,

    /// <summary>A GeoJSON FeatureCollection (RFC 7946); a Feature a line is <see cref="JsonLines"/>.</summary>
    GeoJson,
    Parquet,

    /// <summary>North Atlantic Format, in which fisheries centres exchange VMS positions.</summary>
    Naf,
}

/// <summary>Opens an input file, unpacking gzip and single-entry zip archives, and tells what it holds.</summary>
public static class InputFile
{
    /// <summary>Opens the plain bytes of the file.</summary>
    /// <exception cref="InputException">The file does not exist, is empty, or is an archive that cannot be read.</exception>
    public static Stream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path}: expected a file, found a folder. Name the files in it.");
        }

        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file. Check the name.");
        }

        Stream file;
        try
        {
            file = File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be opened ({e.Message})", e);
        }

        Span<byte> head = stackalloc byte[4];
        var length = file.ReadAtLeast(head, 4, throwOnEndOfStream: false);
        file.Position = 0;
        if (length == 0)
        {
            file.Dispose();
            throw new InputException($"{path}: expected position data, found an empty file.");
        }

        return head switch
        {
            [0x1F, 0x8B, ..] => new ClearStream(path, new GZipStream(file, CompressionMode.Decompress), GzipTrailer.Of(file)),
            [(byte)'P', (byte)'K', 3, 4] => new ClearStream(path, OnlyEntry(path, file), null),
            _ => file,
        };
    }

    /// <summary>Tells the contents apart by the first non-empty bytes.</summary>
    /// <exception cref="InputException">The content is binary and not Parquet.</exception>
    public static FileContent Recognise(string path)
    {
        using var stream = Open(path);
        var head = new byte[8192];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var text = head.AsSpan(0, length);
        if (text.StartsWith("PAR1"u8))
        {
            return FileContent.Parquet;
        }

        if (text.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        text = text.TrimStart(" \r\n\t"u8);
        if (text.IsEmpty)
        {
            throw new InputException($"{path}: expected position data, found nothing but blanks.");
        }

        if (text.Contains((byte)0) || Unprintable(text) > text.Length / 20)
        {
            throw new InputException($"{path}: expected NMEA 0183, CSV, JSON, Parquet or NAF, found binary data. Give the decoded or text form of the file.");
        }

        return text[0] switch
        {
            (byte)'!' or (byte)'$' or (byte)'\\' => FileContent.Nmea,
            (byte)'[' => FileContent.Json,
            (byte)'{' => JsonContent.Of(text),
            (byte)'/' when text.StartsWith("//SR//"u8) => FileContent.Naf,
            _ => text.IndexOf("VDM,"u8) is >= 0 and < 400 ? FileContent.Nmea : FileContent.Csv,
        };
    }

    private static int Unprintable(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
        {
            count += b is < 32 and not ((byte)'\r' or (byte)'\n' or (byte)'\t') ? 1 : 0;
        }

        return count;
    }

    private static Stream OnlyEntry(string path, Stream file)
    {
        try
        {
            var entries = new ZipArchive(file).Entries.Where(e => e.Length > 0).ToList();
            return entries.Count == 1
                ? entries[0].Open()
                : throw new InputException($"{path}: expected a zip archive with one file, found {entries.Count}. Unpack it and name the files.");
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{path}: the zip archive is damaged or cut short. Fetch it again.", e);
        }
    }

    /// <summary>Turns a damaged archive, met while reading, into one clear line.</summary>
    private sealed class ClearStream(string path, Stream inner, GzipTrailer? trailer) : Stream
    {
        private long total;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int read;
            try
            {
                read = inner.Read(buffer);
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
            {
                throw new InputException($"{path}: the archive is damaged or cut short. Fetch it again.", e);
            }

            total += read;
            if (read == 0 && buffer.Length > 0)
            {
                if (trailer is { } t && !t.Agrees(total))
                {
                    throw new InputException($"{path}: the archive is damaged or cut short. Fetch it again.");
                }

                if (total == 0)
                {
                    throw new InputException($"{path}: expected position data, found an empty archive.");
                }
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
