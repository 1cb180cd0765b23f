using System.Buffers.Binary;
using System.Globalization;
using MaritimeWatch.Feeds.Transport;
using Parquet;
using Parquet.Schema;

namespace MaritimeWatch.Feeds.Positions;

/// <summary>
/// Rows of a Parquet file, one row group in memory at a time. A binary column that holds WKB points, as GeoParquet 1.1
/// writes them, is given as <c>geometry.coordinates.0</c> and <c>.1</c>, longitude and latitude, like GeoJSON.
/// </summary>
internal static class ParquetRows
{
    /// <summary>A description of thousands of columns and row groups is some megabytes.</summary>
    private const int MostDescription = 64 << 20;

    /// <exception cref="InputException">The file is cut short, damaged, or inside an archive.</exception>
    public static IEnumerable<NamedRow> Read(string path)
    {
        using var stream = InputFile.Open(path);
        if (!stream.CanSeek)
        {
            throw new InputException($"{path}: Parquet is read from its end, which an archive does not allow. Unpack it first.");
        }

        CheckEnd(path, stream);
        var reader = Guarded(path, () => ParquetReader.CreateAsync(stream));
        try
        {
            var fields = Guarded(path, () => Task.FromResult(reader.Schema.GetDataFields().Where(f => !f.IsArray && f.MaxRepetitionLevel == 0).ToList()));
            long number = 0;
            for (var group = 0; group < reader.RowGroupCount; group++)
            {
                var (rows, columns) = Guarded(path, () => GroupAsync(reader, group, fields));
                for (var row = 0; row < rows; row++)
                {
                    var values = new List<NamedValue>();
                    for (var i = 0; i < fields.Count; i++)
                    {
                        columns[i].Add(values, row);
                    }

                    yield return new NamedRow($"row {++number}", values, () => string.Join(", ", values.Select(v => $"{v.Name}={v.Text}")));
                }
            }
        }
        finally
        {
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    // The file ends with its description, the length of that, and PAR1. The reader trusts what the description says of its own
    // lengths and would go on without ceasing where one is wrong, so its structure is checked before.
    private static void CheckEnd(string path, Stream stream)
    {
        Span<byte> end = stackalloc byte[8];
        stream.Seek(-Math.Min(end.Length, stream.Length), SeekOrigin.End);
        var length = stream.ReadAtLeast(end, end.Length, throwOnEndOfStream: false) == end.Length && end[4..].SequenceEqual("PAR1"u8) ? BinaryPrimitives.ReadUInt32LittleEndian(end) : 0;
        if (length == 0 || length > MostDescription || length > stream.Length - 12)
        {
            throw Damaged(path, "its end is no Parquet end");
        }

        var description = new byte[length];
        stream.Seek(-8 - length, SeekOrigin.End);
        stream.ReadExactly(description);
        if (!ThriftCheck.IsWhole(description))
        {
            throw Damaged(path, "its description does not hold together");
        }

        stream.Position = 0;
    }

    private static InputException Damaged(string path, string why, Exception? e = null) =>
        new($"{path}: expected a whole Parquet file, found one that is cut short or damaged ({why}). Fetch it again.", e ?? new InvalidDataException(why));

    private static async Task<(int Rows, ParquetColumn[] Columns)> GroupAsync(ParquetReader reader, int group, List<DataField> fields)
    {
        using var part = reader.OpenRowGroupReader(group);
        var columns = new ParquetColumn[fields.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = await ParquetColumn.ReadAsync(part, fields[i]);
        }

        return ((int)part.RowCount, columns);
    }

    // The reader has no exception of its own for damage: it answers with whatever the damage led to, down to an impossible array.
    private static T Guarded<T>(string path, Func<Task<T>> read)
    {
        try
        {
            return read().GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Damaged(path, e.Message, e);
        }
    }
}

/// <summary>One column of a row group, of a type the rows can use as text.</summary>
internal sealed class ParquetColumn(string name, Func<int, string?> textAt, Func<int, byte[]?>? bytesAt = null)
{
    public void Add(List<NamedValue> values, int row)
    {
        if (bytesAt is null)
        {
            NamedValue.Add(values, name, textAt(row));
        }
        else if (bytesAt(row) is { } wkb && PointOf(wkb) is { } point)
        {
            values.Add(new NamedValue($"{name}.coordinates.0", Text(point.X)!));
            values.Add(new NamedValue($"{name}.coordinates.1", Text(point.Y)!));
        }
    }

    public static Task<ParquetColumn> ReadAsync(ParquetRowGroupReader part, DataField field) => Type.GetTypeCode(field.ClrType) switch
    {
        TypeCode.Boolean => OfAsync<bool>(part, field),
        TypeCode.SByte => OfAsync<sbyte>(part, field),
        TypeCode.Byte => OfAsync<byte>(part, field),
        TypeCode.Int16 => OfAsync<short>(part, field),
        TypeCode.UInt16 => OfAsync<ushort>(part, field),
        TypeCode.Int32 => OfAsync<int>(part, field),
        TypeCode.UInt32 => OfAsync<uint>(part, field),
        TypeCode.Int64 => OfAsync<long>(part, field),
        TypeCode.UInt64 => OfAsync<ulong>(part, field),
        TypeCode.Single => OfAsync<float>(part, field),
        TypeCode.Double => OfAsync<double>(part, field),
        TypeCode.Decimal => OfAsync<decimal>(part, field),
        TypeCode.DateTime => OfAsync<DateTime>(part, field),
        _ when field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>) => StringsAsync(part, field),
        _ when field.ClrType == typeof(byte[]) || field.ClrType == typeof(ReadOnlyMemory<byte>) => BytesAsync(part, field),
        _ => Task.FromResult(new ParquetColumn(field.Name, _ => null)),
    };

    private static async Task<ParquetColumn> OfAsync<T>(ParquetRowGroupReader part, DataField field)
        where T : struct
    {
        if (!field.IsNullable)
        {
            var whole = new T[part.RowCount];
            await part.ReadAsync(field, whole.AsMemory());
            return new ParquetColumn(field.Name, row => Text(whole[row]));
        }

        var some = new T?[part.RowCount];
        await part.ReadAsync<T>(field, some.AsMemory());
        return new ParquetColumn(field.Name, row => some[row] is { } value ? Text(value) : null);
    }

    private static async Task<ParquetColumn> StringsAsync(ParquetRowGroupReader part, DataField field)
    {
        var texts = new string?[part.RowCount];
        await part.ReadAsync(field, texts.AsMemory());
        return new ParquetColumn(field.Name, row => texts[row]);
    }

    private static async Task<ParquetColumn> BytesAsync(ParquetRowGroupReader part, DataField field)
    {
        var bytes = new byte[]?[part.RowCount];
        await part.ReadAsync(field, bytes.AsMemory());
        return new ParquetColumn(field.Name, _ => null, row => bytes[row]);
    }

    private static string? Text<T>(T value) => value switch
    {
        DateTime time => DateTime.SpecifyKind(time, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString(),
    };

    // OGC 06-103r4, 8.2: byte order, type 1 (point; EWKB adds flags for z, m and a reference number), x, y.
    private static (double X, double Y)? PointOf(byte[] wkb)
    {
        if (wkb.Length < 21 || wkb[0] > 1)
        {
            return null;
        }

        var little = wkb[0] == 1;
        var type = little ? BitConverter.ToUInt32(wkb, 1) : System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(wkb.AsSpan(1));
        var at = (type & 0x20000000) != 0 ? 9 : 5;
        return (type & 0x0FFFFFFF) % 1000 == 1 && wkb.Length >= at + 16 ? (Double(at), Double(at + 8)) : null;

        double Double(int from) => little ? System.Buffers.Binary.BinaryPrimitives.ReadDoubleLittleEndian(wkb.AsSpan(from)) : System.Buffers.Binary.BinaryPrimitives.ReadDoubleBigEndian(wkb.AsSpan(from));
    }
}
