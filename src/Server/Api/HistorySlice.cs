using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using MaritimeWatch.Server.Watch;
using MaritimeWatch.Tracks;
using MaritimeWatch.Units;

namespace MaritimeWatch.Server.Api;

/// <summary>
/// The tracks of a slice of time as columns, little-endian: <c>MWP1</c>, u32 length of the head, the head in JSON (padded to a multiple of
/// eight), then of V vessels u32 MMSI and u32 number of the first fix after theirs, and of F fixes u32 ms since <c>from</c>, f32 longitude,
/// f32 latitude, u16 speed in 0.1 kn, u16 course in 0.1°, u16 heading (65535 absent), u8 status (255 absent), u8 marks (1 class B,
/// 2 joined to the fix before, bits 4-5 as in the live frame).
/// </summary>
internal sealed class HistorySlice(DateTimeOffset from, DateTimeOffset to, TimeSpan step, TimeSpan heldInterval)
{
    public const string MediaType = "application/vnd.maritimewatch.picture";

    /// <summary>Fixes in one answer; the vessel that reaches it is the last one.</summary>
    public const int MostFixes = 400_000;

    private const int VesselBytes = 8, FixBytes = 20, ColumnsOfFourBytes = 3, ColumnsOfTwoBytes = 3, Alignment = 8;
    private const ushort Absent = ushort.MaxValue;
    private const byte IsClassB = 1, IsJoined = 2, KindShift = 4;

    private readonly List<(Mmsi Mmsi, int End)> vessels = [];
    private readonly List<ReplayFix> fixes = [];
    private bool thinned;
    private int? next;

    /// <summary>Takes a vessel's fixes, also those shortly before the slice. False when no more are wanted.</summary>
    public bool Add(Mmsi mmsi, IReadOnlyList<Fix> inTimeOrder)
    {
        if (fixes.Count >= MostFixes)
        {
            next = vessels[^1].Mmsi.Number;
            return false;
        }

        var kept = ReplayTrack.Of(inTimeOrder, from, step, heldInterval);
        if (kept.Count > 0)
        {
            thinned |= kept.Count < inTimeOrder.Count(f => f.Time >= from);
            fixes.AddRange(kept);
            vessels.Add((mmsi, fixes.Count));
        }

        return true;
    }

    public byte[] ToBytes()
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(new
        {
            from,
            to,
            vessels = vessels.Count,
            fixes = fixes.Count,
            stepSeconds = step.TotalSeconds,
            thinned = thinned ? $"One fix in {step.TotalSeconds:0} s, and both ends of every silence." : null,
            heldThinned = heldInterval > TimeSpan.Zero ? $"Of this time the store holds one fix in {heldInterval.TotalMinutes:0} min." : null,
            cut = next is null ? null : $"An answer holds at most about {MostFixes} fixes; ask again with after={next}.",
            next,
        });
        var start = Aligned(Alignment + head.Length);
        var bytes = new byte[start + (VesselBytes * vessels.Count) + (FixBytes * fixes.Count)];
        "MWP1"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)(start - Alignment));
        bytes.AsSpan(Alignment, start - Alignment).Fill((byte)' ');
        head.CopyTo(bytes, Alignment);
        Write(bytes.AsSpan(start));
        return bytes;
    }

    private void Write(Span<byte> at)
    {
        var (v, f) = (vessels.Count, fixes.Count);
        for (var i = 0; i < v; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(at[(4 * i)..], (uint)vessels[i].Mmsi.Number);
            BinaryPrimitives.WriteUInt32LittleEndian(at[(4 * (v + i))..], (uint)vessels[i].End);
        }

        at = at[(VesselBytes * v)..];
        var words = at[(4 * ColumnsOfFourBytes * f)..];
        var bytes = words[(2 * ColumnsOfTwoBytes * f)..];
        var (fromMs, vessel) = (from.ToUnixTimeMilliseconds(), 0);
        var all = CollectionsMarshal.AsSpan(fixes);
        for (var i = 0; i < f; i++)
        {
            vessel += i == vessels[vessel].End ? 1 : 0;
            ref readonly var fix = ref all[i];
            var c = fix.Fix.Columns;
            BinaryPrimitives.WriteUInt32LittleEndian(at[(4 * i)..], (uint)(c.TimeMs - fromMs));
            BinaryPrimitives.WriteSingleLittleEndian(at[(4 * (f + i))..], (float)fix.Fix.LonDeg);
            BinaryPrimitives.WriteSingleLittleEndian(at[(4 * ((2 * f) + i))..], (float)fix.Fix.LatDeg);
            BinaryPrimitives.WriteUInt16LittleEndian(words[(2 * i)..], c.SogTenths < 0 ? Absent : (ushort)c.SogTenths);
            BinaryPrimitives.WriteUInt16LittleEndian(words[(2 * (f + i))..], c.CogTenths < 0 ? Absent : (ushort)c.CogTenths);
            BinaryPrimitives.WriteUInt16LittleEndian(words[(2 * ((2 * f) + i))..], c.HeadingDeg < 0 ? Absent : (ushort)c.HeadingDeg);
            bytes[i] = c.Status;
            bytes[f + i] = (byte)((fix.Fix.Transponder == TransponderClass.B ? IsClassB : 0) | (fix.Joined ? IsJoined : 0) | ((int)LiveVessel.FamilyOf(vessels[vessel].Mmsi) << KindShift));
        }
    }

    private static int Aligned(int length) => (length + Alignment - 1) / Alignment * Alignment;
}
