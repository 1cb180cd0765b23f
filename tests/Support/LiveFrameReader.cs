using System.Buffers.Binary;

namespace MaritimeWatch.Support;

/// <summary>A console's half of the live picture: reads frames as docs/api.md tells and keeps what they leave.</summary>
internal sealed class LiveFrameReader
{
    /// <summary>Time of the fix in ms and marks of each vessel known to the console, by MMSI.</summary>
    public Dictionary<int, (double TimeMs, byte Marks)> Vessels { get; } = [];

    public List<(float LonDeg, float LatDeg, int Ships, int Lost)> Cells { get; } = [];

    public int Kind { get; private set; }

    public int Known { get; private set; }

    /// <summary>Vessels in the last frame.</summary>
    public int Sent { get; private set; }

    public (float LonDeg, float LatDeg) Middle { get; private set; }

    public void Read(ReadOnlySpan<byte> frame)
    {
        Assert.Equal(1, frame[0]);
        Kind = frame[1];
        Sent = Number(frame[4..]);
        if (Kind == 0 || (frame[2] & 1) != 0)
        {
            Vessels.Clear();
        }

        var (left, cells) = Kind >= 2 ? (Number(frame[24..]), Number(frame[28..])) : (0, 0);
        Known = Kind >= 2 ? Number(frame[32..]) : Vessels.Count;
        Middle = Kind >= 2 ? (BinaryPrimitives.ReadSingleLittleEndian(frame[36..]), BinaryPrimitives.ReadSingleLittleEndian(frame[40..])) : default;
        frame = frame[(Kind >= 2 ? 48 : 24)..];
        for (var i = 0; i < Sent; i++, frame = frame[28..])
        {
            Vessels[Number(frame)] = (BinaryPrimitives.ReadDoubleLittleEndian(frame[20..]), frame[19]);
        }

        for (var i = 0; i < left; i++, frame = frame[4..])
        {
            Assert.True(Vessels.Remove(Number(frame)), "A vessel left that was never sent.");
        }

        Cells.Clear();
        for (var i = 0; i < cells; i++, frame = frame[16..])
        {
            Cells.Add((BinaryPrimitives.ReadSingleLittleEndian(frame), BinaryPrimitives.ReadSingleLittleEndian(frame[4..]), Number(frame[8..]), Number(frame[12..])));
        }

        Assert.Equal(0, frame.Length);
    }

    private static int Number(ReadOnlySpan<byte> at) => (int)BinaryPrimitives.ReadUInt32LittleEndian(at);
}
