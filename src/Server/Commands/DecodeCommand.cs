using System.CommandLine;
using System.Text.Json;
using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Ais;
using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Records;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Commands;

/// <summary><c>decode</c>: NMEA in, one JSON object a complete message out; refused lines to <c>FILE.rejections.ndjson</c>.</summary>
internal static class DecodeCommand
{
    private static readonly JsonWriterOptions OneLine = new() { Indented = false };

    public static Command Create()
    {
        var nmea = new Option<string>("--nmea") { Description = "NMEA 0183 file, plain, .gz or .zip", Required = true };
        var output = new Option<string>("--out") { Description = "File to write, one JSON object a line", Required = true };
        var command = new Command("decode", "Decode AIS sentences to JSON lines") { nmea, output };
        command.SetAction(parsed => Run(parsed.GetValue(nmea)!, parsed.GetValue(output)!));
        return command;
    }

    private static int Run(string nmea, string output)
    {
        if (InputFile.Recognise(nmea) != FileContent.Nmea)
        {
            throw new InputException($"{nmea}: expected NMEA 0183 sentences (!AIVDM…), found something else. Name an NMEA file; score and replay read CSV too.");
        }

        var count = new IntakeCount();
        using var input = InputFile.Open(nmea);
        using var file = Output.Create(output);
        using var refused = Output.Create(output + ".rejections.ndjson");
        using var json = new Utf8JsonWriter(file, OneLine);
        var stream = new AisStream(Path.GetFileName(nmea), count, rejection => Output.WriteLine(refused, rejection));
        var lines = new ByteLines(input);
        long number = 0, messages = 0;
        while (lines.TryRead(out var line))
        {
            if (stream.Read(line, ++number))
            {
                AisJson.Write(json, stream.Record);
                json.Flush();
                json.Reset();
                file.Write("\n"u8);
                messages++;
            }
        }

        stream.End();
        Console.Error.WriteLine($"{count.Lines} lines: {count.Accepted} accepted, {count.RejectedTotal} rejected; {messages} messages written to {output}");
        foreach (var (reason, times) in count.Rejected)
        {
            Console.Error.WriteLine($"  {times} {reason}");
        }

        if (stream.DoubtfulTags > 0)
        {
            Console.Error.WriteLine($"  {stream.DoubtfulTags} tag blocks with a wrong checksum; their sentences were read, their times used only beside trusted ones");
        }

        return messages > 0 ? 0 : throw new InputException($"{nmea}: no complete AIS message in {count.Lines} lines; see {output}.rejections.ndjson for the reasons.");
    }
}

/// <summary>Files the commands write.</summary>
internal static class Output
{
    /// <summary>Creates the file and the folders above it.</summary>
    /// <exception cref="InputException">The place cannot be written.</exception>
    public static Stream Create(string path)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            return new BufferedStream(File.Create(path), 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be written ({e.Message}) Choose another place with --out.", e);
        }
    }

    public static void WriteLine<T>(Stream stream, T value)
    {
        JsonSerializer.Serialize(stream, value, ScoreJson.Options);
        stream.Write("\n"u8);
    }
}
