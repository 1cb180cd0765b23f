using MaritimeWatch.Alerts;
using MaritimeWatch.Detection;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;
using SkiaSharp;

namespace MaritimeWatch.Server.Mail;

/// <summary>
/// The map picture of an alert, 640 by 360 pixels, drawn from our own coast without any outside map: where she was last
/// heard (open ring), where again (filled ring), the track that was received (solid), what was not (dashed).
/// </summary>
internal sealed class AlertPicture(LandMap land)
{
    public const int Width = 640, Height = 360;

    private const float TitleHeight = 30, FootHeight = 24;

    /// <summary>No frame is narrower: closer in, the coast is too coarse to say anything.</summary>
    private static readonly Distance LeastWidth = Distance.FromNauticalMiles(20);

    /// <param name="landGeoJsonPath">Land polygons, for example <c>maps/land-50m.geojson</c>.</param>
    public static AlertPicture WithLand(string landGeoJsonPath) => new(LandMap.Load(landGeoJsonPath));

    /// <summary>The picture as PNG; null when the alert has no position to draw.</summary>
    public byte[]? Draw(Alert alert, IReadOnlyList<Fix> track)
    {
        var finding = alert.Finding;
        GeoPoint[] ends = [.. new[] { finding.Start, finding.End }.OfType<GeoPoint>()];
        IReadOnlyList<GeoPoint> shown = ends.Length > 0 ? ends : [.. track.Select(fix => fix.At)];
        if (shown.Count == 0)
        {
            return null;
        }

        using var surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var canvas = surface.Canvas;
        var frame = PictureFrame.Around(shown, new SKRect(0, TitleHeight, Width, Height - FootHeight), LeastWidth);
        canvas.Save();
        canvas.ClipRect(frame.Area);
        var map = new PictureMap(canvas, frame, land);
        map.DrawSeaAndLand();
        map.DrawGrid();
        DrawTrack(canvas, frame, finding, track);
        DrawEnds(canvas, frame, finding);
        map.DrawScaleAndNorth();
        map.DrawLocator(shown);
        canvas.Restore();
        DrawTitle(canvas, alert);
        DrawFoot(canvas, finding);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Title as drawn: a name the typeface cannot write is left out and the MMSI stands in its place.</summary>
    internal static string Title(Alert alert)
    {
        var name = AlertWords.Name(alert);
        var who = name is not null && PictureInk.CanWrite(name) ? AlertWords.Who(alert, AlertWords.Cut(name, 24))
            : alert.Finding.Mmsi is { } mmsi ? $"MMSI {mmsi}" : AlertWords.Number(alert);
        return $"{AlertWords.Headline(alert.Finding)} - {who}";
    }

    /// <summary>Times as drawn, UTC.</summary>
    internal static string Times(Finding finding) => finding.EndTime is { } end
        ? $"{AlertWords.Utc(finding.StartTime)} to {(end.UtcDateTime.Date == finding.StartTime.UtcDateTime.Date ? $"{end.UtcDateTime:HH:mm}Z" : AlertWords.Utc(end))} UTC"
        : $"since {AlertWords.Utc(finding.StartTime)}, as of {AlertWords.Utc(finding.AsOf)}";

    private static void DrawTrack(SKCanvas canvas, PictureFrame frame, Finding finding, IReadOnlyList<Fix> track)
    {
        using var solid = PictureInk.Stroke(PictureInk.Vessel, 2.5f);
        if (finding.Kind != FindingKind.Silence)
        {
            Line(track.Select(fix => fix.At));
            return;
        }

        var before = track.Where(fix => fix.Time <= finding.StartTime).Select(fix => fix.At);
        Line(finding.Start is { } start ? before.Append(start) : before);
        if (finding is { Start: { } off, End: { } on })
        {
            using var dashed = PictureInk.Stroke(PictureInk.Gap, 2.5f);
            dashed.PathEffect = SKPathEffect.CreateDash([8, 6], 0);
            canvas.DrawLine(frame.At(off), frame.At(on), dashed);
        }

        if (finding is { EndTime: { } ended, End: { } end })
        {
            Line(track.Where(fix => fix.Time >= ended).Select(fix => fix.At).Prepend(end));
        }

        void Line(IEnumerable<GeoPoint> places)
        {
            using var path = new SKPath();
            SKPoint? last = null;
            foreach (var place in places)
            {
                var at = frame.At(place);

                // A step of half a world is the far side of the frame's own cut, never a ship.
                if (last is { } l && Math.Abs(at.X - l.X) < 20_000)
                {
                    path.LineTo(at);
                }
                else
                {
                    path.MoveTo(at);
                }

                last = at;
            }

            canvas.DrawPath(path, solid);
        }
    }

    private static void DrawEnds(SKCanvas canvas, PictureFrame frame, Finding finding)
    {
        var silence = finding.Kind == FindingKind.Silence;
        using var font = PictureInk.Font(13, bold: true);
        using var ring = PictureInk.Stroke(PictureInk.Gap, 2.5f);
        using var inside = PictureInk.Fill(PictureInk.Panel);
        using var full = PictureInk.Fill(PictureInk.Gap);
        SKPoint? off = finding.Start is { } start ? frame.At(start) : null, on = finding.End is { } end ? frame.At(end) : null;

        // Labels stand away from each other: the upper one above its ring, the lower one below.
        var startIsUpper = off is not { } o || on is not { } n || o.Y <= n.Y;
        if (off is { } first)
        {
            canvas.DrawCircle(first, 7, inside);
            canvas.DrawCircle(first, 7, ring);
            Label($"{(silence ? "last heard" : "start")} {finding.StartTime.UtcDateTime:HH:mm}Z", first, startIsUpper);
        }

        if (on is { } second)
        {
            canvas.DrawCircle(second, 7, full);
            canvas.DrawCircle(second, 7, ring);
            Label($"{(silence ? "heard again" : "end")} {finding.EndTime?.UtcDateTime:HH:mm}Z", second, !startIsUpper);
        }

        void Label(string text, SKPoint at, bool above)
        {
            var width = font.MeasureText(text);
            var x = Math.Clamp(at.X - (width / 2), frame.Area.Left + 6, frame.Area.Right - 6 - width);
            PictureInk.Write(canvas, text, x, above ? at.Y - 13 : at.Y + 24, font, PictureInk.Text);
        }
    }

    private static void DrawTitle(SKCanvas canvas, Alert alert)
    {
        using var panel = PictureInk.Fill(PictureInk.Panel);
        canvas.DrawRect(0, 0, Width, TitleHeight, panel);
        using var markFont = PictureInk.Font(12, bold: true);
        float right = Width - 6;
        Mark(AlertWords.Label(alert.Tlp), SKColors.Black, SKColor.Parse(AlertHtml.TlpColour(alert.Tlp)));
        if (alert.Exercise)
        {
            Mark(AlertWords.Exercise, PictureInk.Text, SKColors.White);
            DrawExerciseAcross(canvas);
        }

        if (alert.Type == AlertType.Cancel)
        {
            Mark("WITHDRAWN", PictureInk.Quiet, SKColors.White);
        }

        var title = Title(alert);
        var size = 15f;
        using var font = PictureInk.Font(size, bold: true);
        while (font.MeasureText(title) > right - 10 && size > 9)
        {
            font.Size = size -= 0.5f;
        }

        for (var length = title.Length; font.MeasureText(title) > right - 10 && length > 10; length--)
        {
            title = AlertWords.Cut(title, length);
        }

        using var ink = PictureInk.Fill(PictureInk.Text);
        canvas.DrawText(title, 8, 20, SKTextAlign.Left, font, ink);

        void Mark(string text, SKColor back, SKColor front)
        {
            var width = markFont.MeasureText(text) + 12;
            using var box = PictureInk.Fill(back);
            using var letters = PictureInk.Fill(front);
            canvas.DrawRect(right - width, 6, width, 18, box);
            canvas.DrawText(text, right - width + 6, 19.5f, SKTextAlign.Left, markFont, letters);
            right -= width + 6;
        }
    }

    /// <summary>The word lies over the sea too, so that a cropped picture still says it.</summary>
    private static void DrawExerciseAcross(SKCanvas canvas)
    {
        using var font = PictureInk.Font(76, bold: true);
        using var ink = PictureInk.Fill(PictureInk.Text.WithAlpha(26));
        canvas.Save();
        canvas.RotateDegrees(-20, Width / 2, Height / 2);
        canvas.DrawText(AlertWords.Exercise, Width / 2, (Height / 2) + 28, SKTextAlign.Center, font, ink);
        canvas.Restore();
    }

    private static void DrawFoot(SKCanvas canvas, Finding finding)
    {
        using var panel = PictureInk.Fill(PictureInk.Panel);
        using var ink = PictureInk.Fill(PictureInk.Text);
        using var quiet = PictureInk.Fill(PictureInk.Quiet);
        using var font = PictureInk.Font(12);
        using var small = PictureInk.Font(10.5f);
        const float Base = Height - 8;
        canvas.DrawRect(0, Height - FootHeight, Width, FootHeight, panel);
        canvas.DrawText(Times(finding), 8, Base, SKTextAlign.Left, font, ink);
        canvas.DrawText("Coast: Natural Earth", Width - 8, Base, SKTextAlign.Right, small, quiet);
        using var solid = PictureInk.Stroke(PictureInk.Vessel, 2.5f);
        using var dashed = PictureInk.Stroke(PictureInk.Gap, 2.5f);
        dashed.PathEffect = SKPathEffect.CreateDash([6, 4], 0);
        canvas.DrawLine(352, Base - 4, 374, Base - 4, solid);
        canvas.DrawText("heard", 379, Base, SKTextAlign.Left, small, ink);
        if (finding.Kind == FindingKind.Silence)
        {
            canvas.DrawLine(424, Base - 4, 450, Base - 4, dashed);
            canvas.DrawText("not heard", 455, Base, SKTextAlign.Left, small, ink);
        }
    }
}
