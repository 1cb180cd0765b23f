using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Text;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Support;

namespace MaritimeWatch.Unit.Feeds.Positions;

public sealed class CsvBlocksTests
{
    private const string Alphabet = "ab1.,,,;\"\"\n\n\r";

    [Fact]
    public void One_vector_two_vectors_and_no_vector_see_the_same_marks()
    {
        var chance = new Random(11);
        var bytes = new byte[CsvMarks.Step];
        for (var i = 0; i < 5000; i++)
        {
            Fill(bytes, chance, i % 2 == 0);
            var plain = CsvMarks.Plainly(in bytes[0], (byte)',');
            foreach (var marks in new[] { CsvMarks.ByOneVector(in bytes[0], (byte)','), CsvMarks.ByTwoVectors(in bytes[0], (byte)','), CsvMarks.Of(in bytes[0], (byte)',') })
            {
                Assert.Equal((plain.Separators, plain.LineFeeds, plain.Quotes), (marks.Separators, marks.LineFeeds, marks.Quotes));
            }
        }
    }

    [Fact]
    public void A_number_read_by_vector_is_the_number_read_plainly()
    {
        Assert.SkipUnless(Sse41.IsSupported, "This processor has no SSE 4.1; the plain way is the only one.");
        var chance = new Random(12);
        var bytes = new byte[16 + CsvFields.Slack];
        for (var i = 0; i < 200_000; i++)
        {
            foreach (ref var c in bytes.AsSpan())
            {
                c = (byte)(chance.Next(30) == 0 ? chance.Next(256) : chance.Next(8) == 0 ? '.' : '0' + chance.Next(10));
            }

            var length = chance.Next(1, 17);
            var plain = RowBytes.TryPlainly(in bytes[0], length, out var digits, out var decimals);
            Assert.Equal(plain, RowBytes.TryByVector(in bytes[0], length, out var same, out var sameDecimals));
            Assert.True(!plain || (digits, decimals) == (same, sameDecimals));
        }
    }

    /// <summary>Random bytes are broken input most of the time: quotes that stand anywhere, carriage returns, rows without end.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Rows_of_random_bytes_are_those_of_a_reader_that_goes_byte_by_byte(int seed)
    {
        var chance = new Random(seed);
        for (var i = 0; i < 400; i++)
        {
            var text = new byte[chance.Next(1, i < 390 ? 400 : 600_000)];
            Fill(text, chance, i % 4 != 0);
            text[0] = (byte)',';
            var blocks = new CsvBlocks(new MemoryStream(text));
            Assert.Equal(Plainly(text, blocks.Separator), All(blocks));
        }
    }

    [Fact]
    public void A_row_longer_than_the_longest_is_one_broken_row_and_the_next_is_read()
    {
        var blocks = new CsvBlocks(new MemoryStream(Encoding.ASCII.GetBytes("a,b\n" + new string('x', 300_000) + "\n1,2\n")));
        var rows = All(blocks);
        Assert.Equal(3, rows.Count);
        Assert.StartsWith("broken: xxx", rows[1], StringComparison.Ordinal);
        Assert.Equal("1|2", rows[2]);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Parts_of_a_file_give_its_rows_once_and_say_when_one_began_in_a_quoted_field(bool lineFeedsInQuotes, bool expected)
    {
        var cards = ColumnCards.Load(Path.Combine(SharedData.Root, "seeds", "feeds", "position-columns.json"));
        var text = new StringBuilder("time,mmsi,lat,lon,name\n");
        for (var i = 0; i < 4001; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{1709251200 + i},{219000000 + i},55.5,12.25,\"{(lineFeedsInQuotes ? string.Concat(Enumerable.Repeat("A\n", 200)) : "A,B")}\"\n");
        }

        var path = Path.Combine(Path.GetTempPath(), $"mw-{Guid.NewGuid():N}.csv");
        File.WriteAllText(path, text.ToString());
        try
        {
            for (var parts = 1; parts <= 5; parts++)
            {
                var found = new ConcurrentBag<int>();
                var whole = CsvRanges.TryRead(path, cards, parts, (_, rows) =>
                {
                    while (rows.Advance())
                    {
                        for (var row = 0; row < rows.Count; row++)
                        {
                            found.Add(rows.Read(row, out var read) == RowFault.None ? read.MmsiNumber : -1);
                        }
                    }
                });
                Assert.Equal(expected || parts == 1, whole);
                Assert.True(!whole || found.Order().SequenceEqual(Enumerable.Range(219000000, 4001)));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Fill(byte[] bytes, Random chance, bool likely)
    {
        var quotes = chance.Next(3) == 0;
        foreach (ref var c in bytes.AsSpan())
        {
            c = (byte)(likely ? Alphabet[chance.Next(Alphabet.Length)] : (char)chance.Next(256));
            c = c == '"' && !quotes && chance.Next(50) != 0 ? (byte)'q' : c;
        }
    }

    private static List<string> All(CsvBlocks blocks)
    {
        var rows = new List<string>();
        while (blocks.Advance())
        {
            for (var row = 0; row < blocks.Count; row++)
            {
                var fields = new List<string>();
                for (var i = 0; i < blocks[row].Count; i++)
                {
                    fields.Add(Encoding.Latin1.GetString(blocks[row][i]));
                }

                rows.Add(blocks[row].Count == CsvFields.Broken ? "broken: " + Encoding.Latin1.GetString(blocks[row].Line) : string.Join('|', fields));
            }
        }

        return rows;
    }

    private static List<string> Plainly(byte[] bytes, byte separator)
    {
        var text = Encoding.Latin1.GetString(bytes) + (bytes[^1] == '\n' ? "" : "\n");
        var rows = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var (fields, at, broken) = (new List<string>(), start, false);
            while (true)
            {
                var field = new StringBuilder();
                if (text[at] == '"')
                {
                    for (at++; at < text.Length && (text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"')); at++)
                    {
                        field.Append(text[at]);
                        at += text[at] == '"' ? 1 : 0;
                    }

                    at++;
                    at += at + 1 < text.Length && text[at] == '\r' && text[at + 1] == '\n' ? 1 : 0;
                    broken = at >= text.Length || at - start >= CsvBlocks.LongestRow || (text[at] != separator && text[at] != '\n');
                }
                else
                {
                    for (; text[at] != separator && text[at] != '\n'; at++)
                    {
                        field.Append(text[at]);
                    }

                    field.Length -= text[at] == '\n' && field.Length > 0 && field[^1] == '\r' ? 1 : 0;
                }

                fields.Add(field.ToString());
                if (broken || text[at++] == '\n')
                {
                    break;
                }
            }

            at = broken ? text.IndexOf('\n', start) + 1 : at;
            rows.Add(broken ? "broken: " + text[start..(at - 1)] : string.Join('|', fields));
            start = at;
        }

        return rows;
    }
}
