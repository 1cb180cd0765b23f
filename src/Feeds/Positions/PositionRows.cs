using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>Why a row gives no position.</summary>
internal enum RowFault : byte
{
    None,
    NotCsv,
    TooFewFields,
    Time,
    Mmsi,
    Key,
    Position,
    NotAvailable,
    NotOnEarth,
}

/// <summary>A position of a row, in the units it is stored in.</summary>
/// <param name="UtcTicks">Event time as told, finer than the fix keeps it.</param>
/// <param name="MmsiNumber">0 to 999,999,999; -1 where the file has its own keys.</param>
internal readonly record struct PositionRow(long UtcTicks, int MmsiNumber, Fix Fix);

/// <summary>
/// Rows of a position file as typed values, read from the bytes they came in: fixed-point numbers, no text, no object a row.
/// What a source writes for "not available" ends here.
/// </summary>
internal sealed class PositionRows(CsvBlocks blocks, PositionColumns columns)
{
    private const int Kinds = 256;

    private readonly RowTimes times = new(columns.Card.DayFirst);
    private readonly char[] scratch = new char[CsvBlocks.LongestRow];
    private readonly ulong[] statusHashes = new ulong[Kinds];
    private readonly byte[] statuses = new byte[Kinds];
    private readonly byte receiver = (byte)((byte)columns.Card.Receiver << 4);

    /// <summary>Rows of this stretch.</summary>
    public int Count => blocks.Count;

    /// <summary>Goes to the next rows; false when there are none.</summary>
    public bool Advance() => blocks.Advance();

    public CsvFields Fields(int row) => blocks[row];

    /// <summary>A field as text.</summary>
    public ReadOnlySpan<char> Text(ReadOnlySpan<byte> field) => RowBytes.Chars(field, scratch);

    /// <summary>Reads one row of the stretch.</summary>
    public RowFault Read(int row, out PositionRow position)
    {
        unchecked
        {
            position = default;
            var fields = blocks[row];
            if (fields.Count < columns.Fields)
            {
                return fields.Count == CsvFields.Broken ? RowFault.NotCsv : RowFault.TooFewFields;
            }

            if (!times.TryRead(fields[columns.Time], scratch, out var ticks))
            {
                return RowFault.Time;
            }

            var number = -1;
            if (columns.Mmsi >= 0)
            {
                if (!TryMmsi(fields[columns.Mmsi], out number))
                {
                    return RowFault.Mmsi;
                }
            }
            else if (fields[columns.Key].IsEmpty)
            {
                return RowFault.Key;
            }

            // Seven decimals or fewer are exact in the units of a fix; a number too great is for the slow way to refuse.
            if (!RowBytes.TryFixed(fields[columns.Lat], 7, 900_000_000, out var latE7) | !RowBytes.TryFixed(fields[columns.Lon], 7, 1_800_000_000, out var lonE7))
            {
                var fault = ReadPlace(fields, ref latE7, ref lonE7);
                if (fault != RowFault.None)
                {
                    return fault;
                }
            }

            var origin = (byte)((byte)ClassOf(fields[columns.Class]) | receiver);
            position = new PositionRow(ticks, number, Fix.FromColumns(
                (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond, latE7, lonE7, Sog(fields[columns.Sog]), Cog(fields[columns.Cog]), Heading(fields[columns.Heading]), StatusOf(fields[columns.Status]), origin));
            return RowFault.None;
        }
    }

    /// <summary>A number that changes when the static data of a row do.</summary>
    public ulong StaticHash(int row)
    {
        var fields = blocks[row];
        ulong hash = 0;
        foreach (var (from, to) in columns.StaticRuns)
        {
            if (from < fields.Count)
            {
                hash = unchecked((hash * 31) + RowBytes.Hash(fields.Run(from, Math.Min(to, fields.Count - 1))));
            }
        }

        return hash;
    }

    /// <summary>The place of a row as stated; null where a number is not readable.</summary>
    public (double? LatDeg, double? LonDeg) Place(CsvFields fields) => (RowValues.Number(Text(fields[columns.Lat])), RowValues.Number(Text(fields[columns.Lon])));

    private RowFault ReadPlace(CsvFields fields, ref int latE7, ref int lonE7)
    {
        if (Place(fields) is not ({ } latDeg, { } lonDeg))
        {
            return RowFault.Position;
        }

        if (!GeoPoint.IsOnEarth(latDeg, lonDeg))
        {
            return latDeg == 91 || lonDeg == 181 ? RowFault.NotAvailable : RowFault.NotOnEarth;
        }

        (latE7, lonE7) = ((int)Math.Round(latDeg * 1e7), (int)Math.Round(lonDeg * 1e7));
        return RowFault.None;
    }

    private bool TryMmsi(ReadOnlySpan<byte> text, out int number)
    {
        if (RowBytes.TryFixed(text, 0, Mmsi.Highest, out number) && text.Length <= 9 && number >= 0 && text[0] != '-' && text[^1] != '.')
        {
            return true;
        }

        var read = Mmsi.TryParse(Text(text), out var mmsi);
        number = mmsi.Number;
        return read;
    }

    // One decimal is the resolution of AIS; whatever else a file states takes the way of the typed values.
    private short Sog(ReadOnlySpan<byte> text) => text.IsEmpty ? (short)-1
        : RowBytes.TryFixed(text, 1, 32_000, out var tenths) ? tenths is >= 0 and < 1023 ? (short)tenths : (short)-1
        : RowValues.Speed(Text(text)) is { } knots ? (short)Math.Round(knots * 10) : (short)-1;

    private short Cog(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return -1;
        }

        if (!RowBytes.TryFixed(text, 1, 32_000, out var tenths))
        {
            // 359.96 is north.
            return RowValues.Course(Text(text)) is { } deg ? (short)(Math.Round(deg * 10) % 3600) : (short)-1;
        }

        // Files up to 2017 wrap courses at 180, as RowValues.Course says.
        return tenths switch
        {
            >= -1800 and < 0 => (short)(tenths + 3600),
            >= 0 and < 3600 => (short)tenths,
            _ => -1,
        };
    }

    private short Heading(ReadOnlySpan<byte> text) => text.IsEmpty ? (short)-1
        : RowBytes.TryFixed(text, 1, 32_000, out var tenths) ? tenths is >= 0 and < 3600 ? (short)(tenths / 10) : (short)-1
        : (short)(RowValues.Heading(Text(text)) ?? -1);

    // A file has few words for the status: each is read once.
    private byte StatusOf(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 255;
        }

        var hash = text.Length <= CsvFields.Slack ? RowBytes.ShortHash(text) : RowBytes.Hash(text);
        var place = (int)(hash % Kinds);
        if (statusHashes[place] != hash)
        {
            (statusHashes[place], statuses[place]) = (hash, (byte?)RowValues.Status(Text(text)) ?? 255);
        }

        return statuses[place];
    }

    private TransponderClass ClassOf(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return TransponderClass.Unknown;
        }

        // A letter, or a word and a letter: which of the two is no branch to guess.
        var kind = unchecked((uint)(text[^1] - 'A'));
        return kind < 2 && (text.Length == 1 || (text.Length == 7 && text.StartsWith("Class "u8))) ? (TransponderClass)(kind + 1) : RowValues.Class(Text(text));
    }
}
