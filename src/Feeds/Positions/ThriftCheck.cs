namespace MaritimeWatch.Feeds.Positions;

/// <summary>
/// Walks a structure of Thrift's compact protocol without reading its meaning: a Parquet file's description is one. Each length and
/// count must fit into the bytes there are, so that a reader which trusts them can't be led on without end.
/// Source: Apache Thrift, compact protocol; Apache Parquet, file format (file metadata).
/// </summary>
internal ref struct ThriftCheck(ReadOnlySpan<byte> bytes)
{
    private const int DeepestNesting = 32;

    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int at;

    /// <summary>True when the bytes are one whole structure and nothing behind it.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        var check = new ThriftCheck(bytes);
        return check.Structure(0) && check.at == bytes.Length;
    }

    private bool Structure(int depth)
    {
        if (depth > DeepestNesting)
        {
            return false;
        }

        for (var field = 0L; ;)
        {
            if (at >= bytes.Length)
            {
                return false;
            }

            var head = bytes[at++];
            if (head == 0)
            {
                return true;
            }

            // The number of the field goes on from the one before, or is told; it never goes back.
            if (head >> 4 is > 0 and var step)
            {
                field += step;
            }
            else if (!Varint(out var told) || (long)(told >> 1) <= field || (told & 1) != 0)
            {
                return false;
            }
            else
            {
                field = (long)(told >> 1);
            }

            // A truth value stands in the head.
            if ((head & 15) > 2 && !Value(head & 15, depth))
            {
                return false;
            }
        }
    }

    private bool Value(int type, int depth) => type switch
    {
        1 or 2 or 3 => Skip(1),
        4 or 5 or 6 => Varint(out _),
        7 => Skip(8),
        8 => Varint(out var length) && Skip(length),
        9 or 10 => List(depth),
        12 => Structure(depth + 1),
        _ => false, // 11, a map: Parquet has none
    };

    private bool List(int depth)
    {
        if (at >= bytes.Length)
        {
            return false;
        }

        var head = bytes[at++];
        ulong count = (uint)(head >> 4);
        if (count == 15 && !Varint(out count))
        {
            return false;
        }

        // An element has a byte or more.
        if (count > (ulong)(bytes.Length - at))
        {
            return false;
        }

        for (; count > 0; count--)
        {
            if (!Value(head & 15, depth + 1))
            {
                return false;
            }
        }

        return true;
    }

    private bool Skip(ulong count)
    {
        if (count > (ulong)(bytes.Length - at))
        {
            return false;
        }

        at += (int)count;
        return true;
    }

    private bool Varint(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                return true;
            }
        }

        return false;
    }
}
