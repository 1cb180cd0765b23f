using System.Buffers.Text;
using System.Net;
using System.Text;

namespace MaritimeWatch.Feeds.Transport;

/// <summary>
/// The line count of IEC 61162-450: tag block field <c>n</c>, 1 to 999 and round again, for each source <c>s</c>. A number that
/// is passed over is a line that was lost on its way. Steps of half the circle or more are a sender that began anew.
/// Not safe for use by two threads, but for <see cref="Missing"/>.
/// </summary>
internal sealed class SentenceNumbers
{
    /// <summary>Sources followed at a time; those beyond are not counted, so that a hostile sender fills no memory.</summary>
    public const int MostSources = 1_024;

    private const int Circle = 999;

    private readonly Dictionary<string, Source> sources = [];
    private long missing;

    /// <summary>Lines known to be missing so far.</summary>
    public long Missing => Interlocked.Read(ref missing);

    /// <summary>Reads the lines of a datagram for their numbers alone.</summary>
    public void Heard(IPAddress sender, ReadOnlySpan<byte> text)
    {
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (line.StartsWith("\\"u8) && line[1..].IndexOf((byte)'\\') is > 0 and var end && NumberOf(line.Slice(1, end), out var source) is > 0 and <= Circle and var number)
            {
                Heard($"{sender} {source}", number);
            }
        }
    }

    private void Heard(string key, int number)
    {
        if (!sources.TryGetValue(key, out var source))
        {
            if (sources.Count < MostSources)
            {
                sources[key] = new Source(number);
            }

            return;
        }

        var step = (number - source.Last + Circle) % Circle;
        if (step > 0 && step < Circle / 2)
        {
            for (var i = 1; i < step; i++)
            {
                source.Missing.Add(((source.Last + i - 1) % Circle) + 1);
            }

            Interlocked.Add(ref missing, step - 1);
            source.Last = number;
        }
        else if (source.Missing.Remove(number))
        {
            // It was only overtaken on its way.
            Interlocked.Decrement(ref missing);
            return;
        }
        else
        {
            source.Last = number;
        }

        // A number far behind comes from the next round.
        source.Missing.RemoveWhere(n => (source.Last - n + Circle) % Circle > 100);
    }

    private static int NumberOf(ReadOnlySpan<byte> block, out string source)
    {
        var number = 0;
        source = "";
        foreach (var range in block.SplitAny(",*"u8))
        {
            var field = block[range];
            if (field.StartsWith("n:"u8) && Utf8Parser.TryParse(field[2..], out int read, out var used) && used == field.Length - 2)
            {
                number = read;
            }
            else if (field.StartsWith("s:"u8))
            {
                source = Encoding.Latin1.GetString(field[2..]);
            }
        }

        return number;
    }

    private sealed class Source(int first)
    {
        public int Last { get; set; } = first;

        public HashSet<int> Missing { get; } = [];
    }
}
