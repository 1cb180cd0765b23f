using System.IO.Compression;
using MaritimeWatch.Detection.Reception;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Storage.Reception;

/// <summary>
/// What was learnt of reception as compressed sheets, each small enough for an item of any store. Little-endian: version, first
/// hour learnt, count, then the rows; seven sums of eight bytes each, so that what comes back is the same to the last bit.
/// </summary>
public static class ReceptionCodec
{
    private const byte Version = 1;
    private const int RowsInSheet = 15_000;

    /// <summary>The grid as sheets; empty before anything was learnt.</summary>
    public static IReadOnlyList<ReceptionSheet> Encode(ReceptionGrid grid)
    {
        if (grid.LearntTo is not { } learntTo)
        {
            return [];
        }

        var sheets = grid.Kept().Chunk(RowsInSheet).ToList();
        return [.. sheets.Select((rows, i) => new ReceptionSheet(learntTo, i, sheets.Count, Encode(grid.LearntFrom!.Value, rows)))];
    }

    /// <summary>A grid from the sheets of one state.</summary>
    /// <exception cref="StoreException">A sheet is of another version or broken off.</exception>
    public static ReceptionGrid Decode(IReadOnlyList<ReceptionSheet> sheets, ReceptionOptions options)
    {
        var grid = new ReceptionGrid(options);
        if (sheets.Count > 0)
        {
            var (from, rows) = (0L, new List<LearntRow>());
            foreach (var sheet in sheets)
            {
                from = Decode(sheet.Body, rows);
            }

            grid.Restore(rows, from, sheets[0].LearntTo);
        }

        return grid;
    }

    private static byte[] Encode(long learntFrom, IReadOnlyCollection<LearntRow> rows)
    {
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(new BrotliStream(bytes, CompressionLevel.Fastest)))
        {
            writer.Write(Version);
            writer.Write(learntFrom);
            writer.Write(rows.Count);
            foreach (var (stratum, track, hour, sums) in rows)
            {
                writer.Write(track ?? "");
                writer.Write(stratum is not null);
                writer.Write(stratum?.Cell.Row ?? 0);
                writer.Write(stratum?.Cell.Column ?? 0);
                writer.Write((byte)(stratum?.Class ?? 0));
                writer.Write(stratum?.Block ?? 0);
                writer.Write(hour);
                foreach (var sum in (ReadOnlySpan<double>)[sums.Exposed, sums.Heard, sums.Terrestrial, sums.Satellite, sums.Dynamic, sums.Moving, sums.Silent])
                {
                    writer.Write(sum);
                }
            }
        }

        return bytes.ToArray();
    }

    private static long Decode(byte[] body, List<LearntRow> rows)
    {
        try
        {
            using var reader = new BinaryReader(new BrotliStream(new MemoryStream(body), CompressionMode.Decompress));
            if (reader.ReadByte() is not Version and var version)
            {
                throw new StoreException($"What was learnt of reception is of version {version}, this program knows {Version}. Start the newer program.");
            }

            var from = reader.ReadInt64();
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                var (track, isStratum) = (reader.ReadString(), reader.ReadBoolean());
                var stratum = new Stratum(new Cell(reader.ReadInt16(), reader.ReadInt16()), (TransponderClass)reader.ReadByte(), reader.ReadByte());
                var hour = reader.ReadInt64();
                double Next() => reader.ReadDouble();
                rows.Add(new LearntRow(isStratum ? stratum : null, track.Length == 0 ? null : track, hour, new SlotSums(Next(), Next(), Next(), Next(), Next(), Next(), Next())));
            }

            return from;
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw new StoreException($"What was learnt of reception is broken off ({e.Message}). It is learnt anew when the store's reception is deleted.", e);
        }
    }
}
