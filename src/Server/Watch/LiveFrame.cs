using System.Buffers;
using System.Buffers.Binary;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Watch;

/// <summary>One binary frame of the live picture, little-endian, as docs/api.md tells: header, vessels, those that left, cells.</summary>
internal sealed class LiveFrame(byte kind)
{
    public const byte Everything = 0, Changes = 1, View = 2, Counted = 3;

    public const int HeaderBytes = 24, ViewHeaderBytes = 48, VesselBytes = 28, LeftBytes = 4, CellBytes = 16;

    private const ushort Absent = ushort.MaxValue;

    private readonly ArrayBufferWriter<byte> vessels = new(), left = new(), cells = new();

    /// <summary>The console forgets all before: the first frame for a viewport.</summary>
    public bool Forget { get; init; }

    /// <summary>Ships known in all.</summary>
    public int Known { get; init; }

    /// <summary>Where most ships are; told once, as soon as any is known.</summary>
    public GeoPoint? Middle { get; set; }

    public void Add(LiveVessel vessel)
    {
        var at = vessels.GetSpan(VesselBytes);
        var fix = vessel.Fix;
        BinaryPrimitives.WriteUInt32LittleEndian(at, (uint)vessel.Mmsi.Number);
        BinaryPrimitives.WriteSingleLittleEndian(at[4..], (float)fix.LonDeg);
        BinaryPrimitives.WriteSingleLittleEndian(at[8..], (float)fix.LatDeg);
        BinaryPrimitives.WriteUInt16LittleEndian(at[12..], fix.SogKnots is { } sog ? (ushort)Math.Round(sog * 10) : Absent);
        BinaryPrimitives.WriteUInt16LittleEndian(at[14..], fix.CogDeg is { } cog ? (ushort)Math.Round(cog * 10) : Absent);
        BinaryPrimitives.WriteUInt16LittleEndian(at[16..], (ushort?)fix.HeadingDeg ?? Absent);
        at[18] = (byte?)fix.Status ?? 255;
        at[19] = (byte)((int)vessel.Marks | ((int)vessel.Family << 4));
        BinaryPrimitives.WriteDoubleLittleEndian(at[20..], fix.Time.ToUnixTimeMilliseconds());
        vessels.Advance(VesselBytes);
    }

    public void Leave(Mmsi mmsi)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(left.GetSpan(LeftBytes), (uint)mmsi.Number);
        left.Advance(LeftBytes);
    }

    public void Add(CellCount cell)
    {
        var at = cells.GetSpan(CellBytes);
        BinaryPrimitives.WriteSingleLittleEndian(at, (float)(cell.LonSum / cell.Ships));
        BinaryPrimitives.WriteSingleLittleEndian(at[4..], (float)(cell.LatSum / cell.Ships));
        BinaryPrimitives.WriteUInt32LittleEndian(at[8..], (uint)cell.Ships);
        BinaryPrimitives.WriteUInt32LittleEndian(at[12..], (uint)cell.Lost);
        cells.Advance(CellBytes);
    }

    public byte[] End(DateTimeOffset now, double speed)
    {
        var header = kind is View or Counted ? ViewHeaderBytes : HeaderBytes;
        var frame = new byte[header + vessels.WrittenCount + left.WrittenCount + cells.WrittenCount];
        var at = frame.AsSpan();
        (at[0], at[1], at[2]) = (1, kind, (byte)(Forget ? 1 : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(at[4..], (uint)(vessels.WrittenCount / VesselBytes));
        BinaryPrimitives.WriteDoubleLittleEndian(at[8..], now.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteDoubleLittleEndian(at[16..], speed);
        if (header == ViewHeaderBytes)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(at[24..], (uint)(left.WrittenCount / LeftBytes));
            BinaryPrimitives.WriteUInt32LittleEndian(at[28..], (uint)(cells.WrittenCount / CellBytes));
            BinaryPrimitives.WriteUInt32LittleEndian(at[32..], (uint)Known);
            BinaryPrimitives.WriteSingleLittleEndian(at[36..], (float?)Middle?.LonDeg ?? float.NaN);
            BinaryPrimitives.WriteSingleLittleEndian(at[40..], (float?)Middle?.LatDeg ?? float.NaN);
        }

        vessels.WrittenSpan.CopyTo(at[header..]);
        left.WrittenSpan.CopyTo(at[(header + vessels.WrittenCount)..]);
        cells.WrittenSpan.CopyTo(at[(header + vessels.WrittenCount + left.WrittenCount)..]);
        return frame;
    }
}
