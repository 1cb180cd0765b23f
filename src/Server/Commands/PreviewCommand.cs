using System.CommandLine;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Server.Settings;

namespace MaritimeWatch.Server.Commands;

/// <summary><c>preview</c>: how a position file would be read, before it is read.</summary>
internal static class PreviewCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = $"Position file: {PositionFiles.Forms}" };
        var map = new Option<string[]>("--map") { Description = "Name a column, for example time=Local.Time", AllowMultipleArgumentsPerToken = true };
        var command = new Command("preview", "Show how a position file would be read: its kind, its columns, its first rows") { file, map };
        command.SetAction(parsed => Run(parsed.GetValue(file)!, parsed.GetValue(map) ?? []));
        return command;
    }

    private static int Run(string file, string[] map)
    {
        var preview = PositionPreview.Of(file, House.Find().PositionCards().With(map));
        Console.WriteLine($"{file}: {preview.Content switch { Feeds.Transport.FileContent.Nmea => "NMEA 0183", var content => content.ToString() }}");
        if (preview.Card is { } card)
        {
            Console.WriteLine($"card: {card.Name}; {card.Publisher}; {card.Licence}");
        }

        foreach (var (column, field) in preview.Columns)
        {
            Console.WriteLine($"  {field,-12} from {column}");
        }

        if (preview.Unread.Count > 0)
        {
            Console.WriteLine($"not read: {string.Join(", ", preview.Unread)}");
        }

        foreach (var row in preview.Rows)
        {
            Console.WriteLine($"{row.Place}: {(row.Accepted ? "" : "rejected, ")}{row.Text}");
        }

        return preview.Rows.Any(r => r.Accepted) ? 0 : throw new InputException($"{file}: none of the first {preview.Rows.Count} rows is a position that can be used. Name the columns with --map field=COLUMN, or look whether it is the right file.");
    }
}
