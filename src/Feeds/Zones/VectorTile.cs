using System.Text;

namespace MaritimeWatch.Feeds.Zones;

/// <summary>The rings of one layer of a Mapbox Vector Tile 2.1 (4.3: geometry as commands and zigzag steps, in a protocol buffer).</summary>
internal static class VectorTile
{
    /// <exception cref="FormatException">The bytes end early or hold what a tile cannot.</exception>
    public static List<List<(int X, int Y)>> Rings(ReadOnlySpan<byte> tile, string layer)
    {
        var rings = new List<List<(int X, int Y)>>();
        foreach (var body in Fields(tile, 3))
        {
            var bytes = tile[body];
            if (Fields(bytes, 1) is [var name, ..] && Encoding.UTF8.GetString(bytes[name]) == layer)
            {
                foreach (var feature in Fields(bytes, 2))
                {
                    foreach (var geometry in Fields(bytes[feature], 4))
                    {
                        Read(bytes[feature][geometry], rings);
                    }
                }
            }
        }

        return rings;
    }

    private static void Read(ReadOnlySpan<byte> commands, List<List<(int X, int Y)>> rings)
    {
        int at = 0, x = 0, y = 0;
        while (at < commands.Length)
        {
            var command = (int)Varint(commands, ref at);
            var (kind, count) = (command & 7, command >> 3);
            if (kind == 7)
            {
                rings[^1].Add(rings[^1][0]);
                continue;
            }

            for (var i = 0; i < count; i++)
            {
                x += Zigzag(Varint(commands, ref at));
                y += Zigzag(Varint(commands, ref at));
                if (kind == 1)
                {
                    rings.Add([]);
                }

                rings[^1].Add((x, y));
            }
        }
    }

    /// <summary>Where the length-delimited fields of one number lie.</summary>
    private static List<Range> Fields(ReadOnlySpan<byte> message, int number)
    {
        var found = new List<Range>();
        var at = 0;
        while (at < message.Length)
        {
            var key = Varint(message, ref at);
            if ((key & 7) == 0)
            {
                Varint(message, ref at);
                continue;
            }

            var length = (key & 7) switch { 2 => (long)Varint(message, ref at), 1 => 8, 5 => 4, _ => throw new FormatException("a field of a kind that vector tiles do not have.") };
            if (length > message.Length - at)
            {
                throw new FormatException("the tile ends within a field.");
            }

            if ((int)(key >> 3) == number && (key & 7) == 2)
            {
                found.Add(at..(at + (int)length));
            }

            at += (int)length;
        }

        return found;
    }

    private static int Zigzag(ulong value) => (int)(value >> 1) ^ -(int)(value & 1);

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (at >= bytes.Length)
            {
                throw new FormatException("the tile ends within a number.");
            }

            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("a number of more than 64 bits.");
    }
}
