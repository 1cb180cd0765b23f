using MaritimeWatch.Feeds;
using MaritimeWatch.Feeds.Positions;
using MaritimeWatch.Support;

namespace MaritimeWatch.Unit.Feeds.Positions;

/// <summary>Position files of a test: made of a text or bytes, read whole through the one door.</summary>
internal sealed class Forms : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static ColumnCards Cards { get; } = ColumnCards.Load(Path.Combine(SharedData.Root, "seeds", "feeds", "position-columns.json"));

    public void Dispose() => folder.Dispose();

    /// <summary>A path whose ending says nothing of what the file holds.</summary>
    public string File => folder.At("file.dat");

    public string Made(string text)
    {
        System.IO.File.WriteAllText(File, text);
        return File;
    }

    /// <summary>Reads a file to its end; what was read is accounted for.</summary>
    public static ObservationBatch Read(string path, string? from = null, ColumnCards? cards = null)
    {
        var all = new ObservationBatch();
        foreach (var batch in PositionFiles.Open("file", path, cards ?? Cards).ReadAsync(from, TestContext.Current.CancellationToken).ToBlockingEnumerable())
        {
            all.Sightings.AddRange(batch.Sightings);
            all.Statics.AddRange(batch.Statics);
            all.Rejections.AddRange(batch.Rejections);
            all.Count.Add(batch.Count);
            all.Position = batch.Position;
        }

        Assert.Equal(all.Count.Lines, all.Count.Accepted + all.Count.Duplicates + all.Count.RejectedTotal);
        Assert.Equal(all.Count.RejectedTotal, all.Rejections.Count);
        return all;
    }

    public ObservationBatch ReadText(string text) => Read(Made(text));

    public static string Refused(Action read) => Assert.Throws<InputException>(read).Message;
}
