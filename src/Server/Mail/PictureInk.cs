using System.Globalization;
using System.Text;
using SkiaSharp;

namespace MaritimeWatch.Server.Mail;

/// <summary>The shipped typeface, the day colours of PRODUCT 5.3, and what can be written with them.</summary>
internal static class PictureInk
{
    public static readonly SKColor Sea = SKColor.Parse("#E6EEF2"), Land = SKColor.Parse("#F3EEDD"), Coast = SKColor.Parse("#8C8873"), Panel = SKColors.White,
        Text = SKColor.Parse("#14232E"), Vessel = SKColor.Parse("#2B4A5E"), Gap = SKColor.Parse("#6B2FA0"), Grid = SKColor.Parse("#C3D0D8"), Quiet = SKColor.Parse("#5A6B78");

    /// <summary>Embedded: on a server without fonts text would be missing without any error.</summary>
    public static readonly SKTypeface Face = LoadFace();

    /// <summary>
    /// True when every character has a glyph and stands by itself: without shaping, scripts that join or run from right
    /// to left would be drawn wrongly even where glyphs exist.
    /// </summary>
    public static bool CanWrite(string text) => Face.ContainsGlyphs(text) && text.EnumerateRunes().All(rune =>
        rune.Value is < 0x0590 or (>= 0x1E00 and < 0x2100) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Control or UnicodeCategory.Format));

    public static SKFont Font(float size, bool bold = false) => new(Face, size) { Embolden = bold, Edging = SKFontEdging.Antialias, Subpixel = true };

    public static SKPaint Fill(SKColor colour) => new() { Color = colour, IsAntialias = true };

    public static SKPaint Stroke(SKColor colour, float width) => new() { Color = colour, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = width, StrokeJoin = SKStrokeJoin.Round };

    /// <summary>Text with a light halo, readable over coast and lines.</summary>
    public static void Write(SKCanvas canvas, string text, float x, float y, SKFont font, SKColor colour, SKTextAlign align = SKTextAlign.Left)
    {
        using var halo = Stroke(SKColors.White.WithAlpha(230), 3);
        using var ink = Fill(colour);
        canvas.DrawText(text, x, y, align, font, halo);
        canvas.DrawText(text, x, y, align, font, ink);
    }

    private static SKTypeface LoadFace()
    {
        using var stream = typeof(PictureInk).Assembly.GetManifestResourceStream("DejaVuSans.ttf")
            ?? throw new InvalidOperationException("The typeface DejaVuSans.ttf is not embedded in the server.");
        return SKTypeface.FromStream(stream) ?? throw new InvalidOperationException("The embedded typeface DejaVuSans.ttf cannot be read.");
    }
}
