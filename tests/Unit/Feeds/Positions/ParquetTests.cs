using MaritimeWatch.Feeds.Transport;
using MaritimeWatch.Support;
using Parquet;
using Parquet.Schema;

namespace MaritimeWatch.Unit.Feeds.Positions;

public sealed class ParquetTests : IDisposable
{
    private static readonly DateTime At = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly Forms forms = new();

    public void Dispose() => forms.Dispose();

    [Fact]
    public void A_file_of_another_writer_with_points_as_WKB_is_read_row_by_row()
    {
        // Written by hyparquet-writer 0.17.0: Snappy, row groups of 3, nulls, a WKB column and no columns of latitude and longitude.
        var read = Forms.Read(Path.Combine(SharedData.Root, "tests", "Unit", "Feeds", "Positions", "points.parquet"));
        Assert.Equal(["row 3: no position", "row 4: position not available"], read.Rejections.Select(r => $"{r.Place}: {r.Reason}"));
        Assert.Equal([(219000001, 55.25, 10.5, 1.5), (219000002, -14.5, -170.125, null), (219000005, 0.5, 179.99, (double?)12.2)],
            read.Sightings.Select(s => (s.Mmsi!.Value.Number, s.Fix.LatDeg, s.Fix.LonDeg, s.Fix.SogKnots)));
        Assert.Equal(At, read.Sightings[0].Fix.Time.UtcDateTime);
        Assert.Equal(["EXERCISE ONE", "EXERCISE ONE", "EXERCISE FIVE"], read.Statics.Select(s => s.Name));
        Assert.Equal("5", read.Position);
    }

    [Fact]
    public async Task Columns_of_every_numeric_kind_are_read_and_reading_goes_on_from_a_row()
    {
        await WriteAsync();
        var read = Forms.Read(forms.File);
        Assert.Equal(FileContent.Parquet, InputFile.Recognise(forms.File));
        Assert.Equal((6L, 5L), (read.Count.Lines, read.Count.Accepted));
        Assert.Equal("MMSI not readable", Assert.Single(read.Rejections).Reason);
        Assert.Equal((219000001, 1.25, -2.5, 3.5, 90), (read.Sightings[0].Mmsi!.Value.Number, read.Sightings[0].Fix.LatDeg, read.Sightings[0].Fix.LonDeg, read.Sightings[0].Fix.SogKnots!.Value, read.Sightings[0].Fix.HeadingDeg!.Value));
        Assert.Equal(At.AddSeconds(5), read.Sightings[^1].Fix.Time.UtcDateTime);
        Assert.Equal("6", read.Position);
        Assert.Equal(2, Forms.Read(forms.File, "4").Sightings.Count);
    }

    [Fact]
    public async Task A_damaged_file_is_told_in_one_line_wherever_the_damage_is()
    {
        await WriteAsync();
        var whole = await File.ReadAllBytesAsync(forms.File, TestContext.Current.CancellationToken);
        for (var cut = 4; cut < whole.Length; cut += 7)
        {
            await File.WriteAllBytesAsync(forms.File, whole[..cut], TestContext.Current.CancellationToken);
            Assert.Contains("cut short or damaged", Forms.Refused(() => Forms.Read(forms.File)), StringComparison.Ordinal);
        }

        var random = new Random(3);
        var told = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var broken = whole.ToArray();
            broken[random.Next(4, broken.Length)] ^= (byte)random.Next(1, 256);
            await File.WriteAllBytesAsync(forms.File, broken, TestContext.Current.CancellationToken);
            try
            {
                Forms.Read(forms.File);
            }
            catch (MaritimeWatch.Feeds.InputException e)
            {
                Assert.DoesNotContain('\n', e.Message);
                told++;
            }
        }

        Assert.InRange(told, 1, 4_000);
    }

    private async Task WriteAsync()
    {
        var schema = new ParquetSchema(new DataField<long>("MMSI"), new DataField<float>("lat"), new DecimalDataField("lon", 10, 4), new DateTimeDataField("time", DateTimeFormat.Timestamp), new DataField<double?>("speed"), new DataField<short>("heading"), new DataField<string>("name"));
        await using var file = File.Create(forms.File);
        await using var writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: TestContext.Current.CancellationToken);
        for (var group = 0; group < 2; group++)
        {
            using var rows = writer.CreateRowGroup();
            var first = group * 3;
            await rows.WriteAsync<long>(schema.DataFields[0], new long[] { 219000001 + first, first == 0 ? 12345678901 : 219000005, 219000003 + first }.AsMemory());
            await rows.WriteAsync<float>(schema.DataFields[1], new[] { 1.25f, 1.5f, 1.75f }.AsMemory());
            await rows.WriteAsync<decimal>(schema.DataFields[2], new[] { -2.5m, 2.5m, 179.9999m }.AsMemory());
            await rows.WriteAsync<DateTime>(schema.DataFields[3], new[] { At.AddSeconds(first), At.AddSeconds(first + 1), At.AddSeconds(first + 2) }.AsMemory());
            await rows.WriteAsync<double>(schema.DataFields[4], new double?[] { 3.5, null, 0 }.AsMemory());
            await rows.WriteAsync<short>(schema.DataFields[5], new short[] { 90, 511, 0 }.AsMemory());
            await rows.WriteAsync(schema.DataFields[6], new[] { "ALPHA", "BETA", "GAMMA" });
        }
    }
}
