using System.Buffers.Binary;
using MaritimeWatch.Server.Access;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Units;

namespace MaritimeWatch.Unit.Server.Access;

/// <summary>The live picture of a person bound to areas: the ships as they are, of findings and cases what lies in her areas alone.</summary>
public sealed class AreaVeilTests
{
    private const int MarksAt = 19;

    private static readonly GeoRing[] Areas = [new("box", [new(50, -2), new(50, 2), new(51, 2), new(51, -2)])];

    [Theory]
    [InlineData(LiveFrame.Everything, LiveFrame.HeaderBytes)]
    [InlineData(LiveFrame.Changes, LiveFrame.HeaderBytes)]
    [InlineData(LiveFrame.View, LiveFrame.ViewHeaderBytes)]
    [InlineData(LiveFrame.Counted, LiveFrame.ViewHeaderBytes)]
    public void Marks_of_silence_alert_and_doubt_go_outside_the_areas_and_nothing_else_changes(byte kind, int header)
    {
        // Every bit set, also of what follows the vessels, so that whatever is changed shows.
        var whole = new byte[header + (2 * LiveFrame.VesselBytes) + 20];
        whole.AsSpan(header).Fill(0xFF);
        whole[1] = kind;
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(4), 2);
        foreach (var (n, latDeg) in new[] { (0, 50.5f), (1, 52.5f) })
        {
            var vessel = whole.AsSpan(header + (n * LiveFrame.VesselBytes));
            BinaryPrimitives.WriteSingleLittleEndian(vessel[4..], 0.5f);
            BinaryPrimitives.WriteSingleLittleEndian(vessel[8..], latDeg);
        }

        var veiled = AreaBound.Veil([.. whole], Areas);
        Assert.Equal(whole, AreaBound.Veil([.. whole], null));
        var outside = header + LiveFrame.VesselBytes + MarksAt;
        Assert.Equal([outside], Enumerable.Range(0, whole.Length).Where(i => whole[i] != veiled[i]));
        Assert.Equal(0b1111_0001, veiled[outside]);
    }
}
