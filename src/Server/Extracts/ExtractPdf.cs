using MaritimeWatch.Server.Mail;
using SkiaSharp;

namespace MaritimeWatch.Server.Extracts;

/// <summary>
/// An extract as PDF on A4, with real text in the embedded typeface: the handling mark on top of every page, page n of m and the content's hash at
/// its foot. The same content gives the same bytes. Laid out first and drawn then, for only the last page tells how many there are.
/// </summary>
internal sealed class ExtractPdf : IDisposable
{
    // A4 in points of 1/72 inch.
    private const float Width = 595, Height = 842, Margin = 42, HeadRoom = 66, FootRoom = 66;
    private const float BodySize = 8.5f, LineHeight = 11.5f, Gap = 4;

    private readonly SKFont body = Font(BodySize), small = Font(7), title = Font(15), heading = Font(11);
    private readonly List<List<Action<SKCanvas>>> pages = [[]];
    private readonly Extract extract;
    private readonly string node;
    private float y = HeadRoom;

    private ExtractPdf(Extract extract, string node) => (this.extract, this.node) = (extract, node);

    /// <param name="extract">What it says.</param>
    /// <param name="node">Name of the watch whose audit chain has the hash.</param>
    /// <param name="at">Time of view, also the document's own.</param>
    public static byte[] Write(Extract extract, string node, DateTimeOffset at)
    {
        using var pdf = new ExtractPdf(extract, node);
        pdf.Lay();
        return pdf.Draw(at.UtcDateTime);
    }

    public void Dispose()
    {
        foreach (var font in new[] { body, small, title, heading })
        {
            font.Dispose();
        }
    }

    private static SKFont Font(float size) => new(PictureInk.Face, size) { Edging = SKFontEdging.Antialias, Subpixel = true, Hinting = SKFontHinting.None };

    private void Lay()
    {
        if (extract.Exercise)
        {
            Paragraph(Extract.ExerciseNotice, heading);
        }

        Paragraph(extract.Title, title);
        Paragraph($"View of {extract.View}.", body);
        Paragraph(Extract.Notice, body);
        foreach (var table in extract.Tables)
        {
            Room(60);
            y += 8;
            Paragraph(table.Title, heading);
            if (table.Rows.Count == 0)
            {
                Paragraph(Extract.Nothing, body);
            }
            else
            {
                Table(table);
            }
        }

        Room(60);
        y += 8;
        Paragraph($"SHA-256 of the content, which is that of the HTML extract of the same view from <main> to </main> as UTF-8: {extract.Hash}. It stands on the audit chain of {node}.", small);
    }

    private void Paragraph(string text, SKFont font)
    {
        var step = font.Size * 1.35f;
        foreach (var line in PdfText.Lines(PdfText.Writable(text), font, Width - (2 * Margin)))
        {
            Room(step);
            y += step;
            Put(line, Margin, y, font, PictureInk.Text);
        }

        y += Gap;
    }

    private void Table(ExtractTable table)
    {
        var widths = Widths(table);
        var head = table.Head.Select((h, i) => PdfText.Lines(h, small, widths[i] - Gap)).ToList();
        Row(head, widths, small, PictureInk.Quiet);
        foreach (var row in table.Rows)
        {
            var cells = row.Select((v, i) => PdfText.Lines(PdfText.Writable(v), body, widths[i] - Gap)).ToList();
            // A row goes whole to the next page when it fits there, else line by line.
            if (cells.Max(c => c.Count) * LineHeight is var high && y + high > Height - FootRoom && high < Height - HeadRoom - FootRoom - 40)
            {
                Turn();
                Row(head, widths, small, PictureInk.Quiet);
            }

            Row(cells, widths, body, PictureInk.Text);
        }
    }

    private void Row(IReadOnlyList<IReadOnlyList<string>> cells, float[] widths, SKFont font, SKColor colour)
    {
        for (var line = 0; line < cells.Max(c => c.Count); line++)
        {
            Room(LineHeight);
            y += LineHeight;
            for (var (column, x) = (0, Margin); column < cells.Count; x += widths[column], column++)
            {
                if (line < cells[column].Count)
                {
                    Put(cells[column][line], x, y, font, colour);
                }
            }
        }

        var at = y += Gap;
        pages[^1].Add(canvas =>
        {
            using var rule = PictureInk.Stroke(PictureInk.Grid, 0.6f);
            canvas.DrawLine(Margin, at, Width - Margin, at, rule);
        });
    }

    // By how much is written in each column, none below a tenth: long sources do not squeeze dates to slivers.
    private float[] Widths(ExtractTable table)
    {
        var whole = Width - (2 * Margin);
        var weights = table.Head.Select((h, i) => MathF.Sqrt(table.Rows.Select(r => r[i].Length).Append(h.Length).Max())).ToArray();
        var shares = weights.Select(w => Math.Max(0.1f, w / weights.Sum())).ToArray();
        return [.. shares.Select(s => whole * s / shares.Sum())];
    }

    private void Room(float needed)
    {
        if (y + needed > Height - FootRoom)
        {
            Turn();
        }
    }

    private void Turn()
    {
        pages.Add([]);
        y = HeadRoom;
    }

    private void Put(string text, float x, float at, SKFont font, SKColor colour) => pages[^1].Add(canvas => Ink(canvas, text, x, at, font, colour));

    private static void Ink(SKCanvas canvas, string text, float x, float at, SKFont font, SKColor colour, SKTextAlign align = SKTextAlign.Left)
    {
        using var ink = PictureInk.Fill(colour);
        canvas.DrawText(text, x, at, align, font, ink);
    }

    private byte[] Draw(DateTime at)
    {
        using var stream = new MemoryStream();
        var about = new SKDocumentPdfMetadata { Title = PdfText.Writable($"{extract.Mark} {extract.Title}"), Author = PdfText.Writable(node), Creator = "MaritimeWatch", Producer = "MaritimeWatch", Creation = at, Modified = at, RasterDpi = 72, EncodingQuality = 101 };
        using (var document = SKDocument.CreatePdf(stream, about))
        {
            for (var page = 0; page < pages.Count; page++)
            {
                using var canvas = document.BeginPage(Width, Height);
                Frame(canvas, page + 1);
                pages[page].ForEach(draw => draw(canvas));
                document.EndPage();
            }

            document.Close();
        }

        return stream.ToArray();
    }

    private void Frame(SKCanvas canvas, int page)
    {
        Ink(canvas, extract.Mark, Margin, 34, heading, PictureInk.Text);
        Ink(canvas, PdfText.Lines(PdfText.Writable($"{(extract.Exercise ? "EXERCISE. " : "")}{extract.Title}"), small, 330)[0], Width - Margin, 34, small, PictureInk.Quiet, SKTextAlign.Right);
        using var rule = PictureInk.Stroke(PictureInk.Quiet, 0.8f);
        canvas.DrawLine(Margin, 44, Width - Margin, 44, rule);
        canvas.DrawLine(Margin, Height - 52, Width - Margin, Height - 52, rule);
        Ink(canvas, PdfText.Lines(PdfText.Writable($"{extract.Mark}. View of {extract.View}. No proof of anything."), small, 440)[0], Margin, Height - 40, small, PictureInk.Quiet);
        Ink(canvas, $"page {page} of {pages.Count}", Width - Margin, Height - 40, small, PictureInk.Text, SKTextAlign.Right);
        Ink(canvas, $"SHA-256 {extract.Hash}", Margin, Height - 29, small, PictureInk.Quiet);
    }
}
